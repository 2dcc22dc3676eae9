"""What the repositories share: the session of one unit of work, and a note of every row that the record vouches for.

A session reads a row as the database has it, also one that it has read before (`storage.sessions`): nothing of a row is
kept but what is mapped to the procedure's own data.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Executable, Table, UpdateBase, delete, insert, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from deliberation.record import Json, canonical
from deliberation.record.ledger import FORMS
from services.ports import TURN
from storage.changes import Changes
from storage.tables import Row, table_of

Values = Mapping[str, Any]
Inserting = postgresql.Insert | sqlite.Insert
Item = TypeVar("Item")

_CHUNK = 500
INSERTS: Mapping[str, Callable[[Any], Inserting]] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}


class Repository:
    """A repository that speaks through the session of one unit of work, and so inside its transaction."""

    def __init__(self, session: AsyncSession, changes: Changes) -> None:
        self._session = session
        self._changes = changes

    @property
    def _dialect(self) -> str:
        return self._session.get_bind().dialect.name

    def _insert(self, kind: type[Row]) -> Inserting:
        """An insert that knows ON CONFLICT."""
        return INSERTS[self._dialect](kind)

    async def _in_turns(self, query: Executable, *, each: int = TURN) -> AsyncIterator[Any]:
        """The rows of a query that finds many, with a turn for whoever waits after so many."""
        # Without `yield_per` a session makes rows of all that was found before it gives the first.
        result = await self._session.stream_scalars(query, execution_options={"yield_per": each})
        try:
            async for rows in result.partitions(each):
                for row in rows:
                    yield row
                await asyncio.sleep(0)
        finally:
            await result.close()

    async def _store(self, row: Row) -> None:
        """Store the row at once, with the id that the database gives it."""
        self._session.add(row)
        await self._session.flush()

    async def _add(self, row: Row) -> None:
        """Store the row, which is noted for the record."""
        await self._store(row)
        self._changes.note(type(row), vars(row))

    async def _add_all(self, kind: type[Row], values: Sequence[Values]) -> None:
        """Add many rows."""
        await self._each(insert(kind), values)

    async def _put(self, kind: type[Row], values: Sequence[Values], *, key: Sequence[str]) -> None:
        """Add rows; where their keys are there already, replace every other column."""
        await self._each(_upsert(self._dialect, table_of(kind), tuple(key)), values)

    async def _each(self, statement: UpdateBase, values: Sequence[Values]) -> None:
        """Carry the statement out for each set of values, in order."""
        for start in range(0, len(values), _CHUNK):
            await self._session.exec(statement, params=values[start : start + _CHUNK])

    async def _changed(self, statement: UpdateBase) -> bool:
        """Whether the statement changed a row."""
        return (await self._session.exec(statement)).rowcount > 0

    async def _update(self, kind: type[Row], key: Values, values: Values) -> None:
        """Change these columns of the row with that key, which are noted for the record."""
        if values:
            named = (col(getattr(kind, name)) == value for name, value in key.items())
            await self._session.exec(update(kind).where(*named).values(**values))
            self._changes.note(kind, {**key, **values})

    async def _delete(self, kind: type[Row], *where: ColumnElement[bool]) -> bool:
        """Delete these rows, which is noted for the record; whether there were any."""
        key = [col(getattr(kind, name)) for name in FORMS[kind.__tablename__].key]
        rows = (await self._session.exec(delete(kind).where(*where).returning(*key))).all()
        for row in rows:
            self._changes.note_gone(kind, row._mapping)
        return bool(rows)


def replacing(insert: Inserting, *, key: Sequence[str]) -> Inserting:
    """The insert, which replaces every other column where the key is there already."""
    others = {name: column for name, column in insert.excluded.items() if name not in (*key, "id")}
    return insert.on_conflict_do_update(index_elements=key, set_=others)


@cache
def _upsert(dialect: str, table: Table, key: Sequence[str]) -> Inserting:
    # Made once: SQLAlchemy takes a millisecond to say what EXCLUDED stands for.
    return replacing(INSERTS[dialect](table), key=key)


def found(row: Item | None, what: str, *key: object) -> Item:
    """The row. Raises LookupError where there is none."""
    if row is None:
        raise LookupError(f"no {what} {key}")
    return row


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
