"""The world of the end-to-end tests: the real bot on a simulated Discord, on a database of its own."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from functools import partial

import pytest

from tests.conftest import ROOT
from tests.discord_schema import DiscordSchema, load_schema
from tests.end_to_end.world import World, rehearsed_world
from tests.stores import head_url, postgres_template, postgresql_head_url, sqlite_head_url, sqlite_template

__all__ = ["head_url", "postgres_template", "postgresql_head_url", "sqlite_head_url", "sqlite_template"]

Rehearse = Callable[..., AbstractAsyncContextManager[World]]


@pytest.fixture(scope="session")
def openapi() -> DiscordSchema | None:
    """Discord's description of its API, where the real data is; without it requests go unchecked."""
    file = ROOT.parent / "shared" / "data" / "discord-openapi.json"
    return load_schema(file) if file.is_file() else None


@pytest.fixture
def rehearse(sqlite_head_url: str, openapi: DiscordSchema | None) -> Rehearse:
    """`async with rehearse() as world`: on SQLite."""
    return partial(rehearsed_world, sqlite_head_url, schema=openapi)


@pytest.fixture
def rehearse_on_either(head_url: str, openapi: DiscordSchema | None) -> Rehearse:
    """The same, once on SQLite and once on PostgreSQL."""
    return partial(rehearsed_world, head_url, schema=openapi)
