"""A running bot keeps SQLite's write-ahead log short, and says once where that fails."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest
import structlog

from bench.discord import StandIn
from bot import write_ahead
from bot.client import Comity, create_bot
from bot.program import serve
from bot.settings import Settings
from bot.write_ahead import WriteAhead
from storage import Database, DatabaseUnusable


async def test_a_running_bot_looks_at_it_again_and_again(
    discord: StandIn, sqlite_head_url: str, monkeypatch: pytest.MonkeyPatch
):
    looks, twice = 0, asyncio.Event()

    async def shorten_log(_: Database) -> None:
        nonlocal looks
        looks += 1
        if looks == 2:
            twice.set()

    monkeypatch.setattr(Database, "shorten_log", shorten_log)
    monkeypatch.setattr(write_ahead, "LOOK", timedelta(milliseconds=1))
    settings = Settings(
        database_url=sqlite_head_url,
        discord_api_url=discord.url,
        discord_gateway_url=discord.gateway_url,
        metrics="off",
        backups="off",
    )
    stop = asyncio.Event()
    async with asyncio.timeout(60):
        serving = asyncio.create_task(serve(create_bot(settings), "token", stop=stop))
        await twice.wait()
        stop.set()
        await serving


async def test_where_it_cannot_be_shortened_the_log_says_so_once_and_again_when_it_is_over(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(write_ahead, "AGAIN", 0)
    found: list[Any] = [50 * 1024**2, DatabaseUnusable(database="db", reason="disk full"), 60 * 1024**2, None, None]

    async def shorten_log() -> int | None:
        following = found.pop(0)
        if isinstance(following, Exception):
            raise following
        return following

    bot: Any = SimpleNamespace(store=SimpleNamespace(shorten_log=shorten_log))
    keeping = WriteAhead(cast(Comity, bot))
    with structlog.testing.capture_logs() as log:
        for _ in range(5):
            await keeping.shorten()
    assert [entry["event"] for entry in log] == ["write_ahead_log_not_shortened", "write_ahead_log_shortened"]
    assert log[0]["megabytes"] == 50


async def test_after_a_failure_readers_are_not_held_up_again_at_once():
    tries = 0

    async def shorten_log() -> int:
        nonlocal tries
        tries += 1
        return 50 * 1024**2

    bot: Any = SimpleNamespace(store=SimpleNamespace(shorten_log=shorten_log))
    keeping = WriteAhead(cast(Comity, bot))
    for _ in range(5):
        await keeping.shorten()
    assert tries == 1
