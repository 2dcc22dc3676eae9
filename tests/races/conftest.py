"""Two processes on one SQLite file, and two on one PostgreSQL, started once for all races."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from storage import Database
from tests.races.racing import Arena, Racers, two_processes


@pytest.fixture(scope="package", params=["sqlite", "postgresql"])
def raced_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a database that all races share, each in a council of its own."""
    if request.param == "sqlite":
        template: Path = request.getfixturevalue("sqlite_template")
        yield f"sqlite+aiosqlite:///{shutil.copy(template, tmp_path_factory.mktemp('races') / 'comity.db')}"
        return
    server, template_name = request.getfixturevalue("postgres_server"), request.getfixturevalue("postgres_template")
    name = f"races_{uuid.uuid4().hex}"
    server.psql(f"CREATE DATABASE {name} TEMPLATE {template_name};")
    yield server.get_uri(database=name, driver="asyncpg")
    server.psql(f"DROP DATABASE {name} WITH (FORCE);")


@pytest.fixture(scope="package")
def racers(raced_url: str) -> Iterator[Racers]:
    with two_processes(raced_url) as racers:
        yield racers
        racers.require_sound()


@pytest.fixture
async def arena(raced_url: str, racers: Racers) -> AsyncIterator[Arena]:
    store = Database(raced_url)
    yield Arena(racers, store)
    await store.dispose()
