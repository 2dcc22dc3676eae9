"""SQLite on the caller's own thread, with the face of aiosqlite's connections.

A thread apart keeps an event loop free while SQLite works, and costs several changes of thread for each statement. A
program that has nothing else to do meanwhile, such as the replay, is twice as quick without.
"""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Self


class InlineCursor:
    """A cursor whose coroutines never wait."""

    def __init__(self, cursor: sqlite3.Cursor) -> None:
        self._cursor = cursor

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, statement: str, parameters: Sequence[Any] = ()) -> Self:
        self._cursor.execute(statement, parameters)
        return self

    async def executemany(self, statement: str, parameters: Iterable[Sequence[Any]]) -> Self:
        self._cursor.executemany(statement, parameters)
        return self

    async def fetchall(self) -> list[Any]:
        return self._cursor.fetchall()

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


class InlineConnection:
    """A connection whose coroutines never wait."""

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        # SQLAlchemy asks under this name whether the connection is still open.
        self._connection: sqlite3.Connection | None = sqlite3.connect(*arguments, **settings)

    def cursor(self) -> InlineCursor:
        return InlineCursor(self._open.cursor())

    async def create_function(self, name: str, arguments: int, function: Callable[..., Any], **kind: bool) -> None:
        self._open.create_function(name, arguments, function, **kind)

    async def commit(self) -> None:
        self._open.commit()

    async def rollback(self) -> None:
        self._open.rollback()

    async def close(self) -> None:
        self.stop()

    def stop(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    @property
    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            raise ValueError("no active connection")
        return self._connection


async def connect(*arguments: Any, **settings: Any) -> InlineConnection:
    """What `async_creator_fn` expects: an awaitable that opens a connection as `sqlite3.connect` does."""
    return InlineConnection(*arguments, **settings)
