"""Asked to end, the bot finishes what is in flight, and does not wait for ever for anybody."""

from __future__ import annotations

import asyncio
import signal
import sqlite3
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
import structlog
from aiohttp import web

from bench.discord import StandIn
from bench.discord.stand_in import DEFERRED
from bot.client import Comity, create_bot
from bot.program import catch_signals, serve
from bot.settings import Settings
from services import Services
from storage import Database
from storage.engines import database_url
from tests.bot.loopback import GUILD, command
from tests.bot.test_program import start, until
from tests.clocks import SetClock
from tests.services.chamber import Chamber

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to be asked with")


def bot_on(url: str, discord: StandIn) -> Comity:
    settings = Settings(
        database_url=url,
        discord_api_url=discord.url,
        discord_gateway_url=discord.gateway_url,
        backups="off",
        metrics="off",
    )
    return create_bot(settings)


async def under_way(bot: Comity) -> None:
    """Returns when an interaction is being answered. The timeout is for a defect alone."""
    async with asyncio.timeout(30):
        while not bot.context.under_way:  # noqa: ASYNC110 - nothing tells of it
            await asyncio.sleep(0)


async def ask_without_reply(discord: StandIn) -> None:
    """A member uses a command, whose answer reaches Discord, which then says nothing."""
    answered = asyncio.Event()

    async def silent(request: web.Request) -> None:
        if request.path.endswith("/callback"):
            answered.set()
            await asyncio.Event().wait()

    discord.fault = silent
    await discord.session_of(GUILD).send("INTERACTION_CREATE", command("help"))
    await answered.wait()


async def test_what_is_in_flight_at_sigterm_is_stored_and_answered(
    discord: StandIn, sqlite_head_url: str, clock: SetClock
):
    store = Database(sqlite_head_url, clock=clock)
    await Chamber(Services.over(store), clock).found()
    bot, stop = bot_on(sqlite_head_url, discord), asyncio.Event()
    catch_signals(stop)
    serving = asyncio.create_task(serve(bot, "token", stop=stop))
    await discord.connected.wait()
    with closing(sqlite3.connect(str(database_url(sqlite_head_url).database), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        take = command("seat", options=[{"name": "take", "type": 1, "options": []}])
        answer = asyncio.create_task(discord.interact(take))
        await under_way(bot)
        signal.raise_signal(signal.SIGTERM)
        # It has left: nothing new comes, and what came is not forgotten.
        await discord.left.wait()
        assert not answer.done()
        other.execute("ROLLBACK")
    await serving
    answered = await answer
    assert answered.type not in DEFERRED
    assert "vote as soon as a round opens" in str(answered.data), answered
    async with store.read() as uow:
        [council] = await uow.councils.list_all()
        assert [seat.name for seat in await uow.seats.list_in(council.id)] == ["Alice"]
    await store.dispose()


async def test_a_discord_that_does_not_answer_holds_the_end_up_no_longer_than_the_limit(
    discord: StandIn, sqlite_head_url: str
):
    bot, stop = bot_on(sqlite_head_url, discord), asyncio.Event()
    loop = asyncio.get_running_loop()
    with structlog.testing.capture_logs() as log:
        serving = asyncio.create_task(serve(bot, "token", stop=stop, limit=timedelta(seconds=0.5)))
        await discord.connected.wait()
        await ask_without_reply(discord)
        stop.set()
        began = loop.time()
        await serving
    # Without the limit the answer would be waited for as long as this test may last.
    assert loop.time() - began < 30
    assert [entry["what"] for entry in log if entry["event"] == "cut_short"] == ["interactions"]


async def test_a_second_signal_ends_it_at_once(discord: StandIn, tmp_path: Path):
    program = await start(discord, tmp_path, "run")
    await until(b"ready", program)
    await ask_without_reply(discord)
    program.send_signal(signal.SIGTERM)
    await discord.left.wait()
    assert program.returncode is None
    program.send_signal(signal.SIGTERM)
    await program.communicate()
    assert program.returncode == -signal.SIGTERM
