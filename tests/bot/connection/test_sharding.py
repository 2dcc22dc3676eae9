"""Bots with shards on one database: they identify in turn, and each shard serves its own servers alone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from aiohttp import web
from discord.backoff import ExponentialBackoff
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

from bench.discord import StandIn, stand_in
from bot.client import Comity, ShardedComity, create_bot
from bot.settings import Settings
from deliberation.ids import ChannelId
from deliberation.rules.presets import PRESETS
from services import Services
from services.ports import Shards
from storage import Database
from storage.turns import turn
from tests.bot.loopback import Handler, command, failing
from tests.services.chamber import CHAIR

GUILDS = [(2**20 + shard) << 22 for shard in range(2)]
CHANNELS = [guild + 1 for guild in GUILDS]


class Gate:
    """What the bots wait with before they identify: it lasts until the test lets one pass."""

    def __init__(self) -> None:
        self.entered: asyncio.Queue[float] = asyncio.Queue()
        self.waiting = 0
        self._passes = asyncio.Semaphore(0)

    def let_pass(self, number: int = 1) -> None:
        for _ in range(number):
            self._passes.release()

    async def wait(self, seconds: float) -> None:
        self.waiting += 1
        self.entered.put_nowait(seconds)
        await self._passes.acquire()
        self.waiting -= 1


@asynccontextmanager
async def connecting(
    url: str,
    gate: Gate,
    monkeypatch: pytest.MonkeyPatch,
    *,
    processes: Sequence[tuple[int, ...]] = ((0,), (1,)),
    max_concurrency: int = 1,
) -> AsyncIterator[tuple[StandIn, list[Comity]]]:
    """Bots, each with some of two shards, connecting; their tokens are "0" and "1"."""
    async with asyncio.timeout(60), stand_in() as discord:
        discord.max_concurrency = max_concurrency
        monkeypatch.setattr(Route, "BASE", discord.url)
        monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", URL(discord.gateway_url))
        bots: list[Comity] = []
        for shards in processes:
            settings = Settings(database_url=url, shard_ids=shards, shard_count=2)
            assert settings.shards is not None
            bots.append(ShardedComity(settings, settings.shards, pause=gate.wait))
        running = [asyncio.create_task(bot.start(str(number))) for number, bot in enumerate(bots)]
        try:
            yield discord, bots
        finally:
            for bot, task in zip(bots, running, strict=True):
                await bot.interactions_ended()
                await bot.close()
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)


async def helped(discord: StandIn, guild: int, channel: int) -> bool:
    """Whether a member of the server who asks for help is shown it."""
    return bool((await discord.interact(command("help", guild=guild, channel=channel))).data["components"])


async def test_two_processes_identify_one_after_the_other(head_url: str, monkeypatch: pytest.MonkeyPatch):
    gate = Gate()
    async with connecting(head_url, gate, monkeypatch) as (discord, _):
        assert await gate.entered.get() >= 5, "Discord's seconds between two of them"
        for _ in range(2):
            await discord.greeted.acquire()
        for _ in range(3):
            # Whoever could identify now would have begun to.
            async with turn(head_url, 7):
                pass
        assert gate.waiting == 1
        assert discord.identified.empty()
        gate.let_pass()
        first = await discord.identified.get()
        await gate.entered.get()
        gate.let_pass()
        assert {first, await discord.identified.get()} == {0, 1}


async def test_a_shard_whose_turn_does_not_come_makes_room(sqlite_head_url: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("bot.client.IDENTIFY_PATIENCE", 0)
    bot = ShardedComity(Settings(database_url=sqlite_head_url, shard_count=1), Shards(ids=(0,), count=1))
    monkeypatch.setattr(bot, "_buckets", 1)
    async with turn(sqlite_head_url, 0):
        with pytest.raises(TimeoutError):
            await bot.before_identify_hook(0)


async def test_as_many_identify_at_once_as_discord_allows(sqlite_head_url: str, monkeypatch: pytest.MonkeyPatch):
    gate = Gate()
    async with connecting(sqlite_head_url, gate, monkeypatch, max_concurrency=2) as (discord, _):
        await gate.entered.get()
        await gate.entered.get()
        assert gate.waiting == 2
        # Ended before it has identified, a connection leaves discord.py's thread of heartbeats behind.
        gate.let_pass(2)
        assert {await discord.identified.get(), await discord.identified.get()} == {0, 1}


async def test_each_process_answers_and_posts_for_its_own_servers(
    postgresql_head_url: str, monkeypatch: pytest.MonkeyPatch
):
    gate = Gate()
    gate.let_pass(2)
    store = Database(postgresql_head_url)
    services = Services.over(store)
    for guild, channel in zip(GUILDS, CHANNELS, strict=True):
        rules = PRESETS["simple-majority"]
        place = ChannelId(channel)
        await services.hosting.found(CHAIR, guild=guild, channel=place, name="C", language="en", rules=rules)
        await services.issues.propose(place, CHAIR, title="Torture", action="Pain as a means", why="")
    async with connecting(postgresql_head_url, gate, monkeypatch) as (discord, bots):
        assert {await discord.identified.get(), await discord.identified.get()} == {0, 1}
        for guild, channel in zip(GUILDS, CHANNELS, strict=True):
            assert await helped(discord, guild, channel)
        await asyncio.gather(*(bot.run_due() for bot in bots))
        posted = sorted((token, path) for token, method, path in discord.requests if method == "POST")
        assert posted == [(str(shard), f"/channels/{channel}/messages") for shard, channel in enumerate(CHANNELS)]
        await services.rounds.open(ChannelId(CHANNELS[0]), CHAIR, "3d")
        own, others = [await bot.context.services.timetable.next_due() for bot in bots]
        assert own is not None
        assert others is not None
        # The other's process wakes for the deadline, which anybody may keep, and not for posts that are not its own.
        assert others - own > timedelta(days=2)
    await store.dispose()


@pytest.mark.parametrize("ended", [False, True], ids=["resumed", "begun anew"])
async def test_while_one_shard_is_away_the_other_answers_and_then_both_do(
    sqlite_head_url: str, monkeypatch: pytest.MonkeyPatch, *, ended: bool
):
    gate, back = Gate(), asyncio.Event()
    gate.let_pass(3)

    async def away(request: web.Request) -> None:
        if request.path == "/gateway/":
            await back.wait()

    async with connecting(sqlite_head_url, gate, monkeypatch, processes=[(0, 1)]) as (discord, _):
        assert {await discord.identified.get(), await discord.identified.get()} == {0, 1}
        discord.fault = away
        lost = discord.sessions[0].socket
        if ended:
            await lost.send_str('{"op":9,"d":false}')
        else:
            await lost.close(code=4000)
        await discord.left.wait()
        assert await helped(discord, GUILDS[1], CHANNELS[1])
        back.set()
        assert await (discord.identified if ended else discord.resumed).get() == 0
        for guild, channel in zip(GUILDS, CHANNELS, strict=True):
            assert await helped(discord, guild, channel)
        assert discord.identified.empty()


async def unable(_: web.Request) -> web.StreamResponse:
    return web.Response(status=503)


async def going_away(request: web.Request) -> web.StreamResponse:
    socket = web.WebSocketResponse()
    await socket.prepare(request)
    await socket.close(code=1001)
    return socket


@pytest.mark.parametrize(
    ("faults", "anew"),
    [((going_away, going_away), False), ((unable, going_away, unable, going_away), True)],
    ids=["resumed", "begun anew"],
)
async def test_a_gateway_that_is_in_trouble_for_one_shard_ends_none(
    sqlite_head_url: str, monkeypatch: pytest.MonkeyPatch, faults: tuple[Handler, ...], *, anew: bool
):
    monkeypatch.setattr(ExponentialBackoff, "delay", lambda _: 0)
    gate = Gate()
    gate.let_pass(3)
    async with connecting(sqlite_head_url, gate, monkeypatch, processes=[(0, 1)]) as (discord, [bot]):
        assert {await discord.identified.get(), await discord.identified.get()} == {0, 1}
        discord.fault = failing("/gateway/", *faults)
        await discord.sessions[0].socket.close(code=4000)
        assert await (discord.identified if anew else discord.resumed).get() == 0
        for guild, channel in zip(GUILDS, CHANNELS, strict=True):
            assert await helped(discord, guild, channel)
        assert not bot.is_closed()


async def test_a_database_that_is_gone_does_not_keep_a_shard_from_discord(monkeypatch: pytest.MonkeyPatch):
    waited: list[float] = []

    async def pause(seconds: float) -> None:
        waited.append(seconds)

    settings = Settings(database_url="postgresql://nobody@127.0.0.1:1/none", shard_count=1)
    bot = ShardedComity(settings, Shards(ids=(0,), count=1), pause=pause)
    monkeypatch.setattr(bot, "_buckets", 1)
    await bot.before_identify_hook(0)
    assert len(waited) == 1


def test_one_connection_serves_every_server_unless_shards_are_set():
    assert not isinstance(create_bot(Settings()), ShardedComity)
    assert isinstance(create_bot(Settings(shard_count=2)), ShardedComity)
