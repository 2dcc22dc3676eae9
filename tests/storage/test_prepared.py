"""Statements that the driver carries out itself store and find what they would through SQLAlchemy."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import bindparam, select, text

from deliberation.ids import RoundId
from services.ports import Reminding
from storage import Database
from storage.casting._driver import read, write
from storage.casting._prepared import OneOf, Prepared, PreparedInsert
from storage.engines import database_url, writing_engine
from storage.errors import storage_error
from storage.tables import PersonRow, table_of
from tests.clocks import NOON

PEOPLE = table_of(PersonRow)
OF_PEOPLE = Prepared(select(PEOPLE).where(OneOf(PEOPLE.c.person, "people")).order_by(PEOPLE.c.person))
NEW = PreparedInsert(PersonRow)
RENAMED = Prepared(
    PEOPLE.update().where(PEOPLE.c.person == bindparam("person_")).values(language=bindparam("language_"))
)
SNOWFLAKE = 2**63 - 1_000


def values(person: int, *, at: datetime = NOON, language: str | None = None) -> dict[str, Any]:
    return {"person": person, "language": language, "reminders": Reminding.MENTION.value, "changed_at": at}


async def test_what_is_stored_comes_back_as_it_was(database: Database) -> None:
    elsewhere = NOON.astimezone(timezone(timedelta(hours=5)))
    engine = writing_engine(database.url)
    async with engine.begin() as connection:
        await write(connection, [(NEW, [values(SNOWFLAKE, at=elsewhere, language="fr"), values(SNOWFLAKE + 1)])])
        found = await read(connection, OF_PEOPLE, people=[SNOWFLAKE, SNOWFLAKE + 1])
        usual = (await connection.execute(select(PEOPLE).order_by(PEOPLE.c.person))).all()
    await engine.dispose()
    assert [tuple(row) for row in found] == [tuple(row) for row in usual]
    assert [(row.person, row.language, row.changed_at) for row in found] == [
        (SNOWFLAKE, "fr", NOON),
        (SNOWFLAKE + 1, None, NOON),
    ]


@pytest.mark.parametrize("others", [0, 1, 499])
async def test_a_list_may_have_any_length(database: Database, others: int) -> None:
    asked = [*range(1, others + 1)]
    engine = writing_engine(database.url)
    async with engine.begin() as connection:
        await write(connection, [(NEW, [values(SNOWFLAKE)])])
        assert await read(connection, OF_PEOPLE, people=asked) == []
        assert len(await read(connection, OF_PEOPLE, people=[*asked, SNOWFLAKE])) == 1
    await engine.dispose()


async def test_a_value_that_was_forgotten_is_an_error_and_not_nothing(database: Database) -> None:
    engine = writing_engine(database.url)
    async with engine.begin() as connection:
        given = values(SNOWFLAKE)
        del given["language"]
        with pytest.raises(KeyError, match="language"):
            await write(connection, [(NEW, [given])])
    await engine.dispose()


async def test_what_was_not_committed_is_undone(database: Database) -> None:
    engine = writing_engine(database.url)
    async with engine.connect() as connection:
        await connection.begin()
        await write(connection, [(NEW, [values(SNOWFLAKE)])])
        await write(connection, [(NEW, [values(SNOWFLAKE + 1)])])
    async with engine.begin() as connection:
        assert await read(connection, OF_PEOPLE, people=[SNOWFLAKE, SNOWFLAKE + 1]) == []
    await engine.dispose()


async def test_what_is_written_together_is_there_for_the_next_reading(database: Database) -> None:
    engine = writing_engine(database.url)
    people = {"people": [SNOWFLAKE, SNOWFLAKE + 1, SNOWFLAKE + 2]}
    async with engine.begin() as connection:
        assert await read(connection, OF_PEOPLE, **people) == []
        await write(connection, [(NEW, [values(SNOWFLAKE), values(SNOWFLAKE + 1)])])
        renamed = [
            {"person_": SNOWFLAKE, "language_": "fr"},
            {"person_": SNOWFLAKE + 1, "language_": "de"},
        ]
        await write(connection, [(RENAMED, renamed), (NEW, [values(SNOWFLAKE + 2)])])
        await write(connection, [])
        found = await read(connection, OF_PEOPLE, **people)
    await engine.dispose()
    assert [(row.person - SNOWFLAKE, row.language) for row in found] == [(0, "fr"), (1, "de"), (2, None)]


async def test_who_is_told_to_stop_while_writing_together_leaves_nothing_behind(postgresql_head_url: str) -> None:
    engine = writing_engine(database_url(postgresql_head_url))
    people = {"people": [SNOWFLAKE, SNOWFLAKE + 1]}
    async with engine.begin() as connection:
        await write(connection, [(NEW, [values(SNOWFLAKE)])])

    async def change() -> None:
        async with engine.begin() as connection:
            await read(connection, OF_PEOPLE, **people)
            renamed = [{"person_": SNOWFLAKE, "language_": "fr"}]
            await write(connection, [(NEW, [values(SNOWFLAKE + 1)]), (RENAMED, renamed)])

    async with engine.begin() as holder:
        await write(holder, [(RENAMED, [{"person_": SNOWFLAKE, "language_": "de"}])])
        writing = asyncio.create_task(change())
        waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
        while not (await holder.execute(waiting)).scalar_one():
            pass
        writing.cancel()
        await asyncio.wait([writing])
    for _ in range(3):
        async with engine.begin() as connection:
            found = await read(connection, OF_PEOPLE, **people)
            assert [(row.person - SNOWFLAKE, row.language) for row in found] == [(0, "de")]
    await engine.dispose()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no SIGSTOP")
async def test_who_is_told_to_stop_waits_no_longer_for_a_server_that_is_silent(postgresql_head_url: str) -> None:
    engine = writing_engine(database_url(postgresql_head_url))
    async with asyncio.timeout(60), engine.connect() as connection:
        await connection.begin()
        server = (await connection.exec_driver_sql("SELECT pg_backend_pid()")).scalar_one()
        os.kill(server, signal.SIGSTOP)
        reading = asyncio.create_task(read(connection, OF_PEOPLE, people=[SNOWFLAKE]))
        await asyncio.sleep(0)
        reading.cancel()
        assert isinstance((await asyncio.gather(reading, return_exceptions=True))[0], asyncio.CancelledError)
    os.kill(server, signal.SIGCONT)
    async with engine.begin() as connection:
        assert await read(connection, OF_PEOPLE, people=[SNOWFLAKE]) == []
    await engine.dispose()


async def test_a_number_that_no_database_takes_is_not_laid_at_its_door(database: Database) -> None:
    async with database.read() as uow:
        [_, error] = [
            (await asyncio.gather(uow.rounds.get(RoundId(number)), return_exceptions=True))[0] for number in (1, 2**64)
        ]
    assert isinstance(error, Exception)
    assert storage_error(error, database.url) is None
