"""The kinds of columns the tables share. Instants are plain `datetime` fields: aware in, aware UTC out.

No module of this package postpones annotations: SQLModel reads them when a class is made.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import BigInteger, CheckConstraint, Index, Integer, MetaData, Table, Text, text
from sqlmodel import Field, SQLModel

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

_COUNTED: Any = BigInteger().with_variant(Integer(), "sqlite")
_WHOLE: Any = BigInteger()
_LONG: Any = Text()


class Row(SQLModel):
    """What every table's class derives from; its metadata are all that the store knows of itself."""

    __tablename__: ClassVar[Any]
    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMING)  # pyright: ignore[reportIncompatibleVariableOverride]


metadata = Row.metadata


def table_of(row: type[Row]) -> Table:
    """The table that a class describes."""
    return metadata.tables[row.__tablename__]


def counted_id() -> Any:
    """A 64-bit primary key that the database counts up."""
    # SQLite counts up only what is declared INTEGER, which holds 64 bits there.
    return Field(default=None, primary_key=True, sa_type=_COUNTED)


def whole(*, key: bool = False, refers_to: str | None = None, default: int | None = None) -> Any:
    """A 64-bit integer that we give: a snowflake, a weight, a number, a reference."""
    column: dict[str, Any] = {"autoincrement": False}
    if default is not None:
        column["server_default"] = text(str(default))
    if refers_to is None:
        return Field(primary_key=key, sa_type=_WHOLE, sa_column_kwargs=column)
    return Field(primary_key=key, foreign_key=refers_to, sa_type=_WHOLE, sa_column_kwargs=column)


def long_text() -> Any:
    """Text of any length; also canonical JSON, which is compared and hashed as text."""
    return Field(sa_type=_LONG)


def only(column: str, words: Iterable[StrEnum] | Iterable[str]) -> CheckConstraint:
    """The column holds one of these words, or nothing where it may hold nothing."""
    listed = ", ".join(f"'{word}'" for word in words)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def at_least(column: str, least: int) -> CheckConstraint:
    return CheckConstraint(f"{column} >= {least}", name=column)


def where(name: str, *columns: str, condition: str, unique: bool = False) -> Index:
    """An index of the rows that meet a condition, on both databases."""
    return Index(name, *columns, unique=unique, sqlite_where=text(condition), postgresql_where=text(condition))
