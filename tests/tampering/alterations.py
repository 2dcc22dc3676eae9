"""Every way in which somebody with plain SQL can alter a row: each column, in several ways, and the row as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Boolean, CheckConstraint, Column, DateTime, Integer, LargeBinary, Table
from sqlmodel import UTCDateTime

from storage.tables import metadata

HUGE = 2**62
_PEOPLE = ("person", "proposer", "author")
_WORD = re.compile(r"'([^']*)'")
_FIGURE = re.compile(r"\d(?=\D*$)")
_AS_SQLITE_WRITES = "%Y-%m-%d %H:%M:%S.%f"


class Expression(NamedTuple):
    """A value that is written as SQL, for no driver would send it."""

    sql: str


class Found(NamedTuple):
    """A row as the driver gives it. `kind`: what is peculiar to it among the rows of its table."""

    table: str
    rowid: int
    values: Mapping[str, Any]
    kind: str


class Alteration(NamedTuple):
    """What is done to a row: another value in one of its columns, or ("") to the whole of it. `how` names it."""

    row: Found
    column: str
    how: str
    value: Any = None

    @property
    def place(self) -> str:
        return f"{self.row.table}.{self.column}" if self.column else self.row.table

    def __str__(self) -> str:
        own = {name: self.row.values[name] for name in keys_of(self.row.table)}
        return f"{self.place} {own} ({self.row.kind}): {self.how} {str(self.value)[:80]!r}"


WHOLE = ("deleted", "twice", "another like it")


def keys_of(table: str) -> tuple[str, ...]:
    return tuple(column.name for column in metadata.tables[table].primary_key.columns)


def kind_of(table: str, values: Mapping[str, Any], rounds: Mapping[int, str]) -> str:
    """What a row is like: which of its columns are empty, what it says in so many words, and whom it names. `rounds`:
    what each round is like."""
    parts: list[str] = []
    for column in metadata.tables[table].columns:
        value = values[column.name]
        if column.name in _PEOPLE and isinstance(value, int):
            parts.append("nobody" if value == 0 else "erased" if value < 0 else "")
        elif isinstance(column.type, Boolean) and value:
            parts.append(column.name)
        elif words_of(column) or column.name in ("label", "kind"):
            parts.append(str(value))
        elif column.nullable and value is not None and column.name != "salt":
            parts.append(f"with {column.name}")
        elif column.name == "round":
            parts.append(rounds.get(value or 0, ""))
    return ", ".join(part for part in parts if part) or "plain"


def words_of(column: Column[Any]) -> tuple[str, ...]:
    """The words that the column may hold, where these are counted."""
    for constraint in column.table.constraints:
        if isinstance(constraint, CheckConstraint) and str(constraint.sqltext).startswith(f"{column.name} IN"):
            return tuple(_WORD.findall(str(constraint.sqltext)))
    return ()


def alterations_of(row: Found, others: Sequence[Found], *, dialect: str) -> Iterator[Alteration]:
    """Everything that is done to one row. `others`: the rows of its table."""
    table = metadata.tables[row.table]
    for column in table.columns:
        value = row.values[column.name]
        seen: list[Any] = [value]
        neighbours = [other.values[column.name] for other in others if other.values[column.name] not in (value, None)]
        for how, altered in _values(column, value, neighbours, dialect):
            if not any(altered is one or (type(altered) is type(one) and altered == one) for one in seen):
                seen.append(altered)
                yield Alteration(row, column.name, how, altered)
    yield Alteration(row, "", "deleted")
    yield Alteration(row, "", "twice", dict(row.values))
    yield Alteration(row, "", "another like it", _like(table, row, others))


def _like(table: Table, row: Found, others: Sequence[Found]) -> dict[str, Any]:
    """The row under a key that is free."""
    values, last = dict(row.values), keys_of(table.name)[-1]
    key = values[last]
    values[last] = max(other.values[last] for other in others) + 1 if isinstance(key, int) else _other_text(key)
    return values


def _values(column: Column[Any], value: Any, neighbours: list[Any], dialect: str) -> Iterator[tuple[str, Any]]:
    if value is None:
        yield "something", neighbours[0] if neighbours else _something(column, dialect)
    else:
        yield from _plausible(column, value, dialect)
        yield "nothing", None
    if neighbours:
        yield "its neighbour's", neighbours[0]
    yield from _implausible(column, value, dialect)


def _plausible(column: Column[Any], value: Any, dialect: str) -> Iterator[tuple[str, Any]]:
    kind = column.type
    if isinstance(kind, Boolean):
        yield "another value", (not value) if dialect == "postgresql" else 1 - value
    elif isinstance(kind, UTCDateTime | DateTime):
        yield "another value", _moved(value, timedelta(hours=1))
        yield "long ago", _moved(value, timedelta(days=-36_500))
    elif isinstance(kind, LargeBinary):
        yield "another value", bytes([*value[:-1], value[-1] ^ 1])
        yield "cut short", value[:-1]
        yield "emptied", b""
        yield "longer", value + b"\0"
    elif isinstance(kind, Integer):
        yield "another value", value + 1
        yield "negative", -value - 1
        yield "huge", HUGE
    else:
        words = words_of(column)
        yield from ((f"as {word}", word) for word in words)
        if not words:
            yield "another value", _other_text(value)
        yield "cut short", value[:-1]
        yield "emptied", ""


def _implausible(column: Column[Any], value: Any, dialect: str) -> Iterator[tuple[str, Any]]:
    """What no column of the kind should hold. PostgreSQL refuses what is of another type."""
    kind = column.type
    text = not isinstance(kind, Boolean | UTCDateTime | LargeBinary | Integer)
    if text:
        yield "deeply nested", "[" * 50_000
        yield "unprintable", "\x1b[2J\n\r\u202e"
    if dialect == "postgresql":
        if isinstance(kind, UTCDateTime):
            yield "never", Expression("'infinity'::timestamptz")
            yield "before our era", Expression("'0044-03-15 12:00:00+00 BC'::timestamptz")
        return
    if isinstance(kind, UTCDateTime):
        if value is not None:
            yield "spelt otherwise", value.replace(" ", "T")
            yield "in another zone", f"{value}+05:00"
        yield "beyond the calendar", "0001-01-01 00:00:00.000000+23:00"
    yield "no such thing", b"\xff\x00" if text else "no such thing"
    yield "a fraction", 0.5
    yield "no text at all", Expression("CAST(X'ff41' AS TEXT)")


def _moved(value: Any, by: timedelta) -> Any:
    if isinstance(value, datetime):
        return value + by
    return (datetime.fromisoformat(value) + by).strftime(_AS_SQLITE_WRITES)


def _other_text(value: str) -> str:
    """Another text of the same form: of JSON with another figure."""
    if value.startswith("{"):
        return _FIGURE.sub(lambda found: str((int(found[0]) + 1) % 10), value, count=1)
    if re.fullmatch(r"[0-9a-f]{64}", value):
        return value[:-1] + ("0" if value[-1] != "0" else "1")
    return f"{value}!"


def _something(column: Column[Any], dialect: str) -> Any:
    kind = column.type
    if isinstance(kind, UTCDateTime):
        at = datetime.fromisoformat("2026-01-05T12:00:00+00:00")
        return at if dialect == "postgresql" else at.strftime(_AS_SQLITE_WRITES)
    if isinstance(kind, LargeBinary):
        return bytes(16)
    if isinstance(kind, Boolean):
        return True
    return 1 if isinstance(kind, Integer) else (words_of(column) or ("something",))[0]
