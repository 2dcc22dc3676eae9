"""Migrations: from nothing to the newest revision and back, on both databases, whoever starts at once."""

from __future__ import annotations

import asyncio
import logging
import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from deliberation.categories import Position
from storage import Database, DatabaseNewer, DatabaseOlder, require_newest, revision, upgrade
from storage.engines import database_url, migrating_engine
from storage.schema import configuration, downgrade, newest
from storage.tables import metadata
from tests.conftest import ROOT
from tests.storage.founding import founded


async def _ask(url: str, question):
    """What `question` answers on a connection to the database."""
    engine = migrating_engine(database_url(url))
    async with engine.begin() as connection:
        answer = await connection.run_sync(question)
    await engine.dispose()
    return answer


def _tables(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names())


async def test_an_empty_database_becomes_the_newest_and_stays_so(database_url: str):
    assert await revision(database_url) is None
    await upgrade(database_url)
    await upgrade(database_url)
    assert await revision(database_url) == newest()
    assert await _ask(database_url, _tables) == {*metadata.tables, "alembic_version"}


async def test_asking_for_the_revision_makes_no_file(tmp_path: Path):
    assert await revision(f"sqlite:///{tmp_path / 'none.db'}") is None
    assert _files(tmp_path) == []


def _files(folder: Path) -> list[Path]:
    return list(folder.iterdir())


async def test_the_folder_of_a_new_file_is_made(tmp_path: Path):
    file = tmp_path / "a folder" / "100%" / "comity.db"
    await upgrade(f"sqlite:///{file}")
    assert _files(file.parent) == [file]


async def test_the_newest_revision_is_what_the_tables_say(head_url: str):
    # Raises where a revision is missing for a change of the tables.
    await _ask(head_url, lambda connection: command.check(configuration(connection)))


async def test_every_revision_goes_down_and_up_again(head_url: str):
    store = Database(head_url)
    begun = await founded(store)
    async with store.write() as uow:
        await uow.ballots.put([begun.ballot(0, 0, Position.ABSTAIN)])
        await uow.commit()
    await store.dispose()
    down = [script.down_revision or "base" for script in _scripts()]
    for target in down:
        await downgrade(head_url, to=str(target))
    assert await _ask(head_url, _tables) == {"alembic_version"}
    assert await revision(head_url) is None
    for script in reversed(_scripts()):
        await upgrade(head_url, to=script.revision)
    assert await revision(head_url) == newest()
    assert (await _fresh_council(head_url)) == begun.council.name


def _scripts():
    """The revisions, the newest first."""
    return list(ScriptDirectory.from_config(configuration(None)).walk_revisions())


async def _fresh_council(url: str) -> str:
    store = Database(url)
    council = (await founded(store)).council
    await store.dispose()
    return council.name


async def test_upgrading_keeps_what_is_stored(head_url: str):
    store = Database(head_url)
    begun = await founded(store)
    await upgrade(head_url)
    async with store.read() as uow:
        assert await uow.councils.list_all() == (begun.council,)
    await store.dispose()


async def test_a_reader_is_told_of_a_database_that_is_not_up_to_date(database_url: str):
    with pytest.raises(DatabaseOlder):
        await require_newest(database_url)
    await upgrade(database_url)
    await require_newest(database_url)


async def test_a_database_of_a_newer_version_is_left_alone(head_url: str):
    await _ask(head_url, lambda c: c.execute(text("UPDATE alembic_version SET version_num = 'f00d'")))
    with pytest.raises(DatabaseNewer):
        await require_newest(head_url)
    with pytest.raises(DatabaseNewer) as refused:
        await upgrade(head_url)
    assert (refused.value.params["found"], refused.value.params["known"]) == ("f00d", newest())
    assert await revision(head_url) == "f00d"


async def test_processes_that_start_at_once_upgrade_once(database_url: str):
    await asyncio.gather(*(asyncio.to_thread(_upgrade_elsewhere, database_url) for _ in range(2)))
    assert await revision(database_url) == newest()
    assert await _ask(database_url, lambda c: c.execute(text("SELECT count(*) FROM alembic_version")).scalar()) == 1


def _upgrade_elsewhere(url: str) -> None:
    code = "import asyncio, sys; from storage import upgrade; asyncio.run(upgrade(sys.argv[1]))"
    done = subprocess.run(  # noqa: S603 - our own interpreter and code
        [sys.executable, "-c", code, url], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


async def test_many_upgrades_in_one_process_wait_for_each_other(database_url: str):
    await asyncio.gather(*(upgrade(database_url) for _ in range(4)))
    assert await revision(database_url) == newest()


async def test_upgrading_leaves_logging_as_it_is(sqlite_database_url: str):
    root = logging.getLogger()
    mine = logging.getLogger("somebody.else")
    before = (root.level, list(root.handlers), mine.disabled)
    await upgrade(sqlite_database_url)
    assert (root.level, list(root.handlers), mine.disabled) == before


async def test_an_sqlite_file_is_written_ahead_and_in_full(sqlite_head_url: str):
    store = Database(sqlite_head_url)
    async with store._writing.connect() as connection:
        settings = {
            name: (await connection.exec_driver_sql(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    await store.dispose()
    # 2 is FULL: what was acknowledged survives a loss of power.
    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
