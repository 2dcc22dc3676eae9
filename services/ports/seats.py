"""The repository of seats, their holders, and the people who are barred."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol

from deliberation.ids import CouncilId, PersonId, RoundId, SeatId
from deliberation.rounds import Entitlement
from deliberation.seats import Seat, SeatKind


class Voter(NamedTuple):
    """A seat that a person holds in the council of a round, since when, and its entitlement in the round, if it has
    one."""

    round: RoundId
    person: PersonId
    seat: Seat
    since: datetime
    entitlement: Entitlement | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegation:
    """A delegation to be seated. `country`: ISO 3166 alpha-2, or None; `holders`: the people who share its ballot,
    perhaps nobody yet; `may_abstain`: False where it is present and voting."""

    name: str
    country: str | None = None
    holders: tuple[PersonId, ...] = ()
    weight: int = 1
    veto: bool = False
    observer: bool = False
    may_abstain: bool = True


class SeatRepository(Protocol):
    async def add(
        self,
        *,
        council: CouncilId,
        name: str,
        kind: SeatKind,
        country: str | None = None,
        weight: int = 1,
        veto: bool = False,
        observer: bool = False,
        may_abstain: bool = True,
        holders: Sequence[PersonId],
        at: datetime,
        claimed: bool = False,
    ) -> Seat:
        """`claimed`: as for `hold`."""
        ...

    async def add_delegations(
        self, council: CouncilId, delegations: Sequence[Delegation], *, at: datetime
    ) -> tuple[Seat, ...]:
        """Seat them all; the seats in the order given."""
        ...

    async def get(self, seat: SeatId) -> Seat: ...
    async def list_in(self, council: CouncilId) -> tuple[Seat, ...]:
        """Seats that have not been left, by name."""
        ...

    async def held_by(
        self, holders: Iterable[tuple[CouncilId, PersonId]]
    ) -> dict[tuple[CouncilId, PersonId], tuple[Seat, ...]]:
        """The seats, not left, that each person holds in each council; an entry for every pair asked for."""
        ...

    async def own_names(self, council: CouncilId) -> tuple[str, ...]:
        """The names of the members who have seats of their own, in no order."""
        ...

    async def names(self, seats: Iterable[SeatId]) -> dict[SeatId, str]:
        """As they are shown: see `Seat.shown`."""
        ...

    async def leave(self, seat: SeatId, *, at: datetime) -> None:
        """The seat's holders give it up."""
        ...

    async def remove(self, seat: SeatId, *, at: datetime) -> None:
        """The seat is gone from the next round on; its holders stay its holders, for the round that is running."""
        ...

    async def put(self, seat: Seat, *, before: Seat) -> None:
        """Store what has changed of a seat's name, weight, veto, observer status and right to abstain."""
        ...

    async def hold(self, seat: SeatId, person: PersonId, *, at: datetime, claimed: bool = False) -> bool:
        """The person holds the seat from now on; returns False where they did already. `claimed`: they took it
        themselves."""
        ...

    async def release(self, seat: SeatId, person: PersonId, *, at: datetime) -> bool:
        """The person no longer holds the seat; returns False where they did not."""
        ...

    async def held_since(self, seat: SeatId, person: PersonId) -> datetime | None:
        """Since when the person has held the seat; None where they do not."""
        ...

    async def held_by_others(self, seat: SeatId, person: PersonId, *, since: datetime) -> bool:
        """Whether anybody held the seat at that instant or later, not counting the person's present time as its
        holder."""
        ...

    async def claimed_in(self, council: CouncilId, person: PersonId, *, since: datetime) -> tuple[SeatId, ...]:
        """The council's seats that the person took themselves and held at that instant or later, by id."""
        ...

    async def claims_given_up(self, council: CouncilId, *, since: datetime) -> tuple[SeatId, ...]:
        """The sitting seats that were claimed, and given up by their claimants at that instant or later, by id."""
        ...

    async def removed_held_by(
        self, holders: Iterable[tuple[RoundId, PersonId]]
    ) -> dict[tuple[RoundId, PersonId], tuple[Seat, ...]]:
        """The removed seats, still entitled in the round, that each person holds; an entry for every pair."""
        ...

    async def voters(self, round_ids: Iterable[RoundId], people: Iterable[PersonId]) -> tuple[Voter, ...]:
        """The seats that these people hold in the rounds' councils, by seat: sitting ones, and removed ones that are
        still entitled."""
        ...

    async def bar(self, council: CouncilId, person: PersonId, *, at: datetime) -> bool:
        """The person may hold no seat; returns False where that was so already."""
        ...

    async def unbar(self, council: CouncilId, person: PersonId) -> bool:
        """The person may hold a seat again; returns False where they were not barred."""
        ...

    async def barred(self, council: CouncilId) -> tuple[PersonId, ...]: ...
    async def find_left(self, council: CouncilId, person: PersonId) -> Seat | None:
        """The person's own seat that they left last."""
        ...

    async def return_to(self, seat: SeatId, person: PersonId, *, at: datetime, claimed: bool = False) -> Seat:
        """The person holds again the seat that was left. `claimed`: as for `hold`."""
        ...
