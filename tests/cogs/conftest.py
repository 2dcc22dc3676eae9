"""A harness for each test of an area, on a copy of one migrated SQLite file."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from cogs.showing.localizer import Catalogues, Localizer
from tests.cogs.harness import Harness, simulated
from tests.discord_schema import DiscordSchema

Discord = Callable[..., AbstractAsyncContextManager[Harness]]
"""`async with discord("councils", "seats") as harness:` runs the bot with these areas."""


@pytest.fixture(scope="session")
def say() -> Localizer:
    return Catalogues.load().localizer("en")


@pytest.fixture
def on_discord(
    sqlite_template: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture, openapi: DiscordSchema | None
) -> Discord:
    def run(*areas: str) -> AbstractAsyncContextManager[Harness]:
        return simulated(sqlite_template, tmp_path, caplog, areas=areas, schema=openapi, kind=Harness)

    return run
