"""The `seat` option of commands: suggested by name, and read from whatever was typed."""

from discord import Interaction, app_commands

from cogs.interactions.desk import Desk, channel_of, desk_of
from cogs.showing.formatting import flag, shorten
from deliberation.ids import ChannelId, PersonId, SeatId
from deliberation.seats import NoSuchSeat
from deliberation.texts import fold

_LABEL_SHOWN = 100

Choices = list[app_commands.Choice[str]]


async def suggest_seat(interaction: Interaction, typed: str) -> Choices:
    """Autocomplete: every seat that goes with what was typed."""
    return await _suggest(interaction, typed)


async def suggest_free_seat(interaction: Interaction, typed: str) -> Choices:
    """Autocomplete: delegations that nobody holds."""
    return await _suggest(interaction, typed, free=True)


async def suggest_own_seat(interaction: Interaction, typed: str) -> Choices:
    """Autocomplete: the seats that the member holds."""
    return await _suggest(interaction, typed, own=PersonId(interaction.user.id))


async def seat_meant(desk: Desk, channel: ChannelId, typed: str) -> SeatId:
    """The seat meant by its id, as the list suggests it, by its name as it is shown, or by a part of one name alone.

    Whether it sits in this council is left to whoever acts on it. Raises NoSuchSeat.
    """
    if typed.isascii() and typed.isdigit() and len(typed) < 19:
        return SeatId(int(typed))
    found = await desk.services.seats.suggest(channel, typed)
    words = fold(typed)
    for same in (
        [seat for seat in found if seat.shown == typed.strip()],
        [seat for seat in found if words and fold(seat.name) == words],
        [seat for seat in found if words],
    ):
        if same:
            break
    if len(same) != 1:
        raise NoSuchSeat(given=typed)
    return same[0].id


async def own_seat_meant(desk: Desk, channel: ChannelId, typed: str | None) -> SeatId | None:
    """As `seat_meant`; None where the option was left out."""
    return None if typed is None else await seat_meant(desk, channel, typed)


async def _suggest(interaction: Interaction, typed: str, *, free: bool = False, own: PersonId | None = None) -> Choices:
    found = await desk_of(interaction).services.seats.suggest(channel_of(interaction), typed, free=free, own=own)
    labels = (f"{flag(seat.country)} {seat.shown}".strip() for seat in found)
    return [
        app_commands.Choice(name=shorten(label, _LABEL_SHOWN), value=str(seat.id))
        for seat, label in zip(found, labels, strict=True)
    ]
