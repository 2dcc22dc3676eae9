"""A store whose transactions are savepoints of one that is never committed: a history ends as if it had never been.

Nothing is copied and nothing waits for a disk, so that thousands of histories can begin with the same councils.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import TracebackType
from typing import Any, Self, cast

from sqlalchemy.ext.asyncio import AsyncConnection

from deliberation.ids import PersonId
from storage import Database
from storage.sessions import sessions
from storage.unit_of_work import Transaction
from tests.clocks import SetClock


class NestedDatabase(Database):
    """A database on an SQLite file whose transactions come one after the other, all within `history`."""

    def __init__(self, url: str, clock: SetClock) -> None:
        super().__init__(url, clock=clock, own_thread=False)
        self._turn = asyncio.Lock()
        self._outer: AsyncConnection

    async def open(self) -> None:
        """Hold the one connection."""
        self._outer = await self._writing.connect()
        await self._outer.begin()

    async def close(self) -> None:
        """Nothing has happened."""
        await self._outer.close()
        await self.dispose()

    @asynccontextmanager
    async def history(self) -> AsyncIterator[None]:
        """What is done inside is undone at the end."""
        self._driver.execute("SAVEPOINT history")
        try:
            yield
        finally:
            self._driver.execute("ROLLBACK TO history")
            self._driver.execute("RELEASE history")

    def rows(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """What a statement finds, past the services and the repositories."""
        return self._driver.execute(statement, values).fetchall()

    def write(self, *people: PersonId) -> Transaction:
        return self.read()

    def read(self) -> Transaction:
        return _InTurn(sessions(self._outer), turn=self._turn, **self._inside)

    @property
    def _driver(self) -> Any:
        return cast(Any, self._outer.sync_connection).connection.driver_connection.opened


class _InTurn(Transaction):
    """A transaction that begins once the one before it has ended."""

    def __init__(self, *arguments: Any, turn: asyncio.Lock, **inside: Any) -> None:
        super().__init__(*arguments, **inside)
        self._turn = turn

    async def __aenter__(self) -> Self:
        await self._turn.acquire()
        return await super().__aenter__()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            await super().__aexit__(kind, error, trace)
        finally:
            self._turn.release()
