"""The statements compiled for one engine serve all others of the process.

A bot has one pair of engines and compiles each of its statements once. Tests make an engine for each database, and
would compile everything again for each.
"""

from __future__ import annotations

from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg
from sqlalchemy.dialects.sqlite.aiosqlite import SQLiteDialect_aiosqlite
from sqlalchemy.engine.default import DefaultDialect

_COMPILED: dict[Any, Any] = {}
"""By dialect and statement, as SQLAlchemy keeps them for each engine."""
_TYPES: dict[type, WeakKeyDictionary[Any, Any]] = {}
_TOLD: dict[Alike, dict[str, Any]] = {}
"""What the first connection of a dialect was told of the server: a process meets one of each kind."""


class Alike(DefaultDialect):
    """A dialect that equals every other one with the same settings: what was compiled for one is found for all."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        # The face that is put on the driver is made anew for each engine, and says nothing of the statements.
        self._settings = {name: value for name, value in settings.items() if name != "dbapi"}
        self._type_memos = _TYPES.setdefault(type(self), WeakKeyDictionary())

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and isinstance(other, Alike) and self._settings == other._settings

    def __hash__(self) -> int:
        return hash(type(self))

    def initialize(self, connection: Connection) -> None:
        if self in _TOLD:
            vars(self).update(_TOLD[self])
            return
        before = dict(vars(self))
        super().initialize(connection)
        _TOLD[self] = {name: value for name, value in vars(self).items() if before.get(name, self) is not value}

    @classmethod
    def engine_created(cls, engine: Engine) -> None:
        engine.update_execution_options(compiled_cache=_COMPILED)


class AlikeSQLite(Alike, SQLiteDialect_aiosqlite):
    supports_statement_cache = True


class AlikePostgreSQL(Alike, PGDialect_asyncpg):
    supports_statement_cache = True


def share_what_is_compiled() -> None:
    """From now on engines share."""
    registry.register("sqlite.aiosqlite", __name__, AlikeSQLite.__name__)
    registry.register("postgresql.asyncpg", __name__, AlikePostgreSQL.__name__)
