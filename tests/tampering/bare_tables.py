"""A database as somebody sees it who has its file or its password: rows, and nothing that protects them."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any, Protocol

import asyncpg

from storage.tables import metadata
from tests.tampering.alterations import Alteration, Expression, Found, kind_of

TABLES = tuple(sorted(metadata.tables))


class Bare(Protocol):
    """Rows, each with a number of its own. No constraint is left."""

    dialect: str

    async def rows(self, table: str) -> list[dict[str, Any]]: ...

    async def run(self, statement: str, *values: Any) -> None:
        """Carry out a statement whose parameters are $1, $2 …"""
        ...

    async def close(self) -> None: ...


class BareFile:
    dialect = "sqlite"

    def __init__(self, file: str) -> None:
        self._connection = sqlite3.connect(file, isolation_level=None)
        self._connection.row_factory = sqlite3.Row
        self._connection.execute("PRAGMA synchronous = OFF")
        for name in TABLES:
            self._strip(name)

    def _strip(self, table: str) -> None:
        columns = self._connection.execute(f"PRAGMA table_info({table})").fetchall()
        listed = ", ".join(f'"{column["name"]}" {column["type"]}' for column in columns)
        names = ", ".join(f'"{column["name"]}"' for column in columns)
        self._connection.executescript(
            f"CREATE TABLE bare ({listed}); INSERT INTO bare SELECT {names} FROM {table} ORDER BY 1, 2;"  # noqa: S608
            f"DROP TABLE {table}; ALTER TABLE bare RENAME TO {table};"
        )

    async def rows(self, table: str) -> list[dict[str, Any]]:
        return [dict(row) for row in self._connection.execute(f"SELECT rowid, * FROM {table} ORDER BY rowid")]  # noqa: S608

    async def run(self, statement: str, *values: Any) -> None:
        self._connection.execute(statement.replace("$", "?"), values)

    async def close(self) -> None:
        self._connection.close()


class BareServer:
    dialect = "postgresql"

    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection = connection

    @classmethod
    async def at(cls, url: str) -> BareServer:
        connection = await asyncpg.connect(url.replace("+asyncpg", ""))
        for kinds in (("f",), ("p", "u", "c")):
            for table in TABLES:
                named = await connection.fetch(
                    "SELECT conname FROM pg_constraint WHERE conrelid = $1::regclass AND contype::text = ANY($2)",
                    table,
                    list(kinds),
                )
                for row in named:
                    await connection.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{row["conname"]}"')
        for table in TABLES:
            unique = await connection.fetch(
                "SELECT indexrelid::regclass::text AS name FROM pg_index WHERE indrelid = $1::regclass AND indisunique",
                table,
            )
            for row in unique:
                await connection.execute(f"DROP INDEX {row['name']}")
            for column in metadata.tables[table].columns:
                await connection.execute(f'ALTER TABLE {table} ALTER COLUMN "{column.name}" DROP NOT NULL')
            await connection.execute(f"ALTER TABLE {table} ADD COLUMN rowid bigserial")
        return cls(connection)

    async def rows(self, table: str) -> list[dict[str, Any]]:
        return [dict(row) for row in await self._connection.fetch(f"SELECT * FROM {table} ORDER BY rowid")]  # noqa: S608

    async def run(self, statement: str, *values: Any) -> None:
        await self._connection.execute(statement, *values)

    async def close(self) -> None:
        await self._connection.close()


async def everything(bare: Bare) -> dict[str, list[Found]]:
    """Every row of every table."""
    rounds = {row["id"]: f"{row['status']} {_secrecy(row['rules'])}" for row in await bare.rows("rounds")}
    found: dict[str, list[Found]] = {}
    for table in TABLES:
        found[table] = []
        for row in await bare.rows(table):
            number = row.pop("rowid")
            found[table].append(Found(table, number, row, kind_of(table, row, rounds)))
    return found


def _secrecy(rules: str) -> str:
    return next((word for word in ("sealed", "secret") if f'"secrecy":"{word}"' in rules), "open")


async def alter(bare: Bare, alteration: Alteration) -> None:
    """Do it."""
    table, number = alteration.row.table, alteration.row.rowid
    if alteration.column:
        await _write(bare, table, number, alteration.column, alteration.value)
    elif alteration.how == "deleted":
        await bare.run(f"DELETE FROM {table} WHERE rowid = $1", number)  # noqa: S608
    else:
        await _insert(bare, table, _free(number), alteration.value)


async def put_back(bare: Bare, alteration: Alteration) -> None:
    """Undo it."""
    table, number, values = alteration.row.table, alteration.row.rowid, alteration.row.values
    if alteration.column:
        await _write(bare, table, number, alteration.column, values[alteration.column])
    elif alteration.how == "deleted":
        await _insert(bare, table, number, values)
    else:
        await bare.run(f"DELETE FROM {table} WHERE rowid = $1", _free(number))  # noqa: S608


async def _write(bare: Bare, table: str, number: int, column: str, value: Any) -> None:
    if isinstance(value, Expression):
        await bare.run(f'UPDATE {table} SET "{column}" = {value.sql} WHERE rowid = $1', number)  # noqa: S608
    else:
        await bare.run(f'UPDATE {table} SET "{column}" = $1 WHERE rowid = $2', value, number)  # noqa: S608


async def _insert(bare: Bare, table: str, number: int, values: Mapping[str, Any]) -> None:
    names = ", ".join(f'"{name}"' for name in ("rowid", *values))
    given = ", ".join(f"${place}" for place in range(1, len(values) + 2))
    await bare.run(f"INSERT INTO {table} ({names}) VALUES ({given})", number, *values.values())  # noqa: S608


def _free(number: int) -> int:
    """A number that no row has: databases count from 1, and not so far."""
    return number + 1_000_000
