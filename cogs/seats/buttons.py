"""The buttons of seats."""

from typing import Any

from discord import Interaction

from cogs.custom_ids import SEAT_TAKE, SEATS
from cogs.desk import Desk, actor_of, channel_of
from cogs.guard import GuardedButton, reply
from cogs.localizer import Localizer

from .listing import render_seats
from .receipts import render_taken


class TakeSeat(GuardedButton, template=SEAT_TAKE):
    """Takes a seat, with one tap."""

    async def act(self, interaction: Interaction, desk: Desk, say: Localizer, ids: Any) -> None:
        receipt = await desk.services.seats.take(channel_of(interaction), actor_of(interaction))
        await reply(interaction, render_taken(receipt, say))


class TurnSeats(GuardedButton, template=SEATS):
    """Shows a page of the list: in place of another page, else as an answer of its own."""

    async def act(self, interaction: Interaction, desk: Desk, say: Localizer, ids: Any) -> None:
        seats = await desk.services.seats.list_in(channel_of(interaction), actor_of(interaction))
        await reply(interaction, render_seats(seats, ids.page, say), edit=_is_own(interaction))


def _is_own(interaction: Interaction) -> bool:
    """Whether the button sits on an answer that only this member sees."""
    return interaction.message is not None and interaction.message.flags.ephemeral
