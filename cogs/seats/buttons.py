"""The buttons of seats."""

from typing import Any

from discord import Interaction

from cogs.custom_ids import SEAT_FILL, SEAT_FILL_PICK, SEAT_REMOVE, SEAT_TAKE, SEATS
from cogs.interactions.desk import Desk, actor_of, channel_of
from cogs.interactions.guard import GuardedButton, GuardedSelect, reply
from cogs.showing.countries import country_names
from cogs.showing.localizer import Localizer
from deliberation.ids import SeatId

from .listing import render_seats
from .receipts import render_filled, render_removed, render_taken


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


class FillSeats(GuardedButton, template=SEAT_FILL):
    """Seats the ready-made seating that the button names."""

    for_chairs = True

    async def act(self, interaction: Interaction, desk: Desk, say: Localizer, ids: Any) -> None:
        await _fill(interaction, desk, say, ids.seating)


class PickSeating(GuardedSelect, template=SEAT_FILL_PICK):
    """Seats the ready-made seating that was chosen."""

    for_chairs = True

    async def act(self, interaction: Interaction, desk: Desk, say: Localizer, ids: Any) -> None:
        await _fill(interaction, desk, say, self.chosen)


class ConfirmRemoval(GuardedButton, template=SEAT_REMOVE):
    """Removes the seat that the confirmation spoke of."""

    for_chairs = True

    async def act(self, interaction: Interaction, desk: Desk, say: Localizer, ids: Any) -> None:
        chair, channel = actor_of(interaction), channel_of(interaction)
        receipt = await desk.services.seating.remove(channel, chair, SeatId(ids.seat))
        await reply(interaction, render_removed(receipt, say), edit=True)


async def _fill(interaction: Interaction, desk: Desk, say: Localizer, seating: str) -> None:
    channel = channel_of(interaction)
    council = await desk.services.councils.in_channel(channel)
    names = country_names(council.language)
    receipt = await desk.services.seating.fill(channel, actor_of(interaction), seating, names)
    await reply(interaction, render_filled(receipt, say))


def _is_own(interaction: Interaction) -> bool:
    """Whether the button sits on an answer that only this member sees."""
    return interaction.message is not None and interaction.message.flags.ephemeral
