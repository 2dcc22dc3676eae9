"""Whoever holds several seats is asked for which one it acts."""

from collections.abc import Callable, Sequence

from discord import ui
from discord.utils import as_chunks

from cogs import limits
from cogs.custom_ids.grammar import CustomId
from deliberation.ids import SeatId
from deliberation.seats import Seat, WhichSeat

from . import parts
from .formatting import flag, shorten
from .localizer import Localizer
from .panels import panel

MOST = limits.BUTTONS * limits.BUTTONS
"""Buttons that are shown, in five rows: nobody holds more seats in earnest, and commands have a `seat` option."""


def render_chooser(error: WhichSeat, say: Localizer, custom_id: Callable[[SeatId], CustomId]) -> ui.LayoutView:
    """The question, with a button for each seat, whose id `custom_id` gives."""
    seats: Sequence[Seat] = error.params["seats"]  # pyright: ignore[reportAssignmentType]
    buttons = [
        parts.Button(
            label=shorten(f"{flag(seat.country)} {seat.shown}".strip(), limits.BUTTON),
            custom_id=str(custom_id(seat.id)),
        )
        for seat in seats[:MOST]
    ]
    return panel(say.text("which_seat"), rows=list(as_chunks(buttons, limits.BUTTONS)))
