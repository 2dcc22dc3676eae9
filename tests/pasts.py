"""A past that many tests begin with, lived through once on each kind of database and put into each test's own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select

from storage import Database
from storage.copying import _counters, _put_counters
from storage.tables import metadata
from tests.clocks import SetClock

_SALTS = 1 << 32
"""Further on than any past has come: no salt is given out twice."""


class Lived(NamedTuple):
    """The rows of every table, the numbers given out, when it was, and what the test wants to know of it."""

    rows: dict[Any, list[dict[str, Any]]]
    counters: dict[str, int]
    until: datetime
    known: Any


class Pasts:
    """By what was lived through, and on which kind of database."""

    def __init__(self) -> None:
        self._lived: dict[tuple[object, str], Lived] = {}

    async def of(self, live: Callable[[], Awaitable[Any]], *, name: object, database: Database, clock: SetClock) -> Any:
        """What `live` returned when it was first done; the database and the clock are as it left them."""
        key = name, database.url.get_backend_name()
        if key not in self._lived:
            known = await live()
            self._lived[key] = await _kept(database, clock, known)
            return known
        lived = self._lived[key]
        async with database._writing.begin() as connection:
            for table, rows in lived.rows.items():
                await connection.execute(table.insert(), rows)
            await _put_counters(connection, lived.counters)
        clock.set(lived.until)
        salt = database._inside["salt"]
        database._inside["salt"] = lambda: (int.from_bytes(salt()) + _SALTS).to_bytes(16)
        return lived.known


async def _kept(database: Database, clock: SetClock, known: Any) -> Lived:
    async with database.read() as uow:
        connection = uow._connection
        found = {
            table: [dict(row) for row in (await connection.execute(select(table))).mappings()]
            for table in metadata.sorted_tables
        }
        counters = await _counters(connection)
    return Lived({table: rows for table, rows in found.items() if rows}, counters, clock.now(), known)
