"""A bench for each test, on a copy of one migrated SQLite file."""

from __future__ import annotations

import asyncio
import logging
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.cogs.issues.bench import Bench, Simulated, migrated, on_simulated_discord
from tests.discord_schema import DiscordSchema, load_schema, validate_requests


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return asyncio.run(migrated(tmp_path_factory.mktemp("issues")))


@pytest.fixture(scope="session")
def description() -> DiscordSchema | None:
    """Discord's description of its API, where the real data is."""
    file = Path(__file__).resolve().parents[4] / "shared" / "data" / "discord-openapi.json"
    return load_schema(file) if file.is_file() else None


@pytest.fixture
def simulated(
    description: DiscordSchema | None, empty_database: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> Simulated:
    """`async with simulated() as bench:` founds a council; the test fails where an error was logged."""

    @asynccontextmanager
    async def run(**settings: Any) -> AsyncIterator[Bench]:
        file = tmp_path / "comity.db"
        shutil.copy(empty_database, file)
        async with on_simulated_discord(f"sqlite+aiosqlite:///{file}") as bench:
            await bench.found(**settings)
            yield bench
            if description is not None:
                assert validate_requests(bench.env.http_requests, description) == []
        assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == []

    return run
