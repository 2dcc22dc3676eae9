"""The area of issues alone on a simulated Discord: the real guard, catalogues, services and an SQLite file."""

from __future__ import annotations

import functools
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import discord
import simcord
from discord.ext import commands

from cogs.interactions.context import Context
from cogs.interactions.guard import dispatch
from cogs.interactions.tree import GuardedTree
from cogs.issues.card import render_card
from cogs.showing.checking import check_message
from cogs.showing.localizer import Catalogues
from deliberation.categories import Position
from deliberation.councils import Actor
from deliberation.errors import DomainError
from deliberation.ids import ChannelId, PersonId
from deliberation.rules import Secrecy
from services import Services
from services.ballots import Cast
from storage import Database, upgrade
from tests.clocks import SetClock


class AreaBot(commands.Bot):
    """A client with this one area."""

    context: Context

    def __init__(self, database: Database) -> None:
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            tree_cls=GuardedTree,
            intents=discord.Intents(guilds=True),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
        )
        self.context = Context(services=Services.over(database), catalogues=Catalogues.load())

    async def setup_hook(self) -> None:
        await self.load_extension("cogs.issues")
        await self.tree.sync()

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        await dispatch(interaction)


class Bench:
    """A council in a channel, its chair, and members who may take a seat."""

    def __init__(self, env: Any, clock: SetClock, database: Database) -> None:
        self.env, self.clock, self.database = env, clock, database
        self.guild = env.create_guild("World")
        self.channel = self.guild.create_text_channel("council")
        self.elsewhere = self.guild.create_text_channel("lounge")
        self.alice = self.member("Alice")
        self.boris = self.member("Boris")

    def member(self, name: str) -> Any:
        return self.guild.add_member(self.env.create_user(name))

    @property
    def services(self) -> Services:
        return self.env.bot.context.services

    @property
    def place(self) -> ChannelId:
        return ChannelId(self.channel.id)

    def actor(self, member: Any, *, chair: bool = False) -> Actor:
        return Actor(person=PersonId(member.user.id), name=member.user.name, manages_server=chair)

    @property
    def chair(self) -> Actor:
        return Actor(person=PersonId(1), name="Chair", manages_server=True)

    async def seat(self, *names: str) -> list[Any]:
        """Members who have taken their seats."""
        members = [self.member(name) for name in names]
        for member in members:
            await self.services.seats.take(self.place, self.actor(member))
        return members

    async def open_round(self) -> Any:
        return (await self.services.rounds.open(self.place, self.chair, "3d")).round

    async def vote(self, issue: Any, positions: Mapping[Any, Position], *, reason: str = "") -> None:
        """Ballots in the open round, each with the reason."""
        status = await self.services.rounds.status(self.place)
        assert status is not None
        for member, position in positions.items():
            await self.services.ballots.cast(
                Cast(
                    round=status.round.id,
                    issue=issue.id,
                    version=issue.version,
                    position=position,
                    actor=self.actor(member),
                    reason=reason,
                )
            )

    async def close_round(self) -> None:
        """To the deadline, and what falls due with it."""
        self.clock.advance(timedelta(days=3))
        await self.env.advance_time(timedelta(days=3).total_seconds())
        await self.services.timetable.settle_due()

    async def found(self, *, secrecy: Secrecy = Secrecy.OPEN, preset: str = "simple-majority") -> None:
        await self.services.councils.setup(
            self.chair,
            guild=self.guild.id,
            channel=self.place,
            name="The Council",
            language="en",
            preset=preset,
            round_length="3d",
            secrecy=secrecy,
            voter_role=None,
            chair_role=None,
        )

    async def restart(self) -> None:
        """The bot anew on the same database; Discord goes on."""
        await self.env.restart_bot(AreaBot(self.database))

    async def fill_in(self, member: Any, *, title: str, action: str = "What is done.", why: str = "") -> Any:
        """Use `/propose` and send the form."""
        opened = await member.slash(self.channel, "propose")
        return await member.submit_modal(opened, {"title": title, "action": action, "why": why})

    async def put_up(self, title: str, *, by: Any = None, action: str = "What is done.", why: str = "") -> Any:
        """An issue, proposed without a form."""
        proposal = await self.services.issues.propose(
            self.place, self.actor(by or self.alice), title=title, action=action, why=why, anyway=True
        )
        assert proposal.issue is not None
        return proposal.issue

    async def post_card(self, issue: Any) -> Any:
        """The issue's card in the channel, as the outbox posts it."""
        card = render_card(await self.services.issues.card(issue.id), self.env.bot.context.catalogues.localizer("en"))
        await self.env.bot.get_partial_messageable(self.channel.id).send(view=card)
        return self.channel.last_message

    def broken_limits(self) -> list[str]:
        """Every limit of Discord that an answer so far would break."""
        answers = (entry for entry in self.env.http_requests if isinstance(entry.json, Mapping))
        return [
            f"{entry.method} {entry.path}: {broken}"
            for entry in answers
            if "/callback" in entry.path or "/messages" in entry.path or "/webhooks" in entry.path
            for broken in check_message(entry.json)
        ]


Simulated = Callable[..., AbstractAsyncContextManager[Bench]]
"""Takes the council's `secrecy` and `preset`."""


@asynccontextmanager
async def on_simulated_discord(url: str) -> AsyncIterator[Bench]:
    """A bench on the database at `url`; its clock and Discord's start at the same instant. Afterwards nothing may have
    gone wrong but what the guard answered, and no answer may break a limit."""
    clock = SetClock()
    async with AsyncExitStack() as stack:
        database = Database(url, clock=clock)
        stack.push_async_callback(database.dispose)
        running = simcord.run(AreaBot(database), approved_intents=discord.Intents.none(), check_errors=False)
        env = await stack.enter_async_context(running)
        env._settle_internal = functools.partial(env._settle_internal, idle=0.001)
        clock.set(env.now())
        bench = Bench(env, clock, database)
        yield bench
        assert [error for error in env.errors if not isinstance(_cause(error), DomainError)] == []
        assert bench.broken_limits() == []


def _cause(error: Any) -> Any:
    raised = getattr(error, "exception", error)
    return getattr(raised, "original", raised)


async def migrated(folder: Path) -> Path:
    """An empty database, to be copied for every test."""
    file = folder / "empty.db"
    await upgrade(f"sqlite+aiosqlite:///{file}")
    return file


def text_of(components: list[Any]) -> str:
    """Everything that a message says, as raw Markdown."""
    parts: list[str] = []
    for part in components:
        raw = part if isinstance(part, Mapping) else part.to_dict()
        if raw.get("type") == 10:
            parts.append(raw["content"])
        parts.append(text_of(list(raw.get("components", ()))))
    return "\n".join(part for part in parts if part)


def buttons_of(components: list[Any]) -> dict[str, str]:
    """The labels of a message's buttons, with their custom ids."""
    found: dict[str, str] = {}
    for part in components:
        raw = part if isinstance(part, Mapping) else part.to_dict()
        inner = [*raw.get("components", ()), *([raw["accessory"]] if "accessory" in raw else [])]
        if raw.get("type") == 2:
            found[raw["label"]] = raw.get("custom_id", "")
        found.update(buttons_of(inner))
    return found
