"""SQLite's write-ahead log, kept short while members vote and read.

SQLite brings what stands in the log into the database's file by itself, but begins the log anew only at an instant at
which nobody reads from it, and never shortens it. While readings overlap there is no such instant: the log grew by
17 MB a second of a rush of votes.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar, cast

from sqlalchemy import QueuePool
from sqlalchemy.ext.asyncio import AsyncEngine

from .errors import operator_errors

LARGE = 8 * 1024**2
"""Bytes from which on a log is shortened."""
PATIENCE = 1.0
"""Seconds for which new readings may wait until those under way have ended."""
HOLD_UP = 0.2
"""Seconds for which ballots may wait for other processes' readings."""

Answer = TypeVar("Answer")


async def shorten(*, reading: AsyncEngine, writing: AsyncEngine) -> int | None:
    """Empty the log of an SQLite file if it has become large; None where that is done or not called for.

    The bytes of the log where somebody goes on reading from it: then nothing is changed. Ballots do not wait for
    readings of this program. Raises the errors of `storage.errors`.
    """
    log = Path(f"{writing.url.database}-wal")
    if _size(log) < LARGE:
        return None
    emptied = False
    with operator_errors(writing.url), suppress(TimeoutError):
        # Most of it beside the ballots, so that the rest, for which they wait, takes little time.
        await _carry_out(reading, _bring_in)
        async with _without_readings(reading):
            emptied = await _carry_out(writing, _empty)
    return None if emptied else _size(log)


@asynccontextmanager
async def _without_readings(reading: AsyncEngine) -> AsyncIterator[None]:
    """Hold every connection that reads, so that nothing is read meanwhile. Raises TimeoutError after `PATIENCE`."""
    pool = cast(QueuePool, reading.pool)
    async with AsyncExitStack() as held:
        async with asyncio.timeout(PATIENCE), asyncio.TaskGroup() as taking:
            # All at once: one after the other, each would wait in the queue behind new readings.
            for _ in range(pool.size()):
                taking.create_task(held.enter_async_context(reading.connect()))
        yield


def _size(log: Path) -> int:
    try:
        return log.stat().st_size
    except FileNotFoundError:
        return 0


async def _carry_out(engine: AsyncEngine, work: Callable[[sqlite3.Connection], Answer]) -> Answer:
    """Do the work on one of the engine's connections, in its thread and outside any transaction."""
    async with engine.connect() as connection:
        driver = cast(Any, (await connection.get_raw_connection()).driver_connection)
        return await driver.carry_out(lambda: work(driver.opened))


def _bring_in(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()


def _empty(connection: sqlite3.Connection) -> bool:
    """Whether the log could be emptied."""
    [patience] = connection.execute("PRAGMA busy_timeout").fetchone()
    connection.execute(f"PRAGMA busy_timeout = {HOLD_UP * 1000:.0f}")
    try:
        busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        connection.execute(f"PRAGMA busy_timeout = {patience}")
    return not busy
