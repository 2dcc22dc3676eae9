"""A store whose transactions are savepoints of one that is never committed: a history ends as if it had never been.

Nothing is copied and nothing waits for a disk, so that thousands of histories can begin with the same councils.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Self, cast

from sqlalchemy import URL
from sqlalchemy.ext.asyncio import AsyncConnection

from deliberation.ids import PersonId
from storage import Database
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
        return Transaction(self._engine, people=people, **self._inside)

    def read(self) -> Transaction:
        return Transaction(self._engine, **self._inside)

    @property
    def _driver(self) -> Any:
        return cast(Any, self._outer.sync_connection).connection.driver_connection.opened

    @property
    def _engine(self) -> Any:
        """What a transaction asks for a connection."""
        return _Engine(self.url, self._outer, self._driver, self._turn)


class _Engine:
    def __init__(self, url: URL, outer: AsyncConnection, driver: Any, turn: asyncio.Lock) -> None:
        self.url = url
        self._parts = outer, driver, turn

    def connect(self) -> _Connection:
        return _Connection(*self._parts)


class _Connection(AsyncConnection):
    """The outer connection, whose transaction is a savepoint."""

    def __init__(self, outer: AsyncConnection, driver: Any, turn: asyncio.Lock) -> None:
        super().__init__(outer.engine, outer.sync_connection)
        self._parts = driver, turn
        self._under_way = False

    async def start(self, is_ctxmanager: bool = False) -> Self:
        await self._parts[1].acquire()
        return self

    async def begin(self) -> Any:  # pyright: ignore[reportIncompatibleMethodOverride]
        self._parts[0].execute("SAVEPOINT act")
        self._under_way = True

    async def commit(self) -> None:
        self._parts[0].execute("RELEASE act")
        self._under_way = False

    async def close(self) -> None:
        await self.__aexit__()

    async def __aexit__(self, *_: object) -> None:
        driver, turn = self._parts
        if self._under_way:
            driver.execute("ROLLBACK TO act")
            driver.execute("RELEASE act")
        turn.release()
