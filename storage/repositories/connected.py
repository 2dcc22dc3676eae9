"""What the repositories share: the unit of work's one connection, and statements that both databases understand."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Executable, Row, Table, and_, delete, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from deliberation.record import Json, canonical
from deliberation.record.ledger import FORMS
from services.ports import TURN
from storage.changes import Changes

from .prepared import Prepared, PreparedInsert, uncounted

Values = Mapping[str, Any]
Inserting = postgresql.Insert | sqlite.Insert
Item = TypeVar("Item")

_CHUNK = 500
_INSERTS: Mapping[str, Callable[[Table], Inserting]] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}


class Connected:
    """A repository that speaks through the connection of one unit of work, and so inside its transaction."""

    def __init__(self, connection: AsyncConnection, changes: Changes) -> None:
        self._connection = connection
        self._changes = changes
        # An insert that knows ON CONFLICT.
        self._inserting: Callable[[Table], Inserting] = _INSERTS[connection.dialect.name]

    async def _rows(self, statement: Executable | Prepared, **parameters: Any) -> Sequence[Row[Any]]:
        if isinstance(statement, Prepared):
            return await statement.rows(self._connection, parameters)
        return (await self._connection.execute(statement, parameters)).all()

    async def _in_turns(self, statement: Executable, *, each: int = TURN) -> AsyncIterator[Row[Any]]:
        """The rows of what reads many, with a turn for whoever waits after so many."""
        result = await self._connection.stream(statement)
        try:
            async for rows in result.partitions(each):
                for row in rows:
                    yield row
                await asyncio.sleep(0)
        finally:
            await result.close()

    async def _first(self, statement: Executable | Prepared, **parameters: Any) -> Row[Any] | None:
        if isinstance(statement, Prepared):
            return next(iter(await statement.rows(self._connection, parameters)), None)
        return (await self._connection.execute(statement, parameters)).first()

    async def _value(self, statement: Executable | Prepared, **parameters: Any) -> Any:
        """The first column of the first row; None where there is no row."""
        row = await self._first(statement, **parameters)
        return None if row is None else row[0]

    async def _each(self, statement: Executable | Prepared, values: Sequence[Values]) -> None:
        """Execute the statement once for each set of values, in order."""
        if not values:
            return
        if isinstance(statement, Prepared):
            await statement.each(self._connection, values)
        else:
            await self._connection.execute(statement, values)

    async def _changed(self, statement: Executable) -> bool:
        """Whether the statement changed a row."""
        return (await self._connection.execute(statement)).rowcount > 0

    async def _insert(self, table: Table, **values: Any) -> int:
        """The id of the new row, which is noted for the record."""
        number = await self._value(self._inserting(table).values(**values).returning(table.c.id))
        self._changes.note(table, {"id": number, **values})
        return number

    async def _update(self, table: Table, key: Values, values: Values) -> None:
        """Change these columns of the row with that key, which are noted for the record."""
        if values:
            named = and_(*(table.c[name] == value for name, value in key.items()))
            await self._connection.execute(update(table).where(named).values(**values))
            self._changes.note(table, {**key, **values})

    async def _delete(self, table: Table, where: ColumnElement[bool]) -> bool:
        """Delete these rows, which is noted for the record; whether there were any."""
        names = FORMS[table.name].key
        rows = await self._rows(delete(table).where(where).returning(*(table.c[name] for name in names)))
        for row in rows:
            self._changes.note_gone(table, row._mapping)
        return bool(rows)

    def _upserting(self, table: Table, *keys: str) -> PreparedInsert:
        """An insert that replaces every other column where the keys are there already."""
        return _upsert(self._inserting, table, keys)

    def _adding(self, table: Table) -> PreparedInsert:
        """An insert that leaves alone what is there already."""
        return _add(self._inserting, table)


def found(row: Row[Any] | None, what: str, *key: object) -> Row[Any]:
    """The row. Raises LookupError where there is none."""
    if row is None:
        raise LookupError(f"no {what} {key}")
    return row


@cache
def _upsert(inserting: Callable[[Table], Inserting], table: Table, keys: Sequence[str]) -> PreparedInsert:
    insert = inserting(table)
    changed = {name: insert.excluded[name] for name in uncounted(table) if name not in keys}
    return PreparedInsert(insert.on_conflict_do_update(index_elements=keys, set_=changed))


@cache
def _add(inserting: Callable[[Table], Inserting], table: Table) -> PreparedInsert:
    return PreparedInsert(inserting(table).on_conflict_do_nothing())


def chunks(items: Iterable[Item]) -> Iterator[list[Item]]:
    """The distinct items in lists short enough for one statement's parameters."""
    remaining = iter(dict.fromkeys(items))
    while chunk := list(islice(remaining, _CHUNK)):
        yield chunk


def canonical_text(value: Json) -> str:
    """The value as the record would hash it."""
    return canonical(value).decode()


def plain_text(value: Mapping[str, Any]) -> str:
    """The value as JSON in ASCII: what members typed may hold what a database's text cannot."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"))


def differing(new: Values, old: Values) -> dict[str, Any]:
    """The new values of those columns whose values differ."""
    return {name: value for name, value in new.items() if value != old[name]}
