"""A harness for each test of an area, on a copy of one migrated SQLite file."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from cogs.showing.localizer import Catalogues, Localizer
from tests.cogs.harness import Harness, migrated, simulated
from tests.conftest import ROOT
from tests.discord_schema import DiscordSchema, load_schema

Discord = Callable[..., AbstractAsyncContextManager[Harness]]
"""`async with discord("councils", "seats") as harness:` runs the bot with these areas."""


@pytest.fixture(scope="session")
def say() -> Localizer:
    return Catalogues.load().localizer("en")


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database without anything in it."""
    return migrated(tmp_path_factory.mktemp("cogs"))


@pytest.fixture(scope="session")
def schema() -> DiscordSchema | None:
    """Discord's own description of its API, where it is at hand."""
    file = ROOT.parent / "shared" / "data" / "discord-openapi.json"
    return load_schema(file) if file.exists() else None


@pytest.fixture
def on_discord(empty: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture, schema: DiscordSchema | None) -> Discord:
    def run(*areas: str) -> AbstractAsyncContextManager[Harness]:
        return simulated(empty, tmp_path, caplog, areas=areas, schema=schema, kind=Harness)

    return run
