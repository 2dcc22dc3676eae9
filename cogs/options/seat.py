"""Options that name seats: suggested by name, and read from whatever was typed."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from discord import Interaction
from discord.app_commands import Transform

from cogs import limits
from cogs.interactions.context import context_of
from cogs.interactions.request import Request, channel_of
from cogs.showing.formatting import flag, shorten
from deliberation.ids import PersonId, SeatId
from deliberation.seats import NoSuchSeat, Seat
from deliberation.texts import fold

from .suggesting import SuggestingOption


@dataclass(frozen=True, slots=True)
class SeatMeant:
    """A seat as it was named: by its id, as the list suggests it, by its name as it is shown, or by a part of one."""

    typed: str

    async def id_in(self, request: Request) -> SeatId:
        """The seat meant; whether it sits in this council is left to whoever acts on it.

        Raises NoSuchSeat where the words fit no name, or several equally well.
        """
        if self.typed.isascii() and self.typed.isdigit() and len(self.typed) < 19:
            return SeatId(int(self.typed))
        found = await request.services.seats.suggest(request.channel, self.typed)
        words = fold(self.typed)
        same: list[Seat] = []
        for same in (
            [seat for seat in found if seat.shown == self.typed.strip()],
            [seat for seat in found if words and fold(seat.name) == words],
            [seat for seat in found if words],
        ):
            if same:
                break
        if len(same) != 1:
            raise NoSuchSeat(given=self.typed)
        return same[0].id


async def seat_in(request: Request, meant: SeatMeant | None) -> SeatId | None:
    """As `SeatMeant.id_in`; None where the option was left out."""
    return None if meant is None else await meant.id_in(request)


class SeatOption(SuggestingOption):
    """Any seat."""

    async def transform(self, interaction: Interaction[Any], value: str, /) -> SeatMeant:
        return SeatMeant(value)

    async def suggest(self, interaction: Interaction[Any], typed: str) -> Iterable[tuple[str, str]]:
        """The seats that go with what was typed."""
        return [
            (shorten(f"{flag(seat.country)} {seat.shown}".strip(), limits.OPTION), str(seat.id))
            for seat in await self._fitting(interaction, typed)
        ]

    async def _fitting(self, interaction: Interaction[Any], typed: str) -> tuple[Seat, ...]:
        return await context_of(interaction).services.seats.suggest(channel_of(interaction), typed)


class FreeSeatOption(SeatOption):
    """A delegation that nobody holds."""

    async def _fitting(self, interaction: Interaction[Any], typed: str) -> tuple[Seat, ...]:
        return await context_of(interaction).services.seats.suggest(channel_of(interaction), typed, free=True)


class OwnSeatOption(SeatOption):
    """A seat that the member holds."""

    async def _fitting(self, interaction: Interaction[Any], typed: str) -> tuple[Seat, ...]:
        own = PersonId(interaction.user.id)
        return await context_of(interaction).services.seats.suggest(channel_of(interaction), typed, own=own)


AnySeat = Transform[SeatMeant, SeatOption]
FreeSeat = Transform[SeatMeant, FreeSeatOption]
OwnSeat = Transform[SeatMeant, OwnSeatOption]
