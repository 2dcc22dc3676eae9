"""Taking turns with every other process on the same database, at what one alone may do at a time."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import URL, func, select

from .engines import database_url, migrating_engine
from .errors import operator_errors

_TURNS = 0x7475726E
"""What the advisory locks of all turns have in common on PostgreSQL: the word as a number of 32 bits."""

_PAUSE = 0.05
"""Seconds between two looks at a lock file."""


@asynccontextmanager
async def turn(url: str, number: int) -> AsyncIterator[None]:
    """Within the block no other process has the turn of that number. Waits as long as it takes; the turn ends with the
    block, and with the process or its connection if these end before.

    An advisory lock on PostgreSQL, a lock file beside the database on SQLite. Raises the errors of `storage.errors`.
    """
    target = database_url(url)
    held = _of_file if target.get_backend_name() == "sqlite" else _of_server
    with operator_errors(target):
        async with held(target, number):
            yield


@asynccontextmanager
async def _of_server(url: URL, number: int) -> AsyncIterator[None]:
    engine = migrating_engine(url)
    try:
        # Of the transaction, not the session: a pooler between may give the next one another connection.
        async with engine.begin() as connection:
            await connection.execute(select(func.pg_advisory_xact_lock(_TURNS, number)))
            yield
    finally:
        await engine.dispose()


@asynccontextmanager
async def _of_file(url: URL, number: int) -> AsyncIterator[None]:
    # A database of its own, never written: SQLite knows on every system how to lock a file for as long as we live.
    connection = sqlite3.connect(f"{url.database}.turn{number}", timeout=0, isolation_level=None)
    try:
        while not _has_begun(connection):  # noqa: ASYNC110 - another process ends it
            await asyncio.sleep(_PAUSE)
        yield
    finally:
        connection.close()


def _has_begun(connection: sqlite3.Connection) -> bool:
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname != "SQLITE_BUSY":
            raise
        return False
    return True
