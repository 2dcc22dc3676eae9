"""Rows for an audit: read past their classes as the driver gives them, without trusting what stands in them."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Integer,
    LargeBinary,
    Select,
    Table,
    and_,
    literal_column,
)
from sqlalchemy import select as select_columns
from sqlmodel import UTCDateTime, col, select

from deliberation.ids import CouncilId, RoundId
from deliberation.record import EntryKind, Registered, Stored
from services.ports import FoundRow, Secret, Unreadable
from storage.repositories.repository import Repository, chunks
from storage.tables import (
    CouncilRow,
    IssueRow,
    RecordEntryRow,
    RecordHeadRow,
    RecordSecretRow,
    RegisterRow,
    RoundRow,
    Row,
    SeatRow,
    metadata,
    table_of,
)

from .entries import RARE

AT_ONCE, TURN = 500, 100
"""Rows that are read at once, and those after which the loop turns."""

_FIRST, _LAST = "0001-01-01 00:00:00+00", "9999-12-31 23:59:59.999999+00"
_GREATEST = 2**53 - 1
"""The greatest number that a record holds, and so a council's."""
_ISSUES = ("issue_versions", "issue_seconds")
_ROUNDS = ("docket", "entitlements", "sums")


class Audit(Repository):
    async def councils(self) -> Mapping[CouncilId, str]:
        found: dict[CouncilId, str] = {}
        for row in await self._raw(CouncilRow):
            if isinstance(row["id"], int):
                found[CouncilId(row["id"])] = row["name"] if isinstance(row["name"], str) else ""
        for kind in (RecordHeadRow, RegisterRow):
            for row in await self._raw(kind):
                if isinstance(row["council"], int):
                    found.setdefault(CouncilId(row["council"]), "")
        # Whoever has lost all of these may still have entries.
        entered, council = select(RecordEntryRow.council).order_by(col(RecordEntryRow.council)).limit(1), 0
        while council is not None:
            council = (await self._session.exec(entered.where(RecordEntryRow.council > council))).first()
            if council is not None:
                found.setdefault(CouncilId(council), "")
        return dict(sorted(found.items()))

    async def registered(self) -> tuple[Registered, ...]:
        rows = await self._raw(RegisterRow)
        return tuple(
            Registered(CouncilId(row["council"]), str(row["digest"]), str(row["previous"]))
            for row in rows
            if isinstance(row["council"], int) and abs(row["council"]) <= _GREATEST
        )

    async def head(self, council: CouncilId) -> tuple[int, str] | None:
        rows = await self._raw(RecordHeadRow, col(RecordHeadRow.council) == council)
        readable = [row for row in rows if isinstance(row["index"], int) and isinstance(row["digest"], str)]
        return (readable[0]["index"], readable[0]["digest"]) if readable else None

    async def entries(
        self, council: CouncilId, *, after: int = 0, kinds: Sequence[str] | None = None, most: int | None = None
    ) -> AsyncIterator[Stored]:
        where = and_(col(RecordEntryRow.council) == council, col(RecordEntryRow.index) > after)
        if kinds is not None:
            where = and_(where, RARE)
        if kinds:
            where = and_(where, col(RecordEntryRow.kind).in_(kinds))
        async for row in self._stream(table_of(RecordEntryRow), where, most=most):
            yield _stored(row)

    async def entry(self, council: CouncilId, index: int) -> Stored | None:
        named = and_(col(RecordEntryRow.council) == council, col(RecordEntryRow.index) == index)
        found = await self._raw(RecordEntryRow, named)
        return _stored(found[0]) if found else None

    async def last_cast(self, council: CouncilId) -> Stored | None:
        cast = select(RecordEntryRow.index).where(
            RecordEntryRow.council == council, RecordEntryRow.kind == EntryKind.BALLOTS_CAST
        )
        index = (await self._session.exec(cast.order_by(col(RecordEntryRow.index).desc()).limit(1))).first()
        return None if index is None else await self.entry(council, index)

    async def rows(self, table: str, council: CouncilId) -> AsyncIterator[FoundRow]:
        found = metadata.tables[table]
        async for row in self._stream(found, _of_council(found, council)):
            yield row

    async def rows_of_round(self, table: str, round_id: RoundId) -> AsyncIterator[FoundRow]:
        found = metadata.tables[table]
        async for row in self._stream(found, found.c.round == round_id):
            yield row

    async def secrets(self, commitments: Iterable[str]) -> dict[str, Secret]:
        secrets: dict[str, Secret] = {}
        for chunk in chunks(commitments):
            for row in await self._raw(RecordSecretRow, col(RecordSecretRow.commitment).in_(chunk)):
                values = [row[name] for name in ("commitment", "label", "salt", "value")]
                if not any(isinstance(value, Unreadable) for value in values):
                    commitment, label, salt, value = values
                    secrets[commitment] = Secret(commitment=commitment, label=label, salt=salt, value=value)
        return secrets

    async def _raw(self, kind: type[Row], where: ColumnElement[bool] | None = None) -> list[FoundRow]:
        return [row async for row in self._stream(table_of(kind), where)]

    async def _stream(
        self, table: Table, where: ColumnElement[bool] | None = None, *, most: int | None = None
    ) -> AsyncIterator[FoundRow]:
        dialect = self._dialect
        names = [column.name for column in table.columns]
        readers, wanted = _readers(table), _as_stored(table, dialect)
        if where is not None:
            wanted = wanted.where(where)
        if most is not None:
            wanted = wanted.limit(most)
        result = await self._session.stream(wanted)
        try:
            async for rows in result.partitions(AT_ONCE):
                for start in range(0, len(rows), TURN):
                    for row in rows[start : start + TURN]:
                        # What the driver gives in the column's own kind, as it does most, is the value.
                        values = [
                            value if value.__class__ is kind else read(value)
                            for (kind, read), value in zip(readers, row, strict=True)
                        ]
                        yield dict(zip(names, values, strict=True))
                    await asyncio.sleep(0)
        finally:
            await result.close()


def _stored(row: FoundRow) -> Stored:
    """The entry; where something stands that can be no part of one, nothing stands."""
    at, texts = row["at"], [row[name] for name in ("kind", "data", "previous", "digest")]
    kind, data, previous, digest = (one if isinstance(one, str) else "" for one in texts)
    index = row["index"] if isinstance(row["index"], int) else 0
    return Stored(index, at if isinstance(at, datetime) else None, kind, data, previous, digest)


@cache
def _as_stored(table: Table, dialect: str) -> Select[Any]:
    """The rows as the driver gives them: nothing is made of their values yet."""
    columns = [literal_column(_expression(column, dialect)) for column in table.columns]
    return select_columns(*columns).select_from(table).order_by(*table.primary_key.columns)


@cache
def _readers(table: Table) -> Sequence[tuple[type | None, Callable[[Any], Any]]]:
    return [_reader(column) for column in table.columns]


def _expression(column: Column[Any], dialect: str) -> str:
    """The column as the driver can read it, whatever stands there. PostgreSQL's calendar is longer than Python's."""
    name = f'{column.table.name}."{column.name}"'
    if dialect == "postgresql" and isinstance(column.type, UTCDateTime):
        return f"CASE WHEN {name} < '{_FIRST}' THEN '{_FIRST}' WHEN {name} > '{_LAST}' THEN '{_LAST}' ELSE {name} END"
    return name


def _of_council(table: Table, council: CouncilId) -> ColumnElement[bool]:
    if table.name == "councils":
        return table.c.id == council
    if table.name == "seat_holders":
        return table.c.seat.in_(select(SeatRow.id).where(SeatRow.council == council))
    if table.name in _ISSUES:
        return table.c.issue.in_(select(IssueRow.id).where(IssueRow.council == council))
    if table.name in _ROUNDS:
        return table.c.round.in_(select(RoundRow.id).where(RoundRow.council == council))
    return table.c.council == council


def _reader(column: Column[Any]) -> tuple[type | None, Callable[[Any], Any]]:
    """What makes a value of what the driver gives for the column, or `Unreadable`; and the kind of which every value
    is left as it is."""
    as_it_is: type | None = None
    if isinstance(column.type, UTCDateTime):
        made: Callable[[Any], Any] = _instant
    elif isinstance(column.type, Boolean):
        made, as_it_is = _truth, bool
    else:
        as_it_is = bytes if isinstance(column.type, LargeBinary) else int if isinstance(column.type, Integer) else str
        made = _only(as_it_is)
    empty = column.nullable

    def read(value: Any) -> Any:
        if value is None:
            return None if empty else Unreadable("nothing")
        return made(value)

    return as_it_is, read


def _only(kind: type) -> Callable[[Any], Any]:
    return lambda value: value if isinstance(value, kind) else Unreadable(repr(value))


def _truth(value: Any) -> Any:
    # SQLite knows no truth values: 0 and 1 stand for them.
    return bool(value) if value in (0, 1) and isinstance(value, int) else Unreadable(repr(value))


def _instant(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    try:
        instant = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return Unreadable(repr(value))
    # SQLite compares instants as the texts that they are: only as it is written by the store is one what it says.
    if instant.tzinfo is not None or value != instant.isoformat(" ", "microseconds"):
        return Unreadable(repr(value))
    return instant.replace(tzinfo=UTC)
