"""The real client with its two ends in hand: interactions are fed to its gateway parser as raw JSON, and every request
that it makes is kept. What a client could forge (ids, values, options, forms) can be sent; nothing is checked for it.
"""

from __future__ import annotations

import asyncio
import copy
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import discord
from discord.webhook import async_ as webhooks

from bot.client import Comity, create_bot
from bot.posts.outbox import Outbox
from bot.settings import Settings
from services import Services
from storage import Database
from tests.clocks import SetClock
from tests.security.payloads import (
    BOT,
    BUTTON,
    COMMAND,
    COMPONENT,
    EPHEMERAL,
    EPOCH,
    FORM,
    MENU,
    TYPING,
    Person,
    channel_in,
    given,
    member_of,
    message_of,
    option_of,
    parts,
    server,
    shown,
    thread_in,
    user_of,
)


@dataclass
class Answer:
    """What one interaction was answered with: the bodies of its requests, in order."""

    id: int
    bodies: list[dict[str, Any]] = field(default_factory=list)

    @property
    def acknowledged(self) -> bool:
        return bool(self.bodies)

    @property
    def form(self) -> dict[str, Any] | None:
        return next((body["data"] for body in self.bodies if body.get("type") == 9), None)

    @property
    def choices(self) -> list[dict[str, Any]]:
        return [choice for body in self.bodies if body.get("type") == 8 for choice in body["data"]["choices"]]

    @property
    def text(self) -> str:
        """Everything that is shown."""
        return "\n".join(text for body in self.bodies for text in shown(body))

    @property
    def buttons(self) -> list[dict[str, Any]]:
        return [part for body in self.bodies for part in parts(body) if "custom_id" in part]


class Wire:
    """A bot that is logged in nowhere. `messages`: what stands in each channel, by message id; `downloads`: the
    addresses of files that were fetched."""

    def __init__(self, url: str, clock: SetClock) -> None:
        self.clock = clock
        self.bot: Comity = create_bot(Settings(database_url=url), clock=clock)
        self.commands: list[dict[str, Any]] = []
        self.messages: dict[int, dict[str, Any]] = {}
        self.requests: list[tuple[str, str, Any]] = []
        self.downloads: list[str] = []
        self._channels: dict[int, dict[str, Any]] = {}
        self._answers: dict[str, Answer] = {}
        self._count = 0
        self._file = b""
        self.deliveries = 1
        """How often a gateway that resumes delivers each interaction, at once."""
        self._sent: dict[str, Any] = {}

    # -- the bot's end

    async def start(self, *, own_thread: bool = False) -> None:
        """Log in to nowhere: the bot loads and publishes its commands. `own_thread`: its store works beside it."""
        await self.bot._async_setup_hook()
        http = self.bot.http
        http.request = self._request  # pyright: ignore[reportAttributeAccessIssue]
        http.get_from_cdn = self._file_sent  # pyright: ignore[reportAttributeAccessIssue]
        http.static_login = self._log_in  # pyright: ignore[reportAttributeAccessIssue]
        webhooks.async_context.set(_Adapter(self))
        await self.bot.login("a.b.c")
        if not own_thread:
            await self._work_inline()

    async def _work_inline(self) -> None:
        """Let the store work on this thread: the same statements in a fraction of the time."""
        bot = self.bot
        if bot._database is None or not bot._database.url.drivername.startswith("sqlite"):
            return
        await bot._database.dispose()
        bot._database = Database(str(bot._database.url), clock=self.clock, own_thread=False)
        bot.context = replace(bot.context, services=Services.over(bot._database, ticks=bot._ticks))
        bot._outbox = Outbox(bot, bot.context)

    async def _file_sent(self, url: str) -> bytes:
        self.downloads.append(url)
        return self._file

    async def _log_in(self, token: str) -> Any:
        return user_of(BOT, "Comity")

    async def _request(self, route: Any, *, files: Any = None, form: Any = None, **more: Any) -> Any:
        path, body = route.url.split("/api/v10", 1)[1], more.get("json")
        body = _message_in(form) if form else body
        return self.answer_request(route.method, path.split("?")[0], body)

    def answer_request(self, method: str, path: str, body: Any) -> Any:
        """What Discord would answer. Bodies must be JSON in UTF-8, as they are on the wire."""
        json.dumps(body, ensure_ascii=False).encode()
        self.requests.append((method, path, body))
        match path.strip("/").split("/"):
            case ["oauth2", *_]:
                return {
                    "id": str(BOT),
                    "name": "Comity",
                    "description": "",
                    "icon": None,
                    "summary": "",
                    "bot_public": True,
                    "bot_require_code_grant": False,
                    "verify_key": "",
                    "owner": user_of(1, "O"),
                }
            case ["applications", _, "commands"]:
                numbered = enumerate(copy.deepcopy(body), 1)
                extra = {"application_id": str(BOT), "version": "1", "type": 1}
                self.commands = [{**extra, **command, "id": str(number)} for number, command in numbered]
                return self.commands
            case ["interactions", _, token, "callback"]:
                return self._called_back(token, body)
            case ["webhooks", _, token, *_]:
                answer = self._answers[token]
                answer.bodies.append(body)
                return self._keep(self._channel_of(token), body, ephemeral=True)
            case ["channels", channel, "messages"] if method == "POST":
                return self._keep(int(channel), body)
            case ["channels", channel, "messages"]:
                return []
            case ["channels", channel, "messages", message] if method == "PATCH":
                return self._keep(int(channel), body, number=int(message))
            case ["users", "@me", "channels"]:
                return {"id": self.new_id(), "type": 1, "recipients": [user_of(5, "R")], "last_message_id": None}
        return None

    def _called_back(self, token: str, body: dict[str, Any]) -> Any:
        answer = self._answers[token]
        assert not answer.acknowledged, "answered twice"
        answer.bodies.append(body)
        if body["type"] == 4:
            self._keep(self._channel_of(token), body["data"], ephemeral=bool(body["data"].get("flags", 0) & EPHEMERAL))
        return {"interaction": {"id": str(answer.id), "type": body["type"]}}

    def _channel_of(self, token: str) -> int:
        return int(token.partition("-")[2])

    def _keep(self, channel: int, body: Any, *, number: int | None = None, ephemeral: bool = False) -> dict[str, Any]:
        message = message_of(number or int(self.new_id()), channel, body.get("components", []), ephemeral=ephemeral)
        self.messages[int(message["id"])] = message
        while len(self.messages) > 300:
            self.messages.pop(next(iter(self.messages)))
        return message

    def new_id(self) -> str:
        """A snowflake of now."""
        self._count += 1
        milliseconds = int(self.clock.now().timestamp() * 1000) - EPOCH
        return str((milliseconds << 22) | (self._count & 0x3FFFFF))

    # -- the members' end

    def add_guild(self, guild: int, *, channels: Sequence[int], roles: Mapping[int, str]) -> None:
        """A server that the bot has joined."""
        listed = [channel_in(channel, guild) for channel in channels]
        self._channels.update({channel: data for channel, data in zip(channels, listed, strict=True)})
        self.bot._connection.parsers["GUILD_CREATE"](server(guild, listed, roles))

    def add_thread(self, thread: int, parent: int, guild: int) -> None:
        """A thread under a channel."""
        self._channels[thread] = thread_in(thread, parent, guild)

    async def send(self, kind: int, person: Person, channel: int, data: Any, *, message: Any = None) -> Answer:
        """Feed an interaction, and wait until everything that it set going is done."""
        number = int(self.new_id())
        token = f"t{number}-{channel}"
        payload: dict[str, Any] = {
            "id": str(number),
            "application_id": str(BOT),
            "type": kind,
            "token": token,
            "version": 1,
            "data": data,
            "channel_id": str(channel),
            "locale": "en-US",
            "entitlements": [],
            "authorizing_integration_owners": {},
            "context": 1 if person.guild is None else 0,
            "attachment_size_limit": 1 << 23,
            "app_permissions": str(discord.Permissions.all().value),
        }
        if message is not None:
            payload["message"] = message
        user = user_of(person.id, person.name)
        if person.guild is None:
            payload |= {"user": user, "channel": {"id": str(channel), "type": 1, "recipients": [user]}}
        else:
            payload |= {
                "guild_id": str(person.guild),
                "guild_locale": "en-US",
                "channel": self._channels[channel],
                "member": member_of(person, user),
            }
        return await self._deliver(payload, self.deliveries)

    async def deliver_again(self) -> Answer:
        """Feed the interaction that was sent last once more."""
        return await self._deliver(self._sent, 1)

    async def _deliver(self, payload: dict[str, Any], times: int) -> Answer:
        self._sent = payload
        answer = self._answers[payload["token"]] = Answer(int(payload["id"]))
        before = asyncio.all_tasks()
        for _ in range(times):
            # The parser may alter what it is given.
            self.bot._connection.parsers["INTERACTION_CREATE"](copy.deepcopy(payload))
        while working := asyncio.all_tasks() - before:
            await asyncio.wait(working)
        del self._answers[payload["token"]]
        return answer

    async def tap(
        self, person: Person, channel: int, custom_id: str, *, values: Sequence[str] | None = None, on: Any = None
    ) -> Answer:
        """Tap a button, or choose from a menu: on the message `on`, or on one that is forged to have it."""
        kind = BUTTON if values is None else MENU
        part: dict[str, Any] = {"type": kind, "custom_id": custom_id, "style": 1, "label": "x"}
        if values is not None:
            part = {"type": kind, "custom_id": custom_id, "options": [option_of(value) for value in values[:25]]}
        holding = [{"type": 17, "components": [{"type": 1, "components": [part]}]}]
        message = on or message_of(int(self.new_id()), channel, holding)
        data = {"custom_id": custom_id, "component_type": kind} | ({} if values is None else {"values": list(values)})
        return await self.send(COMPONENT, person, channel, data, message=message)

    async def submit(self, person: Person, channel: int, custom_id: str, entered: Mapping[str, Any]) -> Answer:
        """Send a form: texts as `str`, choices as lists."""
        inner = [
            {"type": 4, "custom_id": name, "value": value}
            if isinstance(value, str)
            else {"type": 3, "custom_id": name, "values": list(value)}
            for name, value in entered.items()
        ]
        labels = [{"type": 18, "component": component} for component in inner]
        return await self.send(FORM, person, channel, {"custom_id": custom_id, "components": labels})

    async def command(
        self, person: Person, channel: int, name: str, /, *, typing: str | None = None, **options: Any
    ) -> Answer:
        """Use a slash command, its options of the types that the bot has published; `typing`: the option that is being
        typed."""
        root, *path = name.split()
        found = next(command for command in self.commands if command["name"] == root)
        leaf = found
        for step in path:
            leaf = next(option for option in leaf["options"] if option["name"] == step)
        kinds = {option["name"]: option["type"] for option in leaf.get("options", ())}
        resolved: dict[str, dict[str, Any]] = {}
        self._file = next((value for value in options.values() if isinstance(value, bytes)), b"")
        entered = [given(option, kinds[option], value, resolved, typing) for option, value in options.items()]
        for step in reversed(path):
            entered = [{"name": step, "type": 1, "options": entered}]
        data = {"id": found["id"], "name": root, "type": 1, "options": entered, "resolved": resolved}
        return await self.send(COMMAND if typing is None else TYPING, person, channel, data)

    async def run_due(self, delta: timedelta = timedelta(0)) -> None:
        """Let time pass and what is due be carried out."""
        self.clock.advance(delta)
        await self.bot.run_due()


def _message_in(form: list[dict[str, Any]]) -> Any:
    """With files, the message is a part of the form."""
    return next(json.loads(part["value"]) for part in form if part["name"] == "payload_json")


class _Adapter(webhooks.AsyncWebhookAdapter):
    def __init__(self, wire: Wire) -> None:
        super().__init__()
        self._wire = wire

    async def request(
        self, route: Any, session: Any, *, payload: Any = None, multipart: Any = None, **more: Any
    ) -> Any:
        payload = _message_in(multipart) if multipart else payload
        return self._wire.answer_request(route.method, route.url.split("/api/v10", 1)[1].split("?")[0], payload)


@asynccontextmanager
async def wired(url: str, clock: SetClock, *, own_thread: bool = False) -> AsyncIterator[Wire]:
    """A bot on the database at `url`, which is brought up to date; `own_thread`: see `Wire.start`."""
    wire = Wire(url, clock)
    await wire.start(own_thread=own_thread)
    try:
        yield wire
    finally:
        await wire.bot.close()
