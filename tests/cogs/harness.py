"""The areas on a simulated Discord: the real guard, catalogues, services and an SQLite file, and nothing posted."""

from __future__ import annotations

import functools
import logging
import shutil
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

import discord
import pytest
import simcord
from discord.ext import commands

from cogs.interactions.context import Context
from cogs.interactions.guard import dispatch
from cogs.interactions.tree import GuardedTree
from cogs.showing.checking import check_message
from cogs.showing.localizer import Catalogues
from deliberation.errors import DomainError
from deliberation.ids import ChannelId
from services import Services
from storage import Database
from tests.clocks import SetClock
from tests.discord_schema import DiscordSchema, validate_requests


class AreasBot(commands.Bot):
    """A client with some of the areas."""

    context: Context

    def __init__(self, database: Database, areas: Sequence[str]) -> None:
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
        self.areas = areas
        self.guarded: list[int] = []
        self.context.guarded.append(lambda interaction: self.guarded.append(interaction.id))

    async def setup_hook(self) -> None:
        for area in self.areas:
            await self.load_extension(f"cogs.{area}" if "." not in area else area)
        await self.tree.sync()

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        await dispatch(interaction)


class Harness:
    """A server with a channel, somebody who manages it, and two members. `clock`: what the services go by."""

    clock: SetClock

    def __init__(self, env: Any, database: Database, areas: Sequence[str]) -> None:
        self.env, self.database, self.areas = env, database, areas
        self.guild = env.create_guild("World")
        self.channel = self.guild.create_text_channel("council")
        staff = self.guild.create_role("Staff", permissions=discord.Permissions(manage_guild=True))
        self.chair = self.member("Carla", roles=[staff])
        self.alice = self.member("Alice")
        self.boris = self.member("Boris")

    def member(self, name: str, *, roles: Sequence[Any] = ()) -> Any:
        return self.guild.add_member(self.env.create_user(name), roles=list(roles))

    @property
    def bot(self) -> AreasBot:
        return self.env.bot

    @property
    def services(self) -> Services:
        return self.bot.context.services

    @property
    def place(self) -> ChannelId:
        return ChannelId(self.channel.id)

    async def restart(self) -> None:
        """The bot anew on the same database; Discord goes on."""
        await self.env.restart_bot(AreasBot(self.database, self.areas))

    async def set_up(self, *, secrecy: str = "open", **entered: Any) -> Any:
        """Use `/council setup` and send the form, as it is but for what is `entered`."""
        opened = await self.chair.slash(self.channel, "council setup", secrecy=secrecy)
        return await self.chair.submit_modal(opened, filled(opened) | entered)

    def broken_limits(self) -> list[str]:
        """Every limit of Discord that an answer so far would break."""
        return [
            f"{entry.method} {entry.path}: {broken}"
            for entry in self.env.http_requests
            if isinstance(entry.json, Mapping)
            and any(place in entry.path for place in ("/callback", "/messages", "/webhooks"))
            for broken in check_message(entry.json)
        ]


AnyHarness = TypeVar("AnyHarness", bound=Harness)


def filled(opened: Any) -> dict[str, Any]:
    """What a form holds when it opens."""
    found: dict[str, Any] = {}
    for label in opened.modal["components"]:
        inner = label["component"]
        match inner["type"]:
            case 4:
                found[inner["custom_id"]] = inner.get("value", "")
            case 3:
                found[inner["custom_id"]] = [option["value"] for option in inner["options"] if option.get("default")]
            case _:
                found[inner["custom_id"]] = []
    return found


@asynccontextmanager
async def simulated(
    empty: Path,
    folder: Path,
    log: pytest.LogCaptureFixture,
    *,
    areas: Sequence[str],
    schema: DiscordSchema | None,
    kind: type[AnyHarness],
) -> AsyncIterator[AnyHarness]:
    """A harness on a copy of the migrated database `empty`. At its end nothing may have gone wrong but what the guard
    answered, no error may stand in the log, and Discord would have taken every request."""
    file = folder / "comity.db"
    shutil.copy(empty, file)
    clock = SetClock()
    async with AsyncExitStack() as stack:
        database = Database(f"sqlite+aiosqlite:///{file}", clock=clock)
        stack.push_async_callback(database.dispose)
        running = simcord.run(AreasBot(database, areas), approved_intents=discord.Intents.none(), check_errors=False)
        env = await stack.enter_async_context(running)
        env._settle_internal = functools.partial(env._settle_internal, idle=0.001)
        clock.set(env.now())
        harness = kind(env, database, areas)
        harness.clock = clock
        yield harness
        assert [error for error in env.errors if not isinstance(_cause(error), DomainError)] == []
        assert harness.broken_limits() == []
        if schema is not None:
            assert validate_requests(env.http_requests, schema) == []
    assert [record.getMessage() for record in log.records if record.levelno >= logging.ERROR] == []


def _cause(error: Any) -> Any:
    raised = getattr(error, "exception", error)
    return getattr(raised, "original", raised)


def text_of(result: Any) -> str:
    """Everything that an answer (or a message, or its components) says, as raw Markdown."""
    return "\n".join(part["content"] for part in _parts(result) if part.get("type") == 10)


def buttons_of(result: Any) -> dict[str, str]:
    """The labels of an answer's buttons, with their custom ids."""
    return {part["label"]: part.get("custom_id", "") for part in _parts(result) if part.get("type") == 2}


def menus_of(result: Any) -> dict[str, list[dict[str, Any]]]:
    """The options of an answer's menus, by custom id."""
    return {part["custom_id"]: part["options"] for part in _parts(result) if part.get("type") == 3}


def _parts(result: Any) -> list[dict[str, Any]]:
    message = getattr(result, "response", result)
    components = message if isinstance(message, list) else message.components
    waiting = [part if isinstance(part, dict) else part.to_dict() for part in components]
    found: list[dict[str, Any]] = []
    while waiting:
        part = waiting.pop(0)
        found.append(part)
        waiting = [*part.get("components", ()), *([part["accessory"]] if "accessory" in part else []), *waiting]
    return found
