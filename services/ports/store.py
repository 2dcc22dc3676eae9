"""The store as the services see it: transactions, and the time inside them."""

from datetime import datetime, timedelta
from types import TracebackType
from typing import Protocol, Self

from deliberation.ids import PersonId

from .ballots import BallotRepository, ProxyRepository, ReasonRepository
from .casting import CastingRepository
from .councils import CouncilRepository
from .issues import IssueRepository
from .people import DraftRepository, PeopleRepository
from .posts import PostRepository, TroubleRepository
from .privacy import RetentionRepository, TraceRepository
from .record import AuditRepository, RecordRepository, SumRepository
from .rounds import RollCallRepository, RoundRepository, RulingRepository, ScheduleRepository
from .seats import SeatRepository


class StoreUnavailable(Exception):
    """The store could not do what was asked, for a reason outside the program: it is gone, full, locked or restarting.

    Nothing is known to be stored. If the failure came at the commit, it may be.
    """


class StoreConflict(StoreUnavailable):
    """Two transactions were in each other's way, and this one was undone. The same again can succeed at once."""


class Clock(Protocol):
    """Returns the time, aware and in UTC."""

    def now(self) -> datetime: ...


class Observer(Protocol):
    """Is notified of what has just become durable. Its methods return at once and raise nothing."""

    def committed(self, seconds: float) -> None:
        """A transaction that changed the store took `seconds` to commit."""
        ...

    def ballots_recorded(self, recorded: int, *, group: int) -> None:
        """Of a group of `group` ballots, `recorded` were cast, changed or withdrawn."""
        ...

    def round_closed(self, *, late: timedelta) -> None:
        """A round's rulings are stored, `late` after its deadline."""
        ...


class Unobserved:
    """Ignores every notification."""

    def committed(self, seconds: float) -> None: ...
    def ballots_recorded(self, recorded: int, *, group: int) -> None: ...
    def round_closed(self, *, late: timedelta) -> None: ...


class UnitOfWork(Protocol):
    """One transaction. Leaving the block without `commit` undoes it."""

    councils: CouncilRepository
    seats: SeatRepository
    issues: IssueRepository
    drafts: DraftRepository
    rounds: RoundRepository
    ballots: BallotRepository
    casting: CastingRepository
    reasons: ReasonRepository
    rulings: RulingRepository
    sums: SumRepository
    proxies: ProxyRepository
    roll_calls: RollCallRepository
    posts: PostRepository
    troubles: TroubleRepository
    schedules: ScheduleRepository
    people: PeopleRepository
    record: RecordRepository
    traces: TraceRepository
    retention: RetentionRepository
    audit: AuditRepository

    async def __aenter__(self) -> Self: ...
    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
    async def now(self) -> datetime:
        """The instant of this call: the injected clock's, else on PostgreSQL the database's `clock_timestamp()`."""
        ...

    def salt(self) -> bytes:
        """Sixteen fresh random bytes."""
        ...

    async def commit(self) -> None:
        """Make the changes durable. Raises RuntimeError where rows that the record vouches for were changed and not
        entered."""
        ...


class Store(Protocol):
    """Begins transactions."""

    observer: Observer

    def write(self, *people: PersonId) -> UnitOfWork:
        """A transaction that may change the store.

        `people`: everybody who acts in it, and everybody whom it affects. They are locked before anything else, until
        the transaction ends: so all that a person does, and all that is done to them, happens in one order, in
        whichever council.
        """
        ...

    def read(self) -> UnitOfWork:
        """A transaction that sees one state of the store and changes nothing."""
        ...
