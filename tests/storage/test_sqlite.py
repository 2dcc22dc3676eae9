"""SQLite is asked where it holds nobody up: what is short at once, what is long or waits in the connection's thread."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from pathlib import Path
from typing import Any

import pytest

from storage import sqlite

COUNTED = (
    "SELECT where_am_i(), count(*) FROM"
    " (WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n LIMIT {}) SELECT i FROM n)"
)
"""Counts so far, and tells the thread that does."""


async def opened(file: Path) -> sqlite.Connection:
    connection = await sqlite.connect(file / "file.db")
    connection.opened.create_function("where_am_i", 0, threading.get_ident)
    return connection


async def read(connection: sqlite.Connection, statement: str) -> list[Any]:
    return await (await connection.cursor().execute(statement)).fetchall()


async def test_what_is_short_is_read_at_once_and_what_is_long_from_its_beginning_in_the_thread(tmp_path: Path) -> None:
    connection, here = await opened(tmp_path), threading.get_ident()
    for _ in range(50):
        assert await read(connection, COUNTED.format(100)) == [(here, 100)]
    [(there, counted)] = await read(connection, COUNTED.format(100_000))
    assert there != here
    assert counted == 100_000
    await connection.close()


async def test_what_writes_goes_to_the_thread_and_is_not_undone_by_a_long_reading(tmp_path: Path) -> None:
    connection, here = await opened(tmp_path), threading.get_ident()
    cursor = connection.cursor()
    await cursor.execute("CREATE TABLE places (thread INTEGER)")
    await cursor.execute("BEGIN IMMEDIATE")
    await cursor.execute("INSERT INTO places VALUES (where_am_i())")
    await read(connection, COUNTED.format(100_000))
    [(there,)] = await read(connection, "SELECT thread FROM places")
    assert there != here
    await connection.commit()
    assert await read(connection, "SELECT count(*) FROM places") == [(1,)]
    await connection.close()


async def test_what_cannot_be_read_says_why(tmp_path: Path) -> None:
    connection = await opened(tmp_path)
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        await read(connection, "SELECT * FROM nowhere")
    await connection.close()


async def test_a_long_count_that_is_given_up_is_not_overtaken_by_what_comes_next(tmp_path: Path) -> None:
    begun, go_on, order = threading.Event(), threading.Event(), list[str]()
    connection = await sqlite.connect(tmp_path / "file.db")

    def count() -> None:
        begun.set()
        go_on.wait()
        order.append("counted")

    counting = asyncio.create_task(connection.carry_out(count))
    await asyncio.to_thread(begun.wait)
    counting.cancel()
    await asyncio.gather(counting, return_exceptions=True)
    undoing = asyncio.create_task(connection.carry_out(lambda: order.append("undone"), at_once=True))
    asyncio.get_running_loop().call_soon(go_on.set)
    await undoing
    assert order == ["counted", "undone"]
    await connection.close()
