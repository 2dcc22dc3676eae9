"""The real bot on a simulated Discord, as members and chairs meet it, held against every promise about its answers."""

from __future__ import annotations

import functools
import logging
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import discord
import simcord
import structlog

from bot.client import Comity, create_bot
from bot.settings import Settings
from cogs.showing.checking import check_message
from deliberation.errors import DomainError
from deliberation.ids import ChannelId
from services import Services
from services.ports import PostKind
from tests.clocks import SetClock
from tests.discord_schema import DiscordSchema, validate_requests

GIVEN_NAMES = ("Alice", "Boris", "Chen", "Dalia", "Emeka", "Farah", "Goran", "Hanna", "Ines", "Jamal")
IDLE = 0.001
"""Seconds for which SimCord sees nothing happen before it holds an action for settled."""


class LogKeeper(logging.Handler):
    """Keeps the errors that discord.py and others only log."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.errors: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.errors.append(f"{record.name}: {record.getMessage()}")


@dataclass
class World:
    """A server with a council's channel, its chair, and the bot. `log`: what the bot's own log says."""

    env: simcord.Env
    clock: SetClock
    settings: Settings
    log: list[Any]
    guild: Any = None
    channel: Any = None
    chair: Any = None
    began: list[int] = field(default_factory=list)

    @property
    def bot(self) -> Comity:
        bot = self.env.bot
        assert isinstance(bot, Comity)
        return bot

    @property
    def services(self) -> Services:
        return self.bot.context.services

    @property
    def place(self) -> ChannelId:
        return ChannelId(self.channel.id)

    def inhabit(self) -> None:
        """Make the server, the channel and the chair; note every interaction that begins."""
        self.guild = self.env.create_guild("World")
        self.channel = self.guild.create_text_channel("council")
        manager = self.guild.create_role("Manager", permissions=discord.Permissions(manage_guild=True))
        self.chair = self.guild.add_member(self.env.create_user("Chair"), roles=[manager])
        emit = self.env.backend.emit

        def noted(event: str, payload: dict[str, Any]) -> None:
            if event == "INTERACTION_CREATE":
                self.began.append(int(payload["id"]))
            emit(event, payload)

        self.env.backend.emit = noted  # pyright: ignore[reportAttributeAccessIssue]

    def member(self, name: str) -> Any:
        return self.guild.add_member(self.env.create_user(name))

    def members(self, number: int) -> list[Any]:
        return [self.member(name) for name in GIVEN_NAMES[:number]]

    async def pass_time(self, delta: timedelta) -> None:
        """Let time pass for Discord and the council alike, then let the bot carry out what fell due."""
        self.clock.advance(delta)
        await self.env.advance_time(delta.total_seconds())
        await self.run_due()

    async def run_due(self) -> None:
        """What the scheduler does: carry out everything that is due, posts and redraws included."""
        await self.bot.run_due()
        await self.env.settle()

    async def restart(self) -> None:
        """A new process on the same database; Discord goes on, with every message and open form."""
        old = self.bot
        await self.env.restart_bot(create_bot(self.settings, clock=self.clock, alone=True))
        await old.close()

    async def found(self, *, name: str = "The Council", preset: str = "simple-majority", length: str = "3d") -> None:
        """Set up a council by command and form, as a chair does."""
        opened = await self.chair.slash(self.channel, "council setup")
        fields = {"name": name, "preset": [preset], "length": length, "voters": [], "chairs": []}
        done = await self.chair.submit_modal(opened, fields)
        assert name in text_of(done)

    async def propose(self, member: Any, title: str, *, action: str = "What is done.", why: str = "") -> None:
        """Propose an issue by command and form, and have its card posted."""
        opened = await member.slash(self.channel, "propose")
        await member.submit_modal(opened, {"title": title, "action": action, "why": why})
        await self.run_due()

    def posted(self) -> list[Any]:
        """The public messages in the council's channel, the newest last."""
        return [message for message in self.channel.history() if not message.flags.ephemeral]

    def message_with(self, *words: str) -> Any:
        """The newest public message that says all of these."""
        for message in reversed(self.posted()):
            shown = text_in(message)
            if all(word in shown for word in words):
                return message
        raise AssertionError(f"no message says {words}: {[text_in(message) for message in self.posted()]}")

    async def card(self, number: int) -> Any:
        """An issue's card as it stands in the channel; None where it does not."""
        _, issues = await self.services.issues.list_in(self.place)
        [issue] = [issue for issue in issues if issue.number == number]
        return await self._standing(PostKind.CARD, issue.id)

    async def round_message(self) -> Any:
        """The open round's message as it stands in the channel; None where it does not."""
        view = await self.services.rounds.status(self.place)
        assert view is not None
        return await self._standing(PostKind.ROUND, view.round.id)

    async def _standing(self, kind: PostKind, subject: int) -> Any:
        stored = await self.services.posts.message(kind, subject)
        found = [message for message in self.posted() if stored is not None and message.id == stored.message]
        return found[0] if found else None

    async def vote(self, member: Any, message: Any, position: str, *, reason: str | None = None) -> Any:
        """Tap a position on a card or docket; with a reason, send the form that opens."""
        tapped = await member.click(message, label=position)
        if reason is None:
            return tapped
        assert tapped.modal is not None, text_of(tapped)
        return await member.submit_modal(tapped, {"reason": reason})

    def broken_promises(self, schema: DiscordSchema | None) -> list[str]:
        """Everything in which an answer or a request was not as it must be."""
        answered = {
            int(request.path.split("/")[2])
            for request in self.env.http_requests
            if request.path.startswith("/interactions/")
        }
        broken = [f"interaction {number} was never acknowledged" for number in self.began if number not in answered]
        for request in self.env.http_requests:
            if request.method in ("POST", "PATCH") and isinstance(request.json, dict) and is_message(request.path):
                broken += [f"{request.method} {request.path}: {fault}" for fault in check_message(request.json)]
        if schema is not None:
            broken += validate_requests(self.env.http_requests, schema)
        broken += [f"the bot failed: {error!r}" for error in self.env.errors if not is_refusal(error)]
        return broken + [f"the log says {entry}" for entry in self.log if entry["log_level"] in ("error", "critical")]


def is_refusal(error: BaseException) -> bool:
    """Whether the procedure refuses it, which the guard has answered: SimCord notes those of commands too."""
    raised = getattr(error, "original", error)
    return isinstance(raised, DomainError) or isinstance(raised.__cause__, DomainError)


def is_message(path: str) -> bool:
    return path.startswith(("/interactions/", "/webhooks/")) or "/messages" in path


def texts(components: Sequence[Any]) -> Iterator[str]:
    for component in components:
        if not isinstance(component, dict):
            component = component.to_dict()
        if "content" in component:
            yield component["content"]
        if "label" in component:
            yield component["label"]
        yield from texts(component.get("components", ()))
        if "accessory" in component:
            yield from texts([component["accessory"]])


def text_in(message: Any) -> str:
    """Everything that a message says, buttons included; its no-break spaces as plain ones."""
    return "\n".join(texts(message.components)).replace("\N{NO-BREAK SPACE}", " ")


def text_of(result: Any) -> str:
    """Everything that an interaction was answered with."""
    answers = [*([result.response] if result.response is not None else []), *result.followups]
    return "\n".join(text_in(answer) for answer in answers)


@asynccontextmanager
async def rehearsed_world(
    url: str, *, schema: DiscordSchema | None = None, clock: SetClock | None = None, logged: tuple[str, ...] = ()
) -> AsyncIterator[World]:
    """The bot on the database at `url`. On leaving, every promise is checked: interactions acknowledged, messages
    within Discord's limits, requests as Discord describes them, nothing failed. `logged`: errors of the log that are
    meant."""
    clock = clock or SetClock()
    settings = Settings(database_url=url)
    keeper = LogKeeper()
    logging.getLogger().addHandler(keeper)
    try:
        with structlog.testing.capture_logs() as log:
            async with simcord.run(
                create_bot(settings, clock=clock, alone=True), approved_intents=discord.Intents.none()
            ) as env:
                env._settle_internal = functools.partial(env._settle_internal, idle=IDLE)
                await env.advance_time((clock.now() - env.now()).total_seconds())
                world = World(env, clock, settings, log)
                world.inhabit()
                try:
                    yield world
                    meant = [entry for entry in log if entry["event"] in logged]
                    world.log = [entry for entry in log if entry not in meant]
                    broken = world.broken_promises(schema) + keeper.errors
                    assert not broken, "\n" + "\n".join(broken)
                finally:
                    await world.bot.close()
    finally:
        logging.getLogger().removeHandler(keeper)
