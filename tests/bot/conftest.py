"""The bot's own tests use the world of the end-to-end tests, and databases that are ready."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bench.discord import StandIn, stand_in
from tests.end_to_end.conftest import openapi, rehearse
from tests.stores import (
    clock,
    database,
    head_url,
    postgres_template,
    postgresql_head_url,
    sqlite_head_url,
    sqlite_template,
)

__all__ = [
    "clock",
    "database",
    "head_url",
    "openapi",
    "postgres_template",
    "postgresql_head_url",
    "rehearse",
    "sqlite_head_url",
    "sqlite_template",
]


@pytest.fixture
async def discord(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[StandIn]:
    """A stand-in for Discord; what points discord.py at it is put back."""
    monkeypatch.setattr(Route, "BASE", Route.BASE)
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", DiscordWebSocket.DEFAULT_GATEWAY)
    async with stand_in() as discord:
        yield discord
