"""A council for each test of the area of issues."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.cogs.harness import simulated as on_discord
from tests.cogs.issues.harness import IssuesHarness, Simulated
from tests.cogs.voting import found
from tests.discord_schema import DiscordSchema


@pytest.fixture
def simulated(
    sqlite_template: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture, openapi: DiscordSchema | None
) -> Simulated:
    """`async with simulated() as harness:` founds a council."""

    @asynccontextmanager
    async def run(*, preset: str = "simple-majority", **settings: Any) -> AsyncIterator[IssuesHarness]:
        running = on_discord(sqlite_template, tmp_path, caplog, areas=["issues"], schema=openapi, kind=IssuesHarness)
        async with running as harness:
            await found(harness, preset=preset, **settings)
            yield harness

    return run
