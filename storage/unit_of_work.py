"""One transaction over every repository, and the time inside it."""

import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Self, cast

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlmodel import UTCDateTime

from services.ports import (
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
    TraceRepository,
    TroubleRepository,
)

from . import repositories
from .errors import DRIVER, operator_errors, storage_error
from .repositories.prepared import Prepared, together
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
    proxies: ProxyRepository
    roll_calls: RollCallRepository
    posts: PostRepository
    troubles: TroubleRepository
    schedules: ScheduleRepository
    people: PeopleRepository
    record: RecordRepository
    traces: TraceRepository
    retention: RetentionRepository

    def __init__(
        self,
        engine: AsyncEngine,
        *,
        brief: bool,
        clock: Clock | None,
        steady: SteadyTime,
        salt: Callable[[], bytes],
        observer: Observer,
    ) -> None:
        self._engine = engine
        self._steady = steady
        self._brief = brief
        self._observer = observer
        self._clock = clock
        self._salt = salt
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
            except BaseException:
                await connection.close()
                raise
        self._connection = connection
        self.councils = repositories.Councils(connection)
        self.seats = repositories.Seats(connection)
        self.issues = repositories.Issues(connection)
        self.drafts = repositories.Drafts(connection)
        self.rounds = repositories.Rounds(connection)
        self.ballots = repositories.Ballots(connection)
        self.reasons = repositories.Reasons(connection)
        self.rulings = repositories.Rulings(connection)
        self.proxies = repositories.Proxies(connection)
        self.roll_calls = repositories.RollCalls(connection)
        self.posts = repositories.Posts(connection)
        self.troubles = repositories.Troubles(connection)
        self.schedules = repositories.Schedules(connection)
        self.people = repositories.People(connection)
        self.record = repositories.Record(connection)
        self.traces = repositories.Traces(connection)
        self.retention = repositories.Retention(connection)
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
        began = time.perf_counter()
        await self._connection.commit()
        self._observer.committed(time.perf_counter() - began)
