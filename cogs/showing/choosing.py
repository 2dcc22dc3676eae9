"""Whoever holds several seats is asked for which one it acts."""

from collections.abc import Callable, Sequence

from discord import ui

from deliberation.ids import SeatId
from deliberation.seats import Seat, WhichSeat

from .formatting import flag, shorten
from .localizer import Localizer
from .panels import panel

LABEL_LIMIT = 80
PER_ROW = 5
MOST = 25
"""Buttons that fit: nobody holds more seats in earnest, and each of them has a `seat` option in the commands."""


def render_chooser(error: WhichSeat, say: Localizer, custom_id: Callable[[SeatId], str]) -> ui.LayoutView:
    """The question, with a button for each seat, whose id `custom_id` gives."""
    seats: Sequence[Seat] = error.params["seats"]  # pyright: ignore[reportAssignmentType]
    buttons = [
        ui.Button(
            label=shorten(f"{flag(seat.country)} {seat.shown}".strip(), LABEL_LIMIT), custom_id=custom_id(seat.id)
        )
        for seat in seats[:MOST]
    ]
    rows = [buttons[start : start + PER_ROW] for start in range(0, len(buttons), PER_ROW)]
    return panel(say.text("which_seat"), rows=rows)
