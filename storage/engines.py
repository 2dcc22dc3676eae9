"""Connections to either database, set up so that what is committed is durable and what is read is one state."""

from functools import partial
from typing import Any

from sqlalchemy import URL, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DisconnectionError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage import sqlite, write_ahead

from .errors import DatabaseUrlInvalid, shown
from .same_file import on_the_same_file

APPLICATION = "comity"
"""The name by which PostgreSQL knows a bot's connections."""
BUSY_SECONDS = 15
CONNECT_SECONDS = 10
COMMAND_SECONDS = 60
"""For one statement on PostgreSQL: a network that swallows everything must not keep voters waiting for ever."""

_SESSION = {
    "application_name": APPLICATION,
    "jit": "off",
    # A process that is gone without a word holds no round's lock for longer than this.
    "idle_in_transaction_session_timeout": "60s",
    "tcp_keepalives_idle": "30",
    "tcp_keepalives_interval": "10",
    "tcp_keepalives_count": "3",
}

_DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg", "postgres": "postgresql+asyncpg"}
_IN_MEMORY = (None, "", ":memory:")


def database_url(given: str) -> URL:
    """The URL with its async driver. Raises DatabaseUrlInvalid for another kind of database or one in memory."""
    try:
        url = make_url(given)
    except ArgumentError as error:
        raise DatabaseUrlInvalid(given=given.partition(":")[0]) from error
    driver = _DRIVERS.get(url.drivername.partition("+")[0])
    if driver is None or (driver == _DRIVERS["sqlite"] and url.database in _IN_MEMORY):
        raise DatabaseUrlInvalid(given=shown(url))
    return url.set(drivername=driver)


def writing_engine(url: URL, *, own_thread: bool = True) -> AsyncEngine:
    """Transactions that may write. SQLite gets one connection, so that its writers queue up here in turn instead of
    polling the file."""
    if url.get_backend_name() == "sqlite":
        # A log that was begun anew is cut to what it is let grow to.
        pragmas = {"synchronous": "FULL", "journal_size_limit": str(write_ahead.LARGE)}
        engine = _sqlite(url, begin="BEGIN IMMEDIATE", pool_size=1, pragmas=pragmas, own_thread=own_thread)
        return on_the_same_file(engine)
    connect_args = {"timeout": CONNECT_SECONDS, "command_timeout": COMMAND_SECONDS, "server_settings": _SESSION}
    engine = create_async_engine(url, pool_size=10, max_overflow=10, connect_args=connect_args)
    event.listen(engine.sync_engine, "checkout", _require_open)
    return engine


def reading_engine(url: URL, writing: AsyncEngine, *, own_thread: bool = True) -> AsyncEngine:
    """Transactions that see one state and cannot write; on PostgreSQL they share the connections of `writing`."""
    if url.get_backend_name() == "sqlite":
        engine = _sqlite(url, begin="BEGIN DEFERRED", pool_size=4, pragmas={"query_only": "ON"}, own_thread=own_thread)
        return on_the_same_file(engine)
    return writing.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def migrating_engine(url: URL) -> AsyncEngine:
    """One connection for migrations. On SQLite foreign keys are not enforced, because a changed table is made anew."""
    if url.get_backend_name() == "sqlite":
        return _sqlite(url, begin="BEGIN EXCLUSIVE", pool_size=1, pragmas={"foreign_keys": "OFF"})
    return create_async_engine(url, pool_size=1, connect_args={"timeout": CONNECT_SECONDS})


def _require_open(_connection: DBAPIConnection, record: Any, _proxy: Any) -> None:
    """Have a connection that the server has ended made anew. The driver hears of that by itself, and need not ask with
    a message there and back before each transaction."""
    if record.driver_connection.is_closed():
        raise DisconnectionError


def _sqlite(url: URL, *, begin: str, pool_size: int, pragmas: dict[str, str], own_thread: bool = True) -> AsyncEngine:
    engine = create_async_engine(
        url,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=2 * BUSY_SECONDS,
        # The driver itself begins nothing: a deferred transaction that starts to write fails at once (STACK §2).
        connect_args={
            "isolation_level": None,
            "timeout": BUSY_SECONDS,
            "async_creator_fn": partial(sqlite.connect, own_thread=own_thread),
        },
    )
    settings = {"foreign_keys": "ON", **pragmas}

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: DBAPIConnection, _record: Any) -> None:
        cursor = connection.cursor()
        for name, value in settings.items():
            cursor.execute(f"PRAGMA {name} = {value}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin_transaction(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    return engine
