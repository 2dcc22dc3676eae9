"""SQLite's connections, with the face of aiosqlite's that SQLAlchemy asks for.

A connection has a thread of its own, so that the event loop goes on while SQLite works, and hands it a whole statement
at a time with the rows it brings. Each handing over costs more than to find a few rows: whatever reads is begun at
once, and handed over where it turns out to be long. What begins to write, writes or commits goes to the thread, where
it may wait for the lock of the file and for the disk. A program that has nothing else to do meanwhile, such as the
replay, does without the thread.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import count
from typing import Any, Self, TypeVar

Answer = TypeVar("Answer")

READS = ("SELECT", "BEGIN DEFERRED")
BEGIN_TO_WRITE = ("BEGIN IMMEDIATE", "BEGIN EXCLUSIVE")
"""What waits until no other connection writes."""
SHORT = 10_000
"""Instructions of SQLite's machine, half a millisecond or less. What takes no more of them is short, what takes twice
as many is long."""

AT_ONCE = 1_000
"""Rows that are handed over together."""


class Connection:
    """A connection to the file."""

    def __init__(self, *, own_thread: bool) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="sqlite") if own_thread else None
        self._writing = False
        # What was given up, as by a task that was cancelled, may still be under way: nothing overtakes it.
        self._handed_over: Future[Any] = Future()
        self._handed_over.cancel()
        # SQLAlchemy asks under this name whether the connection is still open.
        self._connection: sqlite3.Connection | None = None

    async def open(self, *arguments: Any, **settings: Any) -> Self:
        """Connect. Raises sqlite3.Error."""

        def connect() -> sqlite3.Connection:
            connection = sqlite3.connect(*arguments, **settings | {"check_same_thread": False})
            connection.text_factory = text_in
            return connection

        try:
            self._connection = await self.carry_out(connect)
        except BaseException:
            self._end_thread()
            raise
        return self

    def cursor(self) -> "Cursor":
        return Cursor(self, self.opened.cursor())

    async def create_function(self, name: str, arguments: int, function: Callable[..., Any], **kind: bool) -> None:
        self.opened.create_function(name, arguments, function, **kind)

    def begins(self, statement: str) -> None:
        """Take note of a transaction that begins to write, and so ends with a wait for the disk."""
        if statement in BEGIN_TO_WRITE:
            self._writing = True

    async def commit(self) -> None:
        await self.carry_out(self.opened.commit, at_once=not self._writing)
        self._writing = False

    async def rollback(self) -> None:
        # A beginning that was given up may still be waiting in the thread, and is undone after it.
        await self.carry_out(self.opened.rollback, at_once=not self._writing)
        self._writing = False

    async def close(self) -> None:
        if self._connection is not None:
            await self.carry_out(self._connection.close)
            self._connection = None
        self._end_thread()

    def stop(self) -> None:
        """Close at once, whatever the thread is at."""
        connection, self._connection = self._connection, None
        self._end_thread(wait=False)
        if connection is not None:
            connection.close()

    def _end_thread(self, *, wait: bool = True) -> None:
        if self._thread is not None:
            self._thread.shutdown(wait=wait)

    async def carry_out(self, work: Callable[[], Answer], *, at_once: bool = False) -> Answer:
        """Do it in the thread, and here where there is none. `at_once`: it takes less time than handing it over, and is
        done here unless something else is under way."""
        if self._thread is None or (at_once and self._handed_over.done()):
            return work()
        self._handed_over = self._thread.submit(work)
        return await asyncio.wrap_future(self._handed_over)

    async def read(self, statement: Callable[[], Answer]) -> Answer:
        """Carry out what changes nothing: at once if it is short, and else from its beginning in the thread."""
        if self._thread is not None and self._handed_over.done():
            # SQLite counts through a statement's repetitions: it may call a first time after any instruction.
            calls = count()
            self.opened.set_progress_handler(lambda: next(calls), SHORT)
            try:
                return statement()
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
                    raise
            finally:
                self.opened.set_progress_handler(None, 0)
        return await self.carry_out(statement)

    @property
    def opened(self) -> sqlite3.Connection:
        """The connection itself. Raises ValueError once it is closed."""
        if self._connection is None:
            raise ValueError("no active connection")
        return self._connection


class Cursor:
    """A cursor that brings a statement's first rows along with its end."""

    def __init__(self, connection: Connection, cursor: sqlite3.Cursor) -> None:
        self._connection = connection
        self._cursor = cursor
        self._rows: list[Any] = []
        self._more = False

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, statement: str, parameters: Sequence[Any] = ()) -> Self:
        def carry_out() -> list[Any]:
            self._cursor.execute(statement, parameters)
            return self._cursor.fetchmany(AT_ONCE) if self._cursor.description else []

        self._connection.begins(statement)
        reads = statement.startswith(READS)
        self._rows = await (self._connection.read if reads else self._connection.carry_out)(carry_out)
        self._more = len(self._rows) == AT_ONCE
        return self

    async def executemany(self, statement: str, parameters: Iterable[Sequence[Any]]) -> Self:
        await self._connection.carry_out(lambda: self._cursor.executemany(statement, parameters))
        return self

    async def fetchall(self) -> list[Any]:
        rows, self._rows = self._rows, []
        if self._more:
            rows += await self._connection.carry_out(self._cursor.fetchall)
            self._more = False
        return rows

    async def fetchmany(self, size: int) -> list[Any]:
        while self._more and len(self._rows) < size:
            found = await self._connection.carry_out(lambda: self._cursor.fetchmany(AT_ONCE))
            self._rows += found
            self._more = len(found) == AT_ONCE
        rows, self._rows = self._rows[:size], self._rows[size:]
        return rows

    async def close(self) -> None:
        self._cursor.close()

    @property
    def description(self) -> Any:
        return self._cursor.description

    @property
    def rowcount(self) -> int:
        return self._cursor.rowcount

    @property
    def lastrowid(self) -> int | None:
        return self._cursor.lastrowid


def text_in(stored: bytes) -> str | bytes:
    """A text as it is read: what is no text, and yet stands where one should, as the bytes that it is. The driver would
    refuse the rows that come with it."""
    try:
        return stored.decode()
    except UnicodeDecodeError:
        return stored


async def connect(*arguments: Any, own_thread: bool = True, **settings: Any) -> Connection:
    """What `async_creator_fn` expects: opens a connection as `sqlite3.connect` does."""
    return await Connection(own_thread=own_thread).open(*arguments, **settings)
