"""The alarm clock rings when something is due, survives a failure, and lets a run end."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest
import structlog
from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_EXECUTED

from bot.client import Comity
from bot.scheduler import AWAY, LEAST, Scheduler
from services.ports import StoreUnavailable

FAR = datetime(2200, 1, 1, tzinfo=UTC)
PAST = datetime(2020, 1, 1, tzinfo=UTC)


class Sleeper:
    """As much of the bot as the scheduler knows: what is due next, and a run that can be held up or fail."""

    def __init__(self, due: datetime | None = None) -> None:
        self.due = due
        self.ran = asyncio.Event()
        self.looked = asyncio.Event()
        self.hold: asyncio.Event | None = None
        self.failure: Exception | None = None
        self.finished = 0
        self.on_due_changed: Any = None
        self.settings: Any = None
        self.context = SimpleNamespace(services=SimpleNamespace(timetable=SimpleNamespace(next_due=self._next_due)))

    async def run_due(self) -> None:
        self.ran.set()
        if self.hold is not None:
            await self.hold.wait()
        if self.failure is not None:
            raise self.failure
        self.finished += 1

    async def _next_due(self) -> datetime | None:
        self.looked.set()
        return self.due


def scheduler_for(sleeper: Sleeper) -> Scheduler:
    return Scheduler(cast(Comity, sleeper))


def ended(scheduler: Scheduler, kind: int) -> asyncio.Event:
    """Set when a job has ended that way, after the scheduler's own listener."""
    happened = asyncio.Event()
    scheduler._jobs.add_listener(lambda _: happened.set(), kind)
    return happened


async def test_on_start_it_carries_out_what_is_due_and_sets_the_alarm():
    sleeper = Sleeper(FAR)
    scheduler = scheduler_for(sleeper)
    executed = ended(scheduler, EVENT_JOB_EXECUTED)
    scheduler.start()
    await executed.wait()
    assert sleeper.finished == 1
    assert scheduler.armed_for() == FAR
    await scheduler.stop()


async def test_without_anything_due_no_alarm_is_set():
    sleeper = Sleeper(None)
    scheduler = scheduler_for(sleeper)
    await scheduler.run()
    assert scheduler.armed_for() is None


async def test_what_is_overdue_rings_soon_but_is_no_busy_loop():
    scheduler = scheduler_for(Sleeper(PAST))
    before = datetime.now(UTC)
    await scheduler.run()
    armed = scheduler.armed_for()
    assert armed is not None
    assert armed >= before + timedelta(seconds=LEAST)


async def test_however_many_interactions_come_the_alarm_is_not_put_off(monkeypatch: pytest.MonkeyPatch):
    scheduler = scheduler_for(Sleeper(PAST))
    loop = asyncio.get_running_loop()
    await scheduler.run()
    half_way = loop.time() + LEAST / 2
    monkeypatch.setattr(loop, "time", lambda: half_way)
    alarms: list[datetime] = []
    monkeypatch.setattr(scheduler, "_ring", alarms.append)
    for _ in range(3):
        await scheduler.look()
    assert max(alarms) <= datetime.now(UTC) + timedelta(seconds=LEAST / 2)


async def test_an_answered_interaction_moves_the_alarm_forward(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("bot.scheduler.LOOK", timedelta(0))
    sleeper = Sleeper(FAR)
    scheduler = scheduler_for(sleeper)
    executed = ended(scheduler, EVENT_JOB_EXECUTED)
    scheduler.start()
    await executed.wait()
    sooner = FAR - timedelta(days=1)
    sleeper.due = sooner
    executed.clear()
    sleeper.on_due_changed()
    sleeper.on_due_changed()
    await executed.wait()
    assert scheduler.armed_for() == sooner
    await scheduler.stop()
    assert sleeper.on_due_changed is None


async def test_a_failed_run_is_logged_with_an_incident_code_and_the_sweep_goes_on():
    sleeper = Sleeper(FAR)
    sleeper.failure = ZeroDivisionError("no quorum of nothing")
    scheduler = scheduler_for(sleeper)
    failed = ended(scheduler, EVENT_JOB_ERROR)
    with structlog.testing.capture_logs() as log:
        scheduler.start()
        await failed.wait()
    [entry] = [entry for entry in log if entry["event"] == "job_failed"]
    assert len(entry["incident"]) == 8
    assert entry["exc_info"] is sleeper.failure
    assert scheduler._jobs.get_job("sweep") is not None
    await scheduler.stop()


async def test_stopping_lets_the_run_under_way_end():
    sleeper = Sleeper(FAR)
    sleeper.hold = asyncio.Event()
    scheduler = scheduler_for(sleeper)
    scheduler.start()
    await sleeper.ran.wait()
    stopping = asyncio.create_task(scheduler.stop())
    await asyncio.sleep(0)
    assert not stopping.done()
    sleeper.hold.set()
    await stopping
    assert sleeper.finished == 1


@pytest.mark.parametrize("by", [timedelta(hours=-1), timedelta(days=1)])
async def test_a_clock_that_is_set_anew_stops_no_sweep(monkeypatch: pytest.MonkeyPatch, by: timedelta):
    sleeper = Sleeper(FAR)
    scheduler = scheduler_for(sleeper)
    executed = ended(scheduler, EVENT_JOB_EXECUTED)
    scheduler.start()
    await executed.wait()
    sleeper.on_due_changed()
    jumped = datetime.now(UTC) + by
    monkeypatch.setattr("bot.scheduler.wall", lambda: jumped)
    with structlog.testing.capture_logs() as log:
        scheduler._watch()
    assert [(entry["event"], round(entry["seconds"])) for entry in log] == [("clock_jumped", by.total_seconds())]
    rings = {job.id: job.next_run_time for job in scheduler._jobs.get_jobs()}
    assert rings["sweep"] == jumped, "which rings the alarm anew"
    assert abs(rings["look"] - jumped) < timedelta(seconds=5)
    await scheduler.stop()


async def test_a_loop_that_is_held_up_is_told_in_the_log(monkeypatch: pytest.MonkeyPatch):
    scheduler = scheduler_for(Sleeper(FAR))
    scheduler.start()
    assert scheduler._watched is not None
    before, steady = scheduler._watched
    scheduler._watched = before - timedelta(seconds=9), steady - 9
    with structlog.testing.capture_logs() as log:
        scheduler._watch()
    [entry] = log
    assert entry["event"] == "loop_held_up"
    assert 3.9 < entry["seconds"] < 6
    await scheduler.stop()


async def test_while_the_store_is_away_it_looks_again_soon_and_is_no_busy_loop():
    sleeper = Sleeper(PAST)
    sleeper.failure = StoreUnavailable()
    scheduler = scheduler_for(sleeper)
    began = datetime.now(UTC)
    with structlog.testing.capture_logs() as log:
        await scheduler.run()
    assert [(entry["event"], entry["log_level"]) for entry in log] == [("store_unavailable", "warning")]
    armed = scheduler.armed_for()
    assert armed is not None
    assert AWAY <= armed - began < AWAY + timedelta(seconds=5)
    sleeper.failure = None
    await scheduler.run()
    assert sleeper.finished == 1


async def test_what_has_outlived_its_time_goes_batch_by_batch_and_not_while_stopping():
    sleeper, asked = Sleeper(), []

    async def carry_out(days: int | None) -> bool:
        asked.append(days)
        return len(asked) % 3 != 0

    sleeper.context.services.retention = SimpleNamespace(carry_out=carry_out)
    sleeper.settings = SimpleNamespace(retention_days=60)
    scheduler = scheduler_for(sleeper)
    scheduler.start()
    await scheduler.retain()
    assert asked == [60, 60, 60], "until nothing is left"
    await scheduler.stop()
    await scheduler.retain()
    assert len(asked) == 3
