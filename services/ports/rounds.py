"""Repositories of rounds, their rulings, roll calls and schedules."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from deliberation.ids import CouncilId, IssueId, RoundId, SeatId
from deliberation.issues import Issue
from deliberation.rounds import DocketEntry, Entitlement, Round, RoundStatus
from deliberation.rounds.roll_calls import Presence, RollCall
from deliberation.rounds.schedules import Schedule
from deliberation.rules import Rules
from deliberation.rulings import Ruling
from deliberation.seats import Seat


class DueRound(NamedTuple):
    """A round whose time has come: the end of its debate, its deadline, or a close that a process has begun."""

    at: datetime
    council: CouncilId
    round: RoundId
    status: RoundStatus


class RoundRepository(Protocol):
    async def add(
        self,
        *,
        council: CouncilId,
        number: int,
        rules: Rules,
        opened_at: datetime,
        closes_at: datetime,
        scheduled: bool,
        docket: Sequence[Issue],
        entitled: Sequence[Seat],
        status: RoundStatus = RoundStatus.OPEN,
    ) -> Round:
        """Add a round that is OPEN, with its docket (in that order) and its entitled seats, frozen; or one in DEBATE,
        which has no entitled seats yet. Raises RoundIsOpen where another one runs: the database itself allows one
        running round per council."""
        ...

    async def start_voting(
        self, round_: Round, *, before: Round, docket: Sequence[Issue], entitled: Sequence[Seat]
    ) -> None:
        """The debate is over: store the round's status, rules and deadlines, and freeze docket and seats again."""
        ...

    async def get(self, round_id: RoundId) -> Round: ...
    async def find(self, council: CouncilId, number: int) -> Round | None: ...
    async def find_running(self, council: CouncilId) -> Round | None:
        """The council's running round: in debate, open, paused or closing."""
        ...

    async def last(self, council: CouncilId) -> Round | None:
        """The round with the highest number."""
        ...

    async def list_in(self, council: CouncilId) -> tuple[Round, ...]:
        """By number."""
        ...

    async def lock(self, round_id: RoundId) -> Round:
        """The round, locked against ballots and against closing until the transaction ends."""
        ...

    async def claim_due(self, round_id: RoundId, now: datetime) -> Round | None:
        """Claim the round as `closing`. None where it is not open, not due at `now`, or locked by another
        transaction."""
        ...

    async def list_due(self, now: datetime) -> tuple[DueRound, ...]:
        """Every round whose debate or voting is due to end at `now`, locked or not, and every closing one, the earliest
        first. Councils that are set back are left out, here and in the two methods below."""
        ...

    async def put(self, round_: Round, *, before: Round) -> None:
        """Store what has changed of a round's status, instants and marks; not its rules."""
        ...

    async def docket(self, rounds: Iterable[RoundId]) -> dict[RoundId, tuple[DocketEntry, ...]]:
        """Each round's docket by place; an entry for every round asked for."""
        ...

    async def count_entitled(self, round_id: RoundId) -> int: ...
    async def entitled_sum(self, round_id: RoundId) -> tuple[int, int, int]:
        """The number of entitled seats, their total weight, and how many of them have a veto."""
        ...

    async def find_entitlements(
        self, pairs: Iterable[tuple[RoundId, SeatId]]
    ) -> dict[tuple[RoundId, SeatId], Entitlement]: ...
    async def entitle(self, entitlements: Sequence[Entitlement]) -> None: ...
    async def earliest_due(self) -> datetime | None:
        """The first end of a debate or of voting; for a closing round, an instant that has passed. Paused rounds have
        none."""
        ...

    async def list_open_to_early_close(self, now: datetime) -> tuple[tuple[CouncilId, RoundId], ...]:
        """The open rounds whose rules close them once everybody has voted, and their councils."""
        ...


class RulingRepository(Protocol):
    async def add(self, round_id: RoundId, rulings: Mapping[IssueId, Ruling]) -> None: ...
    async def of_round(self, round_id: RoundId) -> dict[IssueId, Ruling]: ...
    async def of_issues(self, issues: Iterable[IssueId]) -> dict[IssueId, tuple[tuple[Round, Ruling], ...]]:
        """Each issue's rulings with their rounds, the oldest first; an entry for every issue asked for."""
        ...


class ScheduleRepository(Protocol):
    async def put(self, council: CouncilId, schedule: Schedule, *, opens_at: datetime) -> None: ...
    async def find(self, council: CouncilId) -> tuple[Schedule, datetime] | None:
        """The schedule and the start of its next window."""
        ...

    async def remove(self, council: CouncilId) -> bool: ...
    async def list_due(self, now: datetime) -> tuple[tuple[datetime, CouncilId], ...]:
        """The starts at or before `now` and their councils, the earliest first, except for councils that are set
        back."""
        ...

    async def earliest(self) -> datetime | None:
        """The earliest start, except for councils that are set back."""
        ...


class RollCallRepository(Protocol):
    async def call(self, council: CouncilId, *, at: datetime) -> RollCall:
        """Begin a roll call with the next number; it replaces one that was begun before."""
        ...

    async def find(self, council: CouncilId) -> RollCall | None:
        """The roll call that is under way."""
        ...

    async def answer(self, council: CouncilId, seat: SeatId, presence: Presence, *, at: datetime) -> None: ...
    async def end(self, council: CouncilId) -> None: ...
