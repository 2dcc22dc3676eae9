"""The worker process: beside the bot, at a lower priority, begun anew when it died, gone when the bot is."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import structlog

from bot.backups.daily import DailyBackups
from bot.faults import explain
from bot.settings import Settings
from bot.worker.process import Worker
from storage import DatabaseUnusable
from tests.conftest import ROOT


def fail() -> None:
    raise DatabaseUnusable(database="comity.db", reason="the disk is full")


@pytest.fixture
async def worker() -> AsyncIterator[Worker]:
    worker = Worker()
    yield worker
    worker.close()


async def test_work_is_done_in_another_process_that_stays_and_gives_way(worker: Worker):
    first = await worker.run(os.getpid)
    assert first != os.getpid()
    assert await worker.run(os.getpid) == first
    if hasattr(os, "nice"):
        assert await worker.run(os.nice, 0) > os.nice(0)


async def test_a_failure_there_is_raised_here_with_what_it_says(worker: Worker):
    with pytest.raises(DatabaseUnusable) as failed:
        await worker.run(fail)
    assert explain(failed.value, Settings()) == "The database comity.db cannot be used: the disk is full"


async def test_the_daily_backup_is_made_there_once_a_day(worker: Worker, sqlite_head_url: str, tmp_path: Path):
    daily = DailyBackups(Settings(database_url=sqlite_head_url), worker)
    with structlog.testing.capture_logs() as log:
        await daily.make()
        await daily.make()
    [entry] = [entry for entry in log if entry["event"] == "backup_written"]
    assert entry["file"].startswith(str(tmp_path / "backups" / "comity-daily-"))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no SIGKILL")
async def test_a_process_that_died_is_begun_anew(worker: Worker):
    first = await worker.run(os.getpid)
    os.kill(first, signal.SIGKILL)
    assert await worker.run(os.getpid) != first


async def test_closing_ends_the_process_whatever_it_is_at():
    worker = Worker()
    number = await worker.run(os.getpid)
    [process] = worker._processes
    at_work = asyncio.ensure_future(worker.run(signal.pause))
    await asyncio.sleep(0)
    worker.close()
    await asyncio.to_thread(process.join)
    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)
    at_work.cancel()


KILLED = """
import asyncio, os
from bot.worker.process import Worker
if __name__ == "__main__":
    print(asyncio.run(Worker().run(os.getpid)), flush=True)
    os.kill(os.getpid(), 9)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no SIGKILL")
async def test_it_does_not_outlive_a_bot_that_was_killed(tmp_path):
    file = tmp_path / "killed.py"
    file.write_text(KILLED)
    bot = await asyncio.create_subprocess_exec(
        sys.executable, str(file), stdout=subprocess.PIPE, env=os.environ | {"PYTHONPATH": str(ROOT)}
    )
    assert bot.stdout is not None
    # The worker holds the other end too: this ends when both are gone.
    told = await asyncio.wait_for(bot.stdout.read(), 30)
    assert int(told) != bot.pid
    await bot.wait()
