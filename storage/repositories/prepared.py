"""Statements that are made once and carried out by the driver itself.

SQLAlchemy takes more time to carry a statement out than either database to find a few rows, and a ballot waits for a
dozen of them. A prepared statement is written in SQLAlchemy like any other, and compiled once for each database.
"""

import asyncio
import json
import re
from collections import namedtuple
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar, cast

from sqlalchemy import (
    ARRAY,
    BigInteger,
    BindParameter,
    ColumnElement,
    Connection,
    Dialect,
    Executable,
    Insert,
    Table,
    Text,
    bindparam,
    func,
    select,
)
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.types import TypeDecorator

from storage import sqlite

Answer = TypeVar("Answer")
Convert = Callable[[Any], Any] | None
_Waiting = list[tuple[str, tuple[Any, ...]]]
_WAITING = "comity.waiting"
"""Under which a connection knows what is to be written together: texts and their parameters."""
_PARAMETER = re.compile(r"\$([0-9]+)")
_GIVEN: Any = object()
"""Stands for a parameter that has no value of its own."""


class _Numbers(TypeDecorator[Sequence[int]]):
    """A list of numbers as one parameter: an array on PostgreSQL, JSON on SQLite."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        kind: Any = ARRAY(BigInteger()) if dialect.name == "postgresql" else Text()
        return dialect.type_descriptor(kind)

    def process_bind_param(self, value: Sequence[int] | None, dialect: Dialect) -> Any:
        return value if dialect.name == "postgresql" or value is None else json.dumps(value)


class OneOf(ColumnElement[bool]):
    """Whether a column of whole numbers is among those of the list that is given as the parameter `name`.

    The statement's text stays the same however long the list is, so that the database prepares it once.
    """

    inherit_cache = False

    def __init__(self, column: ColumnElement[Any], name: str) -> None:
        self.column = column
        self.numbers: BindParameter[Any] = bindparam(name, type_=_Numbers())


@compiles(OneOf, "sqlite")
def _one_of_json(element: OneOf, compiler: Any, **given: Any) -> str:
    column, numbers = compiler.process(element.column, **given), compiler.process(element.numbers, **given)
    return f"{column} IN (SELECT value FROM json_each({numbers}))"  # noqa: S608 - nothing of it is anybody's text


@compiles(OneOf, "postgresql")
def _one_of_array(element: OneOf, compiler: Any, **given: Any) -> str:
    column, numbers = compiler.process(element.column, **given), compiler.process(element.numbers, **given)
    return f"{column} = ANY ({numbers})"


class _Compiled(NamedTuple):
    """The text, its parameters in their order as (name, what stands for it, conversion), and what makes a row of it."""

    text: str
    parameters: tuple[tuple[str, Any, Convert], ...]
    row: Callable[[Sequence[Any]], Any]


class Prepared:
    """A statement whose parameters have names.

    `long`: reads so much that on SQLite it goes to the connection's thread even where the transaction is brief.
    """

    def __init__(self, statement: Executable, *, long: bool = False) -> None:
        self._statement = statement
        self._long = long
        self._compiled: dict[str, _Compiled] = {}

    async def rows(self, connection: AsyncConnection, values: Mapping[str, Any]) -> Sequence[Any]:
        """The rows, with the columns as attributes."""
        compiled, driver = self._for(connection.dialect), driver_of(connection)
        given = _in_order(compiled, values)
        if isinstance(driver, sqlite.Connection):
            found = await driver.carry_out(
                lambda: driver.opened.execute(compiled.text, given).fetchall(), waits=self._long
            )
        elif driver.is_in_transaction():
            await _send(connection, connection.info.get(_WAITING))
            found = await _whole(connection, driver.fetch(compiled.text, *given))
        else:
            # SQLAlchemy lets the driver begin with the first statement that passes through its own hands.
            found = (await connection.exec_driver_sql(compiled.text, given)).all()
        return [compiled.row(row) for row in found]

    async def each(self, connection: AsyncConnection, values: Sequence[Mapping[str, Any]]) -> None:
        """Carry it out once for each of the values, in order."""
        compiled, driver = self._for(connection.dialect), driver_of(connection)
        given = [_in_order(compiled, each) for each in values]
        if isinstance(driver, sqlite.Connection):
            await driver.carry_out(lambda: driver.opened.executemany(compiled.text, given), waits=self._long)
        elif driver.is_in_transaction():
            waiting: _Waiting | None = connection.info.get(_WAITING)
            if waiting is not None and len(given) == 1:
                waiting.append((compiled.text, given[0]))
                return
            await _send(connection, waiting)
            await _whole(connection, driver.executemany(compiled.text, given))
        else:
            await connection.exec_driver_sql(compiled.text, given)

    def _for(self, dialect: Dialect) -> _Compiled:
        compiled = self._compiled.get(dialect.name)
        if compiled is None:
            compiled = self._compiled[dialect.name] = self._compile(dialect)
        return compiled

    def _compile(self, dialect: Dialect) -> _Compiled:
        made: Any = self._text(dialect)
        required = {name for name, bind in made.binds.items() if bind.required}
        standing = made.construct_params(dict.fromkeys(required))
        parameters = tuple(
            (
                name,
                _GIVEN if name in required else standing[name],
                made.binds[name].type.dialect_impl(dialect).bind_processor(dialect),
            )
            for name in made.positiontup or ()
        )
        return _Compiled(made.string, parameters, self._row(dialect))

    def _text(self, dialect: Dialect) -> Any:
        return cast(Any, self._statement).compile(dialect=dialect)

    def _row(self, dialect: Dialect) -> Callable[[Sequence[Any]], Any]:
        columns = list(getattr(self._statement, "exported_columns", ()))
        if not columns:
            return tuple
        make = cast(Any, namedtuple("Row", [str(column.key) for column in columns], rename=True))._make
        processors = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]
        converted = [(place, processor) for place, processor in enumerate(processors) if processor is not None]
        if not converted:
            return make

        def row(found: Sequence[Any]) -> Any:
            values = list(found)
            for place, processor in converted:
                values[place] = processor(values[place])
            return make(values)

        return row


class PreparedInsert(Prepared):
    """An insert of whole rows, of which no two have the same key.

    PostgreSQL is given a list for each column and inserts all rows at once, in their order, as one statement that can
    be written `together` with others.
    """

    def __init__(self, statement: Insert) -> None:
        super().__init__(statement)
        self._table = cast(Table, statement.table)
        self._insert = statement
        self._columns = uncounted(self._table)

    async def each(self, connection: AsyncConnection, values: Sequence[Mapping[str, Any]]) -> None:
        if connection.dialect.name == "postgresql":
            values = [{name: [row[name] for row in values] for name in self._columns}]
        await super().each(connection, values)

    def _text(self, dialect: Dialect) -> Any:
        if dialect.name != "postgresql":
            return cast(Any, self._insert).compile(dialect=dialect, column_keys=self._columns)
        lists = [bindparam(name, type_=ARRAY(self._table.c[name].type)) for name in self._columns]
        rows = func.unnest(*lists).table_valued(*self._columns, name="given").render_derived()
        return cast(Any, self._insert.from_select(self._columns, select(*rows.c))).compile(dialect=dialect)


def uncounted(table: Table) -> list[str]:
    """The columns that an insert names: all but an id that the database counts up."""
    return [column.name for column in table.columns if column.name != "id"]


@asynccontextmanager
async def together(connection: AsyncConnection) -> AsyncIterator[None]:
    """Let what is written inside by prepared statements wait for the next one that reads, or for the end: PostgreSQL
    gets it in one message, and answers as soon as it answers one statement.

    In what order it carries them out is its own affair: no row is written twice meanwhile, and none that somebody else
    may write at the same time in another order. Other statements, and the commit, raise RuntimeError while one waits.
    """
    if connection.dialect.name != "postgresql":
        yield
        return
    waiting: _Waiting = []
    kept = connection.info  # which a connection that is given up can no longer tell
    kept[_WAITING] = waiting
    try:
        yield
        await _send(connection, waiting)
    finally:
        kept.pop(_WAITING, None)


def require_nothing_waiting(connection: Connection, *_: Any) -> None:
    """For SQLAlchemy's events. Raises RuntimeError where a statement or the commit would overtake what waits."""
    if connection.info.get(_WAITING):
        raise RuntimeError("only prepared statements may stand where writes are gathered")


async def _send(connection: AsyncConnection, waiting: _Waiting | None) -> None:
    """Carry out what waits, all at once."""
    if waiting:
        text = _joined(tuple(text for text, _ in waiting))
        given = [value for _, values in waiting for value in values]
        waiting.clear()
        await _whole(connection, driver_of(connection).fetch(text, *given))


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


def driver_of(connection: AsyncConnection) -> Any:
    """The driver's own connection: that of `storage.sqlite`, or asyncpg's."""
    return cast(Any, connection.sync_connection).connection.driver_connection


def _in_order(compiled: _Compiled, values: Mapping[str, Any]) -> tuple[Any, ...]:
    given: list[Any] = []
    for name, standing, convert in compiled.parameters:
        value = values[name] if standing is _GIVEN else standing
        given.append(value if convert is None else convert(value))
    return tuple(given)
