"""One transaction over every repository, and the time inside it."""

import time
from collections.abc import Callable, Collection
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Self, cast

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlmodel import UTCDateTime

from deliberation.ids import PersonId
from services.ports import (
    AuditRepository,
    BallotRepository,
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
from storage import repositories
from storage.repositories.prepared import Prepared, together

from .changes import Changes
from .errors import DRIVER, operator_errors, storage_error
from .people_locks import lock_people
from .steady_time import SteadyTime

_CLOCK = Prepared(select(func.clock_timestamp(type_=UTCDateTime()).label("now")))


class Transaction:
    """A unit of work on one connection. Entered once; leaving it without `commit` undoes it."""

    councils: CouncilRepository
    seats: SeatRepository
    issues: IssueRepository
    drafts: DraftRepository
    rounds: RoundRepository
    ballots: BallotRepository
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
        brief: bool,
        people: Collection[PersonId] = (),
        clock: Clock | None,
        steady: SteadyTime,
        salt: Callable[[], bytes],
        observer: Observer,
    ) -> None:
        self._engine = engine
        self._steady = steady
        self._brief = brief
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
                if connection.dialect.name == "sqlite":
                    own = await connection.get_raw_connection()
                    cast(Any, own.driver_connection).brief = self._brief
                await connection.begin()
                await lock_people(connection, self._people)
            except BaseException:
                await connection.close()
                raise
        self._connection = connection
        self.councils = repositories.Councils(connection, self._changes)
        self.seats = repositories.Seats(connection, self._changes)
        self.issues = repositories.Issues(connection, self._changes)
        self.drafts = repositories.Drafts(connection, self._changes)
        self.rounds = repositories.Rounds(connection, self._changes)
        self.ballots = repositories.Ballots(connection, self._changes)
        self.reasons = repositories.Reasons(connection, self._changes)
        self.rulings = repositories.Rulings(connection, self._changes)
        self.sums = repositories.Sums(connection, self._changes)
        self.proxies = repositories.Proxies(connection, self._changes)
        self.roll_calls = repositories.RollCalls(connection, self._changes)
        self.posts = repositories.Posts(connection, self._changes)
        self.troubles = repositories.Troubles(connection, self._changes)
        self.schedules = repositories.Schedules(connection, self._changes)
        self.people = repositories.People(connection, self._changes)
        self.record = repositories.Record(connection, self._changes)
        self.traces = repositories.Traces(connection, self._changes)
        self.retention = repositories.Retention(connection, self._changes)
        self.audit = repositories.Audit(connection, self._changes)
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
        if self._clock is not None:
            return self._clock.now()
        if self._connection.dialect.name == "postgresql":
            # Not now(), which is the transaction's start.
            [(told,)] = await _CLOCK.rows(self._connection, {})
            return self._steady.of(told)
        return self._steady.of(datetime.now(UTC))

    def salt(self) -> bytes:
        return self._salt()

    def together(self) -> AbstractAsyncContextManager[None]:
        return together(self._connection)

    async def commit(self) -> None:
        self._changes.require_entered()
        began = time.perf_counter()
        await self._connection.commit()
        self._observer.committed(time.perf_counter() - began)
