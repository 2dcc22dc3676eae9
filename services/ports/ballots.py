"""Repositories of ballots, the reasons that come with them, and proxies.

Here and in the modules beside this one, `get` raises LookupError where nothing is found, `find` returns None, and
`list_…` returns a tuple in a stated order. Every instant is aware and in UTC.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol

from deliberation.ballots.proxies import Proxy
from deliberation.ballots.reasons import Reason
from deliberation.categories import Position
from deliberation.ids import CouncilId, IssueId, PersonId, RoundId, SeatId
from deliberation.rounds import Ballot
from deliberation.rulings.tallies import SeatBallot, Tally

BallotKey = tuple[RoundId, IssueId, SeatId]


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotEvent:
    """One line of a ballot's history. `position` is None where the ballot was withdrawn; `person` cast it. `salt`: that
    of the record's commitment to the person; None where the commitment is from before salts were stored here, or the
    salt was erased."""

    round: RoundId
    issue: IssueId
    seat: SeatId
    position: Position | None
    version: int
    person: PersonId
    at: datetime
    salt: bytes | None = None


class GivenReason(NamedTuple):
    """A seat's reason on an issue in a round, for a position, or (None) given without a ballot; and the record's
    commitment to its text."""

    round: RoundId
    issue: IssueId
    seat: SeatId
    position: Position | None
    text: str
    at: datetime
    commitment: str


class BallotRepository(Protocol):
    async def find_many(self, keys: Iterable[BallotKey]) -> dict[BallotKey, Ballot]: ...
    async def put(self, ballots: Sequence[Ballot]) -> None:
        """Insert or replace."""
        ...

    async def remove(self, keys: Sequence[BallotKey]) -> None: ...
    async def add_events(self, events: Sequence[BallotEvent]) -> None: ...
    async def list_events(self, round_id: RoundId) -> tuple[BallotEvent, ...]:
        """In the order in which they happened."""
        ...

    async def of_issue(self, round_id: RoundId, issue: IssueId) -> tuple[SeatBallot, ...]:
        """Every entitled seat of the round with its position on the issue, by seat."""
        ...

    async def of_round(self, round_id: RoundId) -> tuple[Ballot, ...]:
        """By issue and seat."""
        ...

    async def caster(self, ballot: BallotKey) -> PersonId | None:
        """The person who cast the ballot as it stands; None where it came by proxy."""
        ...

    async def decided_by(self, person: PersonId, round_id: RoundId, seats: Iterable[SeatId]) -> tuple[SeatId, ...]:
        """Those of the seats for which a ballot stands that the person cast, by id."""
        ...

    async def by_proxy(self, round_id: RoundId) -> tuple[Ballot, ...]:
        """Those that came by proxy, by issue and seat."""
        ...

    async def shifts(self, round_id: RoundId, *, since: RoundId) -> dict[IssueId, dict[Position, int]]:
        """Counted in SQL: of the seats with a ballot on the issue in both rounds, how many moved to each position from
        another one. No entry where none did."""
        ...

    async def of_seats(self, round_id: RoundId, seats: Iterable[SeatId]) -> tuple[Ballot, ...]: ...
    async def positions(self, round_id: RoundId, seats: Iterable[SeatId]) -> dict[BallotKey, Position]:
        """The same as `of_seats`, but only the positions."""
        ...

    async def tally(self, round_id: RoundId, issue: IssueId | None = None) -> dict[IssueId, Tally]:
        """Counted in SQL from the ballots: an entry for every issue on the docket, or for this one. No blocs."""
        ...

    async def count_voted(self, round_id: RoundId) -> int:
        """Seats with a ballot on anything in the round."""
        ...

    async def seats_missing(self, round_id: RoundId) -> tuple[SeatId, ...]:
        """Entitled seats that lack a ballot on some issue of the docket that is not withdrawn, by id."""
        ...

    async def count_missing(self, round_id: RoundId) -> int:
        """The number of `seats_missing`."""
        ...


class ReasonRepository(Protocol):
    async def put(self, reasons: Sequence[GivenReason]) -> None:
        """Insert, or replace the seat's reason on that issue in that round."""
        ...

    async def latest(self, issue: IssueId, seat: SeatId) -> Reason | None:
        """The seat's last reason on the issue, of any round."""
        ...

    async def list_of_issue(self, issue: IssueId) -> tuple[Reason, ...]:
        """Of every round, the newest first."""
        ...

    async def list_of_round(self, round_id: RoundId) -> tuple[Reason, ...]:
        """By issue, the newest first."""
        ...

    async def newest_of_round(self, round_id: RoundId) -> tuple[Reason, ...]:
        """For each issue and position, the newest reason that still belongs to a standing ballot, by issue."""
        ...


class ProxyRepository(Protocol):
    async def put(self, proxy: Proxy) -> None:
        """Replaces the seat's earlier proxy for the same issue, or for the round."""
        ...

    async def remove(self, seat: SeatId, issue: IssueId | None) -> bool: ...
    async def end_of(self, seat: SeatId) -> bool:
        """End every proxy that the seat has given; returns whether there were any."""
        ...

    async def list_in(self, council: CouncilId) -> tuple[Proxy, ...]:
        """By seat and issue."""
        ...

    async def end(self, council: CouncilId, issues: Iterable[IssueId]) -> None:
        """After a round has ended: end every proxy for a round, and those for these issues."""
        ...
