"""The alarm clock: wakes `run_due` at the earliest instant at which anything is due, and looks again every while.

It holds no truth (ARCHITECTURE decision 1): what is due stands in rows, and a lost or late alarm costs a sweep at most.
The program starts it beside the client.
"""

import asyncio
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from apscheduler.events import EVENT_JOB_ERROR, JobExecutionEvent
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.schedulers.base import STATE_RUNNING

from .client import Comity
from .heartbeat import beat

log = structlog.get_logger(__name__)

SWEEP = timedelta(seconds=20)
SWEEPS = 30
"""Sweeps under way at once: each but the first has only to wait for its turn at posting."""
BEAT = timedelta(seconds=20)
UNWELL = timedelta(minutes=5)
"""Without one run that ended well: the health check may know."""
LEAST = timedelta(seconds=1)
"""Between two alarms: what cannot be carried out now, such as a round that another process closes, is no busy loop."""
LOOK = timedelta(milliseconds=200)
"""From an answered interaction to the look at what it made due: many interactions make one look."""

SETTLED = timedelta(minutes=1)
"""From the start until what has outlived its time is looked for: what fell due meanwhile goes first."""
BATCHES = 2_000
"""Of what has outlived its time, in one day."""

PATIENCE = timedelta(seconds=10)
"""Given at the end to a run under way: containers are killed soon after they were asked to stop."""


class Scheduler:
    """Wakes one bot."""

    def __init__(self, bot: Comity) -> None:
        self._bot = bot
        self._jobs = AsyncIOScheduler(
            timezone=UTC, job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        )
        self._jobs.add_listener(self._failed, EVENT_JOB_ERROR)
        self._under_way: set[asyncio.Task[Any]] = set()
        self._ran_at: datetime | None = None

    def start(self) -> None:
        """Begin with a run at once, which settles what fell due while the bot was away."""
        now = datetime.now(UTC)
        # While Discord is slow to take posts, later sweeps still close rounds in time.
        sweep = {"seconds": SWEEP.total_seconds(), "max_instances": SWEEPS}
        self._jobs.add_job(self.run, "interval", id="sweep", next_run_time=now, **sweep)
        self._jobs.add_job(self.beat, "interval", seconds=BEAT.total_seconds(), id="beat", next_run_time=now + LEAST)
        self._jobs.add_job(self.retain, "interval", days=1, id="retain", next_run_time=now + SETTLED)
        self._jobs.start()
        self._bot.on_due_changed = self.wake

    async def stop(self) -> None:
        """No alarm rings after this. A run under way may end, within `PATIENCE`."""
        self._bot.on_due_changed = None
        if not self._jobs.running:
            return
        self._jobs.pause()
        # What has rung already begins here, and so is counted.
        await asyncio.sleep(0)
        if self._under_way and (await asyncio.wait(self._under_way, timeout=PATIENCE.total_seconds()))[1]:
            log.warning("run_cut_short", after=PATIENCE.total_seconds())
        self._jobs.shutdown(wait=False)

    def wake(self) -> None:
        """Something may have become due sooner: look shortly."""
        if self._jobs.get_job("look") is None:
            self._jobs.add_job(self.look, "date", run_date=datetime.now(UTC) + LOOK, id="look")

    async def run(self) -> None:
        """Carry out what is due and set the alarm for what comes next."""
        with self._counted():
            await self._bot.run_due()
            self._ran_at = datetime.now(UTC)
            await self._arm()

    async def look(self) -> None:
        """Set the alarm for what comes next, and carry out nothing."""
        with self._counted():
            await self._arm()

    async def retain(self) -> None:
        """Delete and forget what has outlived its time, a short transaction after the other; the rest the next day."""
        with self._counted():
            retention, days = self._bot.desk.services.retention, self._bot.settings.retention_days
            for _ in range(BATCHES):
                if self._jobs.state != STATE_RUNNING or not await retention.carry_out(days):
                    return

    async def _arm(self) -> None:
        """Set the one alarm to the earliest instant at which anything is due; none where nothing is."""
        due = await self._bot.desk.services.rounds.next_due()
        if due is None:
            return
        at = max(due, datetime.now(UTC) + LEAST)
        self._jobs.add_job(self.run, "date", run_date=at, id="due", replace_existing=True)

    async def beat(self) -> None:
        """Tell the container's health check that the bot is connected and has lately carried out what was due."""
        ran = self._ran_at is not None and datetime.now(UTC) - self._ran_at < UNWELL
        if ran and self._bot.is_ready() and not self._bot.is_closed():
            beat(self._bot.settings.heartbeat)

    def armed_for(self) -> datetime | None:
        """When the alarm rings next, apart from the sweep."""
        job = self._jobs.get_job("due")
        return None if job is None else job.trigger.run_date

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
