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

from cogs.localizer import Catalogues, Localizer
from tests.cogs.issues.bench import Bench, Simulated, migrated, on_simulated_discord


@pytest.fixture(scope="session")
def say() -> Localizer:
    return Catalogues.load().localizer("en")


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return asyncio.run(migrated(tmp_path_factory.mktemp("issues")))


@pytest.fixture
def simulated(empty_database: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> Simulated:
    """`async with simulated() as bench:` founds a council; the test fails where an error was logged."""

    @asynccontextmanager
    async def run(**settings: Any) -> AsyncIterator[Bench]:
        file = tmp_path / "comity.db"
        shutil.copy(empty_database, file)
        async with on_simulated_discord(f"sqlite+aiosqlite:///{file}") as bench:
            await bench.found(**settings)
            yield bench
        assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == []

    return run
