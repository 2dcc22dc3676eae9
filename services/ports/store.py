"""The store as the services see it: transactions, and the time inside them."""

from datetime import datetime
from types import TracebackType
from typing import Protocol, Self

from .deliberating import (
    BallotRepository,
    DraftRepository,
    IssueRepository,
    ReasonRepository,
    RoundRepository,
    RulingRepository,
)
from .keeping import PeopleRepository, PostRepository, RecordRepository, ScheduleRepository
from .seating import CouncilRepository, ProxyRepository, RollCallRepository, SeatRepository


class Clock(Protocol):
    """Tells the time, aware and in UTC."""

    def now(self) -> datetime: ...


class UnitOfWork(Protocol):
    """One transaction. Leaving the block without `commit` undoes it."""

    councils: CouncilRepository
    seats: SeatRepository
    issues: IssueRepository
    drafts: DraftRepository
    rounds: RoundRepository
    ballots: BallotRepository
    reasons: ReasonRepository
    rulings: RulingRepository
    proxies: ProxyRepository
    roll_calls: RollCallRepository
    posts: PostRepository
    schedules: ScheduleRepository
    people: PeopleRepository
    record: RecordRepository

    async def __aenter__(self) -> Self: ...
    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
    async def now(self) -> datetime:
        """The instant at which this is asked: the injected clock's, else on PostgreSQL the database's
        `clock_timestamp()`."""
        ...

    def salt(self) -> bytes:
        """Sixteen fresh random bytes."""
        ...

    async def commit(self) -> None: ...


class Store(Protocol):
    """Begins transactions. In a `brief` one every statement finds a few rows by their keys: it is worth no thread."""

    def write(self, *, brief: bool = False) -> UnitOfWork:
        """A transaction that may change the store."""
        ...

    def read(self, *, brief: bool = False) -> UnitOfWork:
        """A transaction that sees one state of the store and changes nothing."""
        ...
