"""Copying a whole database while others use it: an SQLite file page by page, any database row by row.

Either copy is one state of its source: it holds everything that was committed before the copy began.
"""

import sqlite3
from collections.abc import Mapping
from contextlib import AsyncExitStack, closing
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Table, func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import tables

from .engines import APPLICATION, BUSY_SECONDS, database_url, migrating_engine, reading_engine, writing_engine
from .errors import DatabaseInUse, operator_errors, shown

_ROWS = 2_000
"""Read and written at a time."""
_COUNTED = tuple(table for table in tables.metadata.sorted_tables if table.autoincrement_column is not None)


def copy_file(source: Path, target: Path) -> None:
    """Copy an SQLite file, also while it is written, into one file that needs no other beside it. Raises sqlite3.Error.

    A single step: with more, each change made meanwhile would start the copy anew.
    """
    uri = f"file:{quote(str(source))}?mode=ro"
    with (
        closing(sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS)) as read,
        closing(sqlite3.connect(target)) as written,
    ):
        read.backup(written)
        written.execute("PRAGMA journal_mode = DELETE")


def damage_in(file: Path) -> str | None:
    """What SQLite finds wrong with a file: its first complaint, None where it is whole. Raises sqlite3.Error."""
    with closing(sqlite3.connect(file, timeout=BUSY_SECONDS)) as connection:
        complaint = str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0])
        if complaint != "ok":
            return complaint
        dangling = connection.execute("PRAGMA foreign_key_check").fetchone()
        return None if dangling is None else f"a row of {dangling[0]} refers to nothing"


def let_go(file: Path) -> None:
    """Bring everything into the SQLite file itself. Raises DatabaseInUse while another process has it open, and
    sqlite3.Error for what is no database."""
    with closing(sqlite3.connect(file, timeout=0)) as connection:
        try:
            mode = connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0]
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise
            raise DatabaseInUse(database=str(file)) from error
        if mode != "delete":
            raise DatabaseInUse(database=str(file))


async def require_unused(url: str) -> None:
    """Raises DatabaseInUse while a bot is connected to the PostgreSQL database."""
    target = database_url(url)
    engine = migrating_engine(target)
    found = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = :name"
    )
    try:
        with operator_errors(target):
            async with engine.connect() as connection:
                if (await connection.execute(found, {"name": APPLICATION})).scalar_one():
                    raise DatabaseInUse(database=shown(target))
    finally:
        await engine.dispose()


async def copy_rows(source: str, target: str) -> None:
    """Fill the database at `target` with the rows of the one at `source`, in place of those that it has: all or none.

    Both are at the newest revision. Numbers that were given out stay given out.
    """
    from_url, to_url = database_url(source), database_url(target)
    writing, filling = writing_engine(from_url), migrating_engine(to_url)
    reading = reading_engine(from_url, writing)
    try:
        async with AsyncExitStack() as opened:
            with operator_errors(from_url):
                read = await opened.enter_async_context(reading.connect())
            with operator_errors(to_url):
                written = await opened.enter_async_context(filling.begin())
                await _clear(written)
            for table in tables.metadata.sorted_tables:
                await _copy(read, written, table)
            # After the rows: a number given out meanwhile does no harm.
            with operator_errors(from_url):
                counters = await _counters(read)
            with operator_errors(to_url):
                await _put_counters(written, counters)
    finally:
        for engine in (filling, reading, writing):
            await engine.dispose()


async def _clear(written: AsyncConnection) -> None:
    ordered = tables.metadata.sorted_tables
    if written.dialect.name == "postgresql":
        await written.execute(text("TRUNCATE {}".format(", ".join(f'"{table.name}"' for table in ordered))))
        return
    for table in reversed(ordered):
        await written.execute(table.delete())


async def _copy(read: AsyncConnection, written: AsyncConnection, table: Table) -> None:
    with operator_errors(read.engine.url):
        found = await read.stream(select(table))
        async for rows in found.mappings().partitions(_ROWS):
            with operator_errors(written.engine.url):
                await written.execute(table.insert(), [dict(row) for row in rows])


async def _counters(connection: AsyncConnection) -> dict[str, int]:
    """The last number that each table gave to a row, 0 for none."""
    if connection.dialect.name == "sqlite":
        rows = await connection.execute(text("SELECT name, seq FROM sqlite_sequence"))
        kept = {str(name): int(number) for name, number in rows}
        return {table.name: kept.get(table.name, await _highest(connection, table)) for table in _COUNTED}
    counters: dict[str, int] = {}
    for table in _COUNTED:
        sequence = (await connection.execute(select(func.pg_get_serial_sequence(table.name, "id")))).scalar_one()
        asked = text(f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {sequence}")  # noqa: S608 - our own name
        counters[table.name] = (await connection.execute(asked)).scalar_one()
    return counters


async def _highest(connection: AsyncConnection, table: Table) -> int:
    return (await connection.execute(select(func.coalesce(func.max(table.c.id), 0)))).scalar_one()


async def _put_counters(connection: AsyncConnection, counters: Mapping[str, int]) -> None:
    if connection.dialect.name == "sqlite":
        kept = [table.name for table in _COUNTED if table.dialect_options["sqlite"]["autoincrement"]]
        values = [{"name": name, "number": counters[name]} for name in kept]
        await connection.execute(text("DELETE FROM sqlite_sequence"))
        await connection.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :number)"), values)
        return
    for name, number in counters.items():
        sequence = func.pg_get_serial_sequence(name, "id")
        await connection.execute(select(func.setval(sequence, max(number, 1), number > 0)))
