"""The alarm clock: runs `run_due` at the earliest instant at which anything is due, and once in a while in any case.

It holds no truth (ARCHITECTURE decision 1): what is due is in rows, and after a lost or late alarm the next sweep does
it. The program starts it beside the client.
"""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from apscheduler.events import EVENT_JOB_ERROR, JobExecutionEvent
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.schedulers.base import STATE_RUNNING

from services.ports import StoreUnavailable

from .client import Comity

log = structlog.get_logger(__name__)

SWEEP = timedelta(seconds=20)
SWEEPS = 30
"""How many sweeps may be under way at once, as while Discord is slow to accept posts."""
LEAST = 1.0
"""Seconds from a run to the next alarm, so that what cannot be carried out now, such as a round that another process
closes, makes no busy loop."""
LOOK = timedelta(milliseconds=200)
"""From an answered interaction to the look at what it made due. Many interactions share one look."""
SETTLED = timedelta(minutes=1)
"""The longest time from the start to the first of the periodic jobs: starting up comes first."""
AWAY = timedelta(seconds=5)
"""From a run that found the database unavailable to the next."""
WATCH, HELD_UP, JUMP = 5.0, 1.0, 2.0
"""Seconds: between two looks at the clocks, and what is worth a warning: how long the loop was blocked, how far the
clock jumped."""

BATCHES = 2_000
"""The most batches of what has outlived its time that are deleted in one day."""


def wall() -> datetime:
    """The machine's time, which somebody may change."""
    return datetime.now(UTC)


class Scheduler:
    """Wakes one bot."""

    def __init__(self, bot: Comity) -> None:
        self._bot = bot
        self._jobs = AsyncIOScheduler(
            timezone=UTC, job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        )
        self._jobs.add_listener(self._failed, EVENT_JOB_ERROR)
        self._under_way: set[asyncio.Task[Any]] = set()
        self._woken = False
        self._ran = float("-inf")
        self.ran_at: datetime | None = None
        """When a run last succeeded."""
        self._watched: tuple[datetime, float] | None = None
        self._watching: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """Begin with a run at once, which settles what fell due while the bot was away."""
        now = wall()
        # While Discord is slow to take posts, later sweeps still close rounds in time.
        sweep = {"seconds": SWEEP.total_seconds(), "max_instances": SWEEPS}
        self._jobs.add_job(self.run, "interval", id="sweep", next_run_time=now, **sweep)
        self._jobs.add_job(self.retain, "interval", days=1, id="retain", next_run_time=now + SETTLED)
        self._jobs.start()
        self._watch()
        self._bot.on_due_changed = self.wake

    def every(self, while_: timedelta, work: Callable[[], Awaitable[None]], *, name: str) -> None:
        """Do the work every `while_`, never twice at once; what it raises is logged as `job_failed`."""
        first = datetime.now(UTC) + min(SETTLED, while_)
        self._jobs.add_job(work, "interval", seconds=while_.total_seconds(), id=name, next_run_time=first)

    async def stop(self) -> None:
        """No alarm rings after this. Returns when the runs under way have ended; if cancelled, it ends them."""
        self._bot.on_due_changed = None
        if self._watching is not None:
            self._watching.cancel()
        if not self._jobs.running:
            return
        self._jobs.pause()
        # Jobs whose time has come begin here, and so are counted.
        await asyncio.sleep(0)
        try:
            if self._under_way:
                await asyncio.wait(self._under_way)
        finally:
            self._jobs.shutdown(wait=False)

    def wake(self) -> None:
        """Something may have become due earlier: look soon."""
        if not self._woken:
            self._woken = True
            self._jobs.add_job(self.look, "date", run_date=wall() + LOOK, id="look", max_instances=SWEEPS)

    async def run(self) -> None:
        """Carry out what is due and set the alarm for what comes next."""
        with self._counted():
            try:
                with self._noted():
                    await self._bot.run_due()
                await self._arm()
            except StoreUnavailable as error:
                self._wait_for_store("run", error)
            else:
                self.ran_at = wall()

    async def look(self) -> None:
        """Set the alarm for what comes next, and carry out nothing."""
        with self._counted():
            # A change from here on leads to another look.
            self._woken = False
            try:
                await self._arm()
            except StoreUnavailable as error:
                self._wait_for_store("look", error)

    async def retain(self) -> None:
        """Delete and forget what has outlived its time, in one short transaction after another; what is left waits for
        the next day."""
        with self._counted():
            retention, days = self._bot.context.services.retention, self._bot.settings.retention_days
            for _ in range(BATCHES):
                if self._jobs.state != STATE_RUNNING or not await retention.carry_out(days):
                    return

    async def _arm(self) -> None:
        """Set the one alarm to the earliest instant at which anything is due; none where nothing is."""
        due = await self._bot.context.services.timetable.next_due()
        if due is None:
            return
        # The alarm is set again often, as with every vote. What is due waits only for the run before, never for a look.
        rest = max(0.0, self._ran + LEAST - asyncio.get_running_loop().time())
        self._ring(max(due, wall() + timedelta(seconds=rest)))

    def _ring(self, at: datetime) -> None:
        # Like a sweep, it may ring while an earlier run waits for Discord.
        self._jobs.add_job(self.run, "date", run_date=at, id="due", max_instances=SWEEPS, replace_existing=True)

    def _wait_for_store(self, job: str, error: StoreUnavailable) -> None:
        """The database is unavailable: run again soon, but not too often."""
        log.warning("store_unavailable", job=job, reason=str(error))
        self._ring(wall() + AWAY)

    def _watch(self) -> None:
        """Compare the machine's clock with a monotonic one. If the former was changed, every job is shifted with it,
        and a sweep sets the alarm again. If the loop was blocked, log for how long: members' taps waited that long."""
        loop = asyncio.get_running_loop()
        now, steady = wall(), loop.time()
        if self._watched is not None:
            before, steady_before = self._watched
            held_up = steady - steady_before - WATCH
            jumped = (now - before).total_seconds() - (steady - steady_before)
            if held_up > HELD_UP:
                log.warning("loop_held_up", seconds=round(held_up, 1))
            if abs(jumped) > JUMP:
                log.warning("clock_jumped", seconds=round(jumped, 1))
                for job in self._jobs.get_jobs():
                    shifted = job.next_run_time + timedelta(seconds=jumped)
                    job.modify(next_run_time=now if job.id == "sweep" else shifted)
        self._watched = now, steady
        self._watching = loop.call_later(WATCH, self._watch)

    def armed_for(self) -> datetime | None:
        """When the alarm rings next, apart from the sweep."""
        job = self._jobs.get_job("due")
        return None if job is None else job.trigger.run_date

    @contextmanager
    def _noted(self) -> Iterator[None]:
        """Note when the last run began, and when it ended, with success or not."""
        loop = asyncio.get_running_loop()
        self._ran = loop.time()
        try:
            yield
        finally:
            self._ran = loop.time()

    @contextmanager
    def _counted(self) -> Iterator[None]:
        """Count the current job among those under way."""
        job = asyncio.current_task()
        assert job is not None  # noqa: S101 - the scheduler runs each job as a task
        self._under_way.add(job)
        try:
            yield
        finally:
            self._under_way.discard(job)

    def _failed(self, event: JobExecutionEvent) -> None:
        log.error("job_failed", incident=secrets.token_hex(4), job=event.job_id, exc_info=event.exception)
