"""What the repositories share: the unit of work's one connection, and statements that both databases understand."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Executable, Row, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from deliberation.record import Json, canonical

Values = Mapping[str, Any]
Inserting = postgresql.Insert | sqlite.Insert
Item = TypeVar("Item")

_CHUNK = 500


class Connected:
    """A repository that speaks through the connection of one unit of work, and so inside its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._postgresql = connection.dialect.name == "postgresql"

    async def _rows(self, statement: Executable) -> Sequence[Row[Any]]:
        return (await self._connection.execute(statement)).all()

    async def _first(self, statement: Executable) -> Row[Any] | None:
        return (await self._connection.execute(statement)).first()

    async def _value(self, statement: Executable) -> Any:
        """The first column of the first row; None where there is no row."""
        return (await self._connection.execute(statement)).scalar()

    async def _each(self, statement: Executable, values: Sequence[Values]) -> None:
        """Execute the statement once for each set of values, in order."""
        if values:
            await self._connection.execute(statement, values)

    async def _changed(self, statement: Executable) -> bool:
        """Whether the statement changed a row."""
        return (await self._connection.execute(statement)).rowcount > 0

    async def _insert(self, table: Table, **values: Any) -> int:
        """The id of the new row."""
        return await self._value(self._inserting(table).values(**values).returning(table.c.id))

    def _inserting(self, table: Table) -> Inserting:
        """An insert that knows ON CONFLICT."""
        return postgresql.insert(table) if self._postgresql else sqlite.insert(table)

    def _upserting(self, table: Table, *keys: str) -> Inserting:
        """An insert that replaces every other column where the keys are there already."""
        insert = self._inserting(table)
        columns = [column.name for column in table.columns if column.name not in (*keys, "id")]
        return insert.on_conflict_do_update(index_elements=keys, set_={name: insert.excluded[name] for name in columns})


def found(row: Row[Any] | None, what: str, *key: object) -> Row[Any]:
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
