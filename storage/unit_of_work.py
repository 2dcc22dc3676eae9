"""One transaction over every repository, and the time inside it."""

import time
from collections.abc import Callable, Collection
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

from sqlalchemy import func
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlmodel import UTCDateTime, select

from deliberation.ids import PersonId
from services.ports import (
    AuditRepository,
    BallotRepository,
    CastingRepository,
    Clock,
    CouncilRepository,
    DraftRepository,
    IssueRepository,
    Observer,
    PeopleRepository,
    PostRepository,
    ProxyRepository,
    ReasonRepository,
    RecordRepository,
    RetentionRepository,
    RollCallRepository,
    RoundRepository,
    RulingRepository,
    ScheduleRepository,
    SeatRepository,
    SumRepository,
    TraceRepository,
    TroubleRepository,
)
from storage import casting, repositories

from .changes import Changes
from .errors import DRIVER, operator_errors, storage_error
from .sessions import session_on
from .steady_time import SteadyTime

_CLOCK = select(func.clock_timestamp(type_=UTCDateTime()))


class Transaction:
    """A unit of work on one connection. Entered once; leaving it without `commit` undoes it."""

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

    def __init__(
        self,
        engine: AsyncEngine,
        *,
        people: Collection[PersonId] = (),
        clock: Clock | None,
        steady: SteadyTime,
        salt: Callable[[], bytes],
        observer: Observer,
    ) -> None:
        self._engine = engine
        self._steady = steady
        self._people = people
        self._observer = observer
        self._clock = clock
        self._salt = salt
        self._changes = Changes(salt)
        self._connection: AsyncConnection

    async def __aenter__(self) -> Self:
        """Raises DatabaseUnreachable, DatabaseReadOnly, DatabaseLocked or DatabaseUnusable, as leaving does too."""
        connection = self._engine.connect()
        with operator_errors(self._engine.url):
            await connection.start()
            try:
                await connection.begin()
                await casting.lock_people(connection, self._people)
            except BaseException:
                await connection.close()
                raise
        self._connection = connection
        self._session = session = session_on(connection)
        self.councils = repositories.Councils(session, self._changes)
        self.seats = repositories.Seats(session, self._changes)
        self.issues = repositories.Issues(session, self._changes)
        self.drafts = repositories.Drafts(session, self._changes)
        self.rounds = repositories.Rounds(session, self._changes)
        self.ballots = repositories.Ballots(session, self._changes)
        self.casting = casting.Casting(connection, time=self._time)
        self.reasons = repositories.Reasons(session, self._changes)
        self.rulings = repositories.Rulings(session, self._changes)
        self.sums = repositories.Sums(session, self._changes)
        self.proxies = repositories.Proxies(session, self._changes)
        self.roll_calls = repositories.RollCalls(session, self._changes)
        self.posts = repositories.Posts(session, self._changes)
        self.troubles = repositories.Troubles(session, self._changes)
        self.schedules = repositories.Schedules(session, self._changes)
        self.people = repositories.People(session, self._changes)
        self.record = repositories.Record(session, self._changes)
        self.traces = repositories.Traces(session, self._changes)
        self.retention = repositories.Retention(session, self._changes)
        self.audit = repositories.Audit(session, self._changes)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # Rolls back what was not committed, and is not interrupted in it when the task is cancelled. The connection may
        # be lost by then.
        with operator_errors(self._engine.url):
            await self._connection.__aexit__(kind, error, trace)
        clear = storage_error(error, self._engine.url) if isinstance(error, DRIVER) else None
        if clear is not None:
            raise clear from error

    async def now(self) -> datetime:
        told = datetime.now(UTC)
        if self._clock is None and self._connection.dialect.name == "postgresql":
            # Not now(), which is the transaction's start.
            told = (await self._session.exec(_CLOCK)).one()
        return self._time(told)

    def _time(self, told: datetime) -> datetime:
        """The time, where the database, or the system, tells `told`."""
        return self._steady.of(told) if self._clock is None else self._clock.now()

    def salt(self) -> bytes:
        return self._salt()

    async def commit(self) -> None:
        self._changes.require_entered()
        began = time.perf_counter()
        await self._connection.commit()
        self._observer.committed(time.perf_counter() - began)
