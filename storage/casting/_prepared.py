"""Statements that are compiled once for each database, with what makes rows of the driver's answers."""

import json
from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, cast

from sqlalchemy import (
    ARRAY,
    BigInteger,
    BindParameter,
    ColumnElement,
    Dialect,
    Executable,
    Text,
    bindparam,
    func,
    select,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.types import TypeDecorator
from sqlmodel import UTCDateTime

from storage.repositories.repository import INSERTS, Inserting
from storage.tables import Row, table_of

Convert = Callable[[Any], Any] | None
Values = Mapping[str, Any]

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


class ServerTime(ColumnElement[Any]):
    """The time as PostgreSQL tells it at this statement; nothing on SQLite, which knows no better than we do."""

    inherit_cache = False
    type = UTCDateTime()


@compiles(ServerTime, "sqlite")
def _no_time(*_: Any, **__: Any) -> str:
    return "NULL"


@compiles(ServerTime, "postgresql")
def _clock_timestamp(*_: Any, **__: Any) -> str:
    # Not now(), which is the transaction's start.
    return "clock_timestamp()"


class Compiled(NamedTuple):
    """The text, its parameters in their order as (name, what stands for it, conversion), and what makes a row of it."""

    text: str
    parameters: tuple[tuple[str, Any, Convert], ...]
    row: Callable[[Sequence[Any]], Any]

    def given(self, values: Values) -> tuple[Any, ...]:
        """The parameters as the driver takes them. Raises KeyError where a value is missing."""
        ordered: list[Any] = []
        for name, standing, convert in self.parameters:
            value = values[name] if standing is _GIVEN else standing
            ordered.append(value if convert is None else convert(value))
        return tuple(ordered)


class Prepared:
    """A statement whose parameters have names, and whose rows have the columns as attributes."""

    def __init__(self, statement: Executable) -> None:
        self._statement = statement
        self._compiled: dict[str, Compiled] = {}

    def compiled(self, dialect: Dialect) -> Compiled:
        if dialect.name not in self._compiled:
            self._compiled[dialect.name] = self._compile(dialect)
        return self._compiled[dialect.name]

    def listed(self, dialect: Dialect, values: Sequence[Values]) -> list[tuple[Any, ...]]:
        """The parameters of every time that it is carried out for these values."""
        compiled = self.compiled(dialect)
        return [compiled.given(each) for each in values]

    def _compile(self, dialect: Dialect) -> Compiled:
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
        return Compiled(made.string, parameters, self._row(dialect))

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
    """An insert of whole rows, of which no two have the same key. `finish`: what is done where a key is there already.

    PostgreSQL is given a list for each column and inserts all rows at once, in their order.
    """

    def __init__(self, kind: type[Row], finish: Callable[[Inserting], Inserting] = lambda insert: insert) -> None:
        self._table, self._finish = table_of(kind), finish
        # An id is counted up by the database.
        self._columns = [column.name for column in self._table.columns if column.name != "id"]
        super().__init__(self._table.insert())

    def listed(self, dialect: Dialect, values: Sequence[Values]) -> list[tuple[Any, ...]]:
        if dialect.name == "postgresql":
            values = [{name: [row[name] for row in values] for name in self._columns}]
        return super().listed(dialect, values)

    def _text(self, dialect: Dialect) -> Any:
        insert: Any = self._finish(INSERTS[dialect.name](self._table))
        if dialect.name != "postgresql":
            return insert.compile(dialect=dialect, column_keys=self._columns)
        lists = [bindparam(name, type_=ARRAY(self._table.c[name].type)) for name in self._columns]
        rows = func.unnest(*lists).table_valued(*self._columns, name="given").render_derived()
        return insert.from_select(self._columns, select(*rows.c)).compile(dialect=dialect)

    def _row(self, dialect: Dialect) -> Callable[[Sequence[Any]], Any]:
        return tuple
