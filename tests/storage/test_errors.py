"""What an operator caused gets a clear error with a code, whichever way it shows itself."""

from __future__ import annotations

import asyncio
import os
import socket
import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from storage import (
    Database,
    DatabaseLocked,
    DatabaseReadOnly,
    DatabaseUnreachable,
    DatabaseUnusable,
    DatabaseUrlInvalid,
    upgrade,
)
from storage import engines as engines_module


async def _found_a_council(url: str) -> None:
    store = Database(url)
    try:
        async with store.write() as uow:
            await uow.councils.list_all()
            await uow.commit()
    finally:
        await store.dispose()


@pytest.mark.parametrize("given", ["nonsense", "mysql://h/d", "sqlite://", "sqlite:///:memory:", ""])
async def test_a_url_of_no_such_database_is_refused(given: str):
    with pytest.raises(DatabaseUrlInvalid) as refused:
        Database(given)
    assert refused.value.code == "database_url_invalid"


def test_a_refused_url_does_not_show_its_password():
    with pytest.raises(DatabaseUrlInvalid) as refused:
        Database("mysql://me:secret@host/name")
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_any_url_of_postgresql_is_taken(scheme: str):
    assert Database(f"{scheme}://me:secret@host/name").url.drivername == "postgresql+asyncpg"


@pytest.mark.parametrize("use", [upgrade, _found_a_council])
async def test_a_server_that_does_not_answer_is_unreachable(use):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"postgresql://me:secret@127.0.0.1:{unused.getsockname()[1]}/name"
        with pytest.raises(DatabaseUnreachable) as failed:
            await use(url)
    assert "secret" not in str(failed.value)
    assert "127.0.0.1" in str(failed.value.params["database"])
    assert failed.value.params["reason"]


@pytest.mark.parametrize("use", [upgrade, _found_a_council])
async def test_a_database_that_the_server_lacks_is_unreachable(postgresql_database_url: str, use):
    with pytest.raises(DatabaseUnreachable, match="does not exist"):
        await use(postgresql_database_url.replace("/comity_", "/absent_"))


async def test_a_server_that_goes_away_is_unreachable_and_comes_back(postgres_server, postgresql_head_url: str):
    store = Database(postgresql_head_url)
    name = store.url.database
    with pytest.raises(DatabaseUnreachable):
        await _lose_connection(store, lambda: postgres_server.psql(_end_connections(name)))
    async with store.read() as uow:
        assert await uow.councils.list_all() == ()
    await store.dispose()


def _end_connections(name: str | None) -> str:
    return f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}';"  # noqa: S608


@pytest.mark.parametrize("noticed", [True, False])
async def test_a_server_that_goes_away_after_the_last_question_is_unreachable_too(
    postgres_server, postgresql_head_url: str, noticed: bool
):
    store = Database(postgresql_head_url)
    end = _end_connections(store.url.database)
    with pytest.raises(DatabaseUnreachable):
        await _lose_connection_at_the_end(store, lambda: postgres_server.psql(end), noticed=noticed)
    async with store.read() as uow:
        assert await uow.councils.list_all() == ()
    await store.dispose()


async def _lose_connection_at_the_end(store: Database, cut: Callable[[], object], *, noticed: bool) -> None:
    """`noticed`: the loop goes on meanwhile, and the driver hears that the connection is gone."""
    async with store.read() as uow:
        await uow.councils.list_all()
        if noticed:
            await asyncio.to_thread(cut)
        else:
            cut()


async def _lose_connection(store: Database, cut) -> None:
    async with store.read() as uow:
        await uow.councils.list_all()
        cut()
        await uow.councils.list_all()


@pytest.fixture
def file_in_a_file(tmp_path: Path) -> Path:
    """A place in a folder that is a file."""
    (tmp_path / "file").write_text("in the way")
    return tmp_path / "file" / "comity.db"


@pytest.mark.parametrize("use", [upgrade, _found_a_council])
async def test_a_folder_that_cannot_be_made_is_read_only(file_in_a_file: Path, use):
    with pytest.raises(DatabaseReadOnly) as failed:
        await use(f"sqlite:///{file_in_a_file}")
    assert failed.value.params == {"database": str(file_in_a_file)}


async def test_a_file_that_cannot_be_opened_leaves_no_thread_behind(tmp_path: Path):
    """One that outlives the program's loop would print a traceback below the operator's message."""
    before = set(threading.enumerate())
    left: set[threading.Thread] = set()
    for _ in range(20):
        with pytest.raises(DatabaseReadOnly):
            await upgrade(f"sqlite:///{tmp_path}")
        left |= set(threading.enumerate()) - before
    assert left == set()


@pytest.fixture
def locked_folder(tmp_path: Path) -> Iterator[Path]:
    """A folder in which this process may not write, even if it is root's."""
    if not hasattr(os, "seteuid"):
        pytest.skip("needs POSIX permissions")
    folder = tmp_path / "locked"
    folder.mkdir()
    folder.chmod(0o555)
    root = os.geteuid() == 0
    for parent in [tmp_path, *tmp_path.parents[:2]] if root else []:
        parent.chmod(parent.stat().st_mode | 0o111)
    if root:
        os.seteuid(65534)
    yield folder
    if root:
        os.seteuid(0)


async def test_a_folder_without_permission_to_write_is_read_only(locked_folder: Path):
    file = locked_folder / "comity.db"
    with pytest.raises(DatabaseReadOnly) as failed:
        await upgrade(f"sqlite:///{file}")
    assert failed.value.params == {"database": str(file)}


NOTES = "These are my notes. " * 100


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    file = tmp_path / "notes.txt"
    file.write_text(NOTES)
    return file


@pytest.mark.parametrize("use", [upgrade, _found_a_council])
async def test_a_file_that_is_no_database_is_unusable(notes: Path, use):
    with pytest.raises(DatabaseUnusable) as failed:
        await use(f"sqlite:///{notes}")
    assert "not a database" in str(failed.value.params["reason"])
    assert _read(notes) == NOTES


def _read(file: Path) -> str:
    return file.read_text()


async def test_a_file_that_another_program_keeps_locked_says_so(sqlite_head_url: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(engines_module, "BUSY_SECONDS", 0)
    store = Database(sqlite_head_url)
    other = sqlite3.connect(str(store.url.database), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseLocked) as failed:
        await store.write().__aenter__()
    assert failed.value.params == {"database": store.url.database}
    # Readers are not in its way.
    async with store.read() as uow:
        assert await uow.councils.list_all() == ()
    other.execute("ROLLBACK")
    other.close()
    async with store.write() as uow:
        await uow.commit()
    await store.dispose()
