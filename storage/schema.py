"""The schema's versions: bringing a database up to date, one process at a time."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from io import StringIO
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, func, select, text
from sqlalchemy.ext.asyncio import AsyncEngine

from storage import trial

from .engines import BUSY_SECONDS, database_url, migrating_engine
from .errors import DatabaseNewer, DatabaseOlder, DatabaseUnusable, operator_errors, shown

_LOCK = 0x636F6D697479
"""PostgreSQL's advisory lock of whoever changes the schema: the product's name as a number."""

_PAUSE = 0.05
"""Seconds between two tries."""

Answer = TypeVar("Answer")


async def upgrade(url: str, *, to: str = "head") -> None:
    """Bring the database up to the newest revision, making an SQLite file and its folder if there is none.

    Of several processes that start at once one does the work and the others wait. All or nothing. Raises
    DatabaseNewer for a database of a newer version, and the other errors of `storage.errors`.
    """
    target = database_url(url)
    async with _migrating(target) as engine:
        _make_folder(target)
        await _in_turn(engine, lambda connection: _upgrade(connection, to, target))
        if target.get_backend_name() == "sqlite":
            await _write_ahead(engine)


async def downgrade(url: str, *, to: str) -> None:
    """Take the database back to revision `to`, or to nothing ("base"). What later revisions added is lost."""
    target = database_url(url)
    async with _migrating(target) as engine:
        await _in_turn(engine, lambda connection: command.downgrade(configuration(connection), to))


async def revision(url: str) -> str | None:
    """The revision of the database; None where it has none yet."""
    target = database_url(url)
    if _is_missing(target):
        return None
    async with _migrating(target) as engine:
        return await _in_turn(engine, _found)


async def require_newest(url: str) -> None:
    """Whoever only reads the database needs it at this version. Raises DatabaseOlder or DatabaseNewer."""
    target, found = database_url(url), await revision(url)
    if found in _known(configuration(None)) - {newest()} or found is None:
        raise DatabaseOlder(database=shown(target))
    if found != newest():
        raise DatabaseNewer(database=shown(target), found=found, known=newest())


async def require_writable(url: str) -> None:
    """Write to the database, which is at the newest revision. Raises what a writer would meet: DatabaseReadOnly, or
    DatabaseUnusable where its disk is full, for instance."""
    target = database_url(url)
    async with _migrating(target) as engine, engine.connect() as connection:
        await trial.write(connection)


def newest() -> str:
    """The newest revision that this version of the program knows."""
    return ScriptDirectory.from_config(configuration(None)).get_current_head() or ""


def configuration(connection: Connection | None) -> Config:
    """Alembic's configuration, found beside this module wherever it is installed."""
    config = Config(stdout=StringIO())
    folder = Path(__file__).with_name("migrations")
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


@asynccontextmanager
async def _migrating(url: URL) -> AsyncIterator[AsyncEngine]:
    engine = migrating_engine(url)
    try:
        with operator_errors(url):
            yield engine
    finally:
        await engine.dispose()


def _make_folder(url: URL) -> None:
    if url.get_backend_name() == "sqlite":
        Path(str(url.database)).parent.mkdir(parents=True, exist_ok=True)


def _is_missing(url: URL) -> bool:
    """Whether it is a file that is not there: to ask it anything would make it."""
    return url.get_backend_name() == "sqlite" and not Path(str(url.database)).exists()


async def _in_turn(engine: AsyncEngine, work: Callable[[Connection], Answer]) -> Answer:
    """Do the work in a transaction that no other process's can overlap."""
    async with engine.begin() as connection:
        # SQLite's begins exclusively by itself.
        if connection.dialect.name == "postgresql":
            await connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
        return await connection.run_sync(work)


async def _write_ahead(engine: AsyncEngine) -> None:
    """From here on readers and the writer do not wait for each other: the file itself keeps this mode."""
    async with engine.connect() as connection:
        driver: Any = (await connection.get_raw_connection()).driver_connection
        for attempt in count():
            try:
                cursor = await driver.cursor().execute("PRAGMA journal_mode = WAL")
                # Closed at once: an open cursor keeps the file locked for as long as anything holds it.
                await cursor.close()
            except sqlite3.OperationalError:
                # SQLite does not wait here while another process starts, as it does everywhere else.
                if attempt * _PAUSE >= BUSY_SECONDS:
                    raise
                await asyncio.sleep(_PAUSE)
            else:
                return


def _found(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _known(config: Config) -> set[str]:
    return {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}


def _upgrade(connection: Connection, to: str, url: URL) -> None:
    config = configuration(connection)
    found = _found(connection)
    if found is not None and found not in _known(config):
        raise DatabaseNewer(database=shown(url), found=found, known=newest())
    command.upgrade(config, to)
    if connection.dialect.name == "sqlite":
        dangling = connection.execute(text("PRAGMA foreign_key_check")).first()
        if dangling is not None:
            raise DatabaseUnusable(database=shown(url), reason=f"a row of {dangling[0]} refers to nothing")
