"""Carrying prepared statements out by the driver itself, inside a transaction that SQLAlchemy has begun."""

import asyncio
import re
from collections.abc import Awaitable, Sequence
from functools import lru_cache
from typing import Any, TypeVar, cast

from sqlalchemy.ext.asyncio import AsyncConnection

from storage import sqlite

from ._prepared import Prepared, Values

Answer = TypeVar("Answer")
Write = tuple[Prepared, Sequence[Values]]
"""A statement, and the values for each of which it is carried out."""
_PARAMETER = re.compile(r"\$([0-9]+)")


async def read(connection: AsyncConnection, statement: Prepared, **values: Any) -> Sequence[Any]:
    """The rows, with the columns as attributes."""
    compiled, driver = statement.compiled(connection.dialect), _driver(connection)
    given = compiled.given(values)
    if isinstance(driver, sqlite.Connection):
        rows = await driver.carry_out(lambda: driver.opened.execute(compiled.text, given).fetchall(), at_once=True)
    else:
        rows = await _on_server(connection, compiled.text, given)
    return [compiled.row(row) for row in rows]


async def write(connection: AsyncConnection, writes: Sequence[Write]) -> None:
    """Carry all of it out: on PostgreSQL in one message and in whatever order it likes. No row is written twice, and
    none that somebody else may write at the same time in another order."""
    dialect, driver = connection.dialect, _driver(connection)
    listed = [
        (statement.compiled(dialect).text, statement.listed(dialect, values)) for statement, values in writes if values
    ]
    if isinstance(driver, sqlite.Connection):

        def carry_out() -> None:
            for text, given in listed:
                driver.opened.executemany(text, given)

        await driver.carry_out(carry_out, at_once=True)
    elif listed:
        texts = tuple(text for text, several in listed for _ in several)
        await _on_server(connection, _joined(texts), [value for _, given in listed for each in given for value in each])


async def _on_server(connection: AsyncConnection, text: str, given: Sequence[Any]) -> Sequence[Any]:
    """The rows of a statement on PostgreSQL."""
    driver = _driver(connection)
    if driver.is_in_transaction():
        return await _whole(connection, driver.fetch(text, *given))
    # SQLAlchemy lets the driver begin with the first statement that passes through its own hands.
    result = await connection.exec_driver_sql(text, tuple(given))
    return result.all() if result.returns_rows else ()


@lru_cache(200)
def _joined(texts: Sequence[str]) -> str:
    """PostgreSQL's statements as one, whose parameters are theirs in turn."""
    joined: list[str] = []
    before = 0
    for text in texts:
        renumbered = _PARAMETER.sub(lambda found, before=before: f"${int(found[1]) + before}", text)
        joined.append(renumbered)
        before += max((int(number) for number in _PARAMETER.findall(text)), default=0)
    *others, last = joined
    named = ", ".join(f"write_{place} AS ({text})" for place, text in enumerate(others))
    return f"WITH {named} {last}" if named else last


async def _whole(connection: AsyncConnection, work: Awaitable[Answer]) -> Answer:
    """Await the driver's work. Where it is given up halfway, so is the connection: to undo what it was at would have to
    wait for a server that may be gone."""
    try:
        return await work
    except (TimeoutError, asyncio.CancelledError):
        await connection.invalidate()
        raise


def _driver(connection: AsyncConnection) -> Any:
    """The driver's own connection: that of `storage.sqlite`, or asyncpg's."""
    return cast(Any, connection.sync_connection).connection.driver_connection
