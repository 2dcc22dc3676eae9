"""The bot connected to a stand-in for Discord on loopback, in the middle of a round, and faults for its requests."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any

import discord
import pytest
import structlog
from aiohttp import web
from discord.backoff import ExponentialBackoff
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bench.discord import Answered, Member, StandIn, answer, button_press, command_use, stand_in
from bot.client import Comity, create_bot
from bot.settings import Settings
from cogs.custom_ids.ballots import CastBallot
from deliberation.categories import Position
from deliberation.ids import ChannelId
from deliberation.issues import Issue
from deliberation.rounds import Round
from deliberation.rules.presets import PRESETS
from tests.clocks import SetClock
from tests.services.chamber import CHANNEL, Chamber

GUILD, OTHER = 1, ChannelId(5)
VOTER = Member(4242)
RECORDED, REPEATED = ": recorded", "recorded like this already"
Handler = Callable[[web.Request], Awaitable[web.StreamResponse | None]]


@dataclass
class Served:
    """The bot, connected to the stand-in, with a council in the middle of a round. `log`: what the bot's log says."""

    discord: StandIn
    bot: Comity
    connection: asyncio.Task[None]
    clock: SetClock
    log: list[Any]
    guarded: asyncio.Event
    round: Round
    issue: Issue

    async def tap(self, position: str = "prohibited") -> None:
        """A tap on a ballot's button, until the bot is done with it, however it was answered."""
        self.guarded.clear()
        await self.discord.session_of(GUILD).send("INTERACTION_CREATE", self.press(position))
        await self.guarded.wait()

    async def answered(self, position: str = "prohibited") -> str:
        """What a tap is answered with."""
        self.guarded.clear()
        got: Answered = await self.discord.interact(self.press(position))
        await self.guarded.wait()
        return words(got.data)

    def press(self, position: str) -> dict[str, Any]:
        ballot = str(CastBallot(round=self.round.id, issue=self.issue.id, version=1, position=Position(position)))
        return button_press(ballot, VOTER, guild_id=GUILD, channel_id=CHANNEL, ms=time.time_ns() // 1_000_000)

    async def cast(self) -> int:
        """How many ballots stand."""
        return (await self.bot.context.services.rounds.view(self.round.id)).lines[0].cast

    def events(self, level: str = "") -> list[str]:
        return [entry["event"] for entry in self.log if not level or entry["log_level"] == level]


@asynccontextmanager
async def connected(discord_: StandIn, url: str, clock: SetClock) -> AsyncIterator[tuple[Comity, asyncio.Task[None]]]:
    """The bot, ready."""
    api, gateway = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    settings = Settings(database_url=url, discord_api_url=discord_.url, discord_gateway_url=discord_.gateway_url)
    try:
        async with create_bot(settings, clock=clock) as bot:
            bot._connection.guild_ready_timeout = 0.01
            connection = asyncio.create_task(bot.start("token"))
            waiting = asyncio.create_task(bot.wait_until_ready())
            await asyncio.wait([connection, waiting], return_when=asyncio.FIRST_COMPLETED)
            yield bot, connection
            await bot.close()
            connection.cancel()
            with suppress(asyncio.CancelledError, discord.DiscordException):
                await connection
    finally:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = api, gateway


@pytest.fixture
async def served(sqlite_head_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Served]:
    monkeypatch.setattr(ExponentialBackoff, "delay", lambda _: 0)
    clock = SetClock()
    with structlog.testing.capture_logs() as log:
        async with (
            stand_in({GUILD: [CHANNEL, OTHER]}) as discord_,
            connected(discord_, sqlite_head_url, clock) as (bot, connection),
        ):
            chamber = Chamber(bot.context.services, clock)
            await chamber.found(rules=PRESETS["simple-majority"])
            issue = await chamber.propose("Torture")
            round_ = (await chamber.open("3d")).round
            await bot.run_due()
            guarded = asyncio.Event()
            bot.on_due_changed = guarded.set
            yield Served(discord_, bot, connection, clock, log, guarded, round_, issue)


def command(
    name: str, *, guild: int = GUILD, channel: int = CHANNEL, options: list[Any] | None = None
) -> dict[str, Any]:
    """A use of a slash command by Alice."""
    ms = time.time_ns() // 1_000_000
    return command_use(name, Member(2, "Alice"), guild_id=guild, channel_id=channel, ms=ms, options=options)


def failing(path: str, *faults: Handler | web.StreamResponse) -> Handler:
    """Answers the first requests whose method and path hold `path` with these, one each."""
    left = list(faults)

    async def fault(request: web.Request) -> web.StreamResponse | None:
        if path not in f"{request.method} {request.path}" or not left:
            return None
        following = left.pop(0)
        return following if isinstance(following, web.StreamResponse) else await following(request)

    return fault


async def reset(request: web.Request) -> web.StreamResponse:
    """The connection breaks before anything is answered."""
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


def limited(*, seconds: float, everywhere: bool = False, via: bool = True) -> web.StreamResponse:
    headers = {"Via": "1.1 google"} if via else {}
    body = {"message": "You are being rate limited.", "retry_after": seconds, "global": everywhere}
    return answer(body, 429, **headers)


def words(data: Any) -> str:
    """What a message says, with plain spaces."""
    return str(data).replace("\\xa0", " ")


def posted(served: Served, text: str) -> list[str]:
    """The messages in the channels that say this."""
    return [words(each) for each in served.discord.messages.values() if text in words(each)]
