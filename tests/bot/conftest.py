"""The bot's own tests use the world of the end-to-end tests, and databases that are ready."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bench.discord import StandIn, stand_in
from tests.end_to_end.conftest import rehearse

__all__ = ["rehearse"]


@pytest.fixture
async def discord(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[StandIn]:
    """A stand-in for Discord; what points discord.py at it is put back."""
    monkeypatch.setattr(Route, "BASE", Route.BASE)
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", DiscordWebSocket.DEFAULT_GATEWAY)
    async with stand_in() as discord:
        yield discord
