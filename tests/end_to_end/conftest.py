"""The world of the end-to-end tests: the real bot on a simulated Discord, on a database of its own."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from functools import partial

import pytest

from tests.discord_schema import DiscordSchema
from tests.end_to_end.world import World, rehearsed_world

Rehearse = Callable[..., AbstractAsyncContextManager[World]]


@pytest.fixture
def rehearse(sqlite_head_url: str, openapi: DiscordSchema | None) -> Rehearse:
    """`async with rehearse() as world`: on SQLite."""
    return partial(rehearsed_world, sqlite_head_url, schema=openapi)


@pytest.fixture
def rehearse_on_either(head_url: str, openapi: DiscordSchema | None) -> Rehearse:
    """The same, once on SQLite and once on PostgreSQL."""
    return partial(rehearsed_world, head_url, schema=openapi)
