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
from bot.outbox import Outbox
from bot.settings import Settings
from services import Services
from storage import Database
from tests.clocks import SetClock

COMMAND, COMPONENT, TYPING, FORM = 2, 3, 4, 5
BUTTON, MENU = 2, 3
BOT = 100_000_000_000_000_001
MANAGE_SERVER = 1 << 5
EPHEMERAL, COMPONENTS_V2 = 1 << 6, 1 << 15
_EPOCH = 1_420_070_400_000
_JOINED = "2020-01-01T00:00:00+00:00"


@dataclass(frozen=True)
class Person:
    """Who acts. `roles` and `manages` are what Discord says of it in that server; no `guild`: in direct messages."""

    id: int
    name: str
    guild: int | None
    roles: tuple[int, ...] = ()
    manages: bool = False


@dataclass
class Answer:
    """What one interaction was answered with: the bodies of its requests, in order. `log`: see `Wire.failures`."""

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


def parts(data: Any) -> list[dict[str, Any]]:
    """Every component in some JSON, however deep."""
    found: list[dict[str, Any]] = []
    waiting = [data]
    while waiting:
        value = waiting.pop()
        if isinstance(value, Mapping):
            if isinstance(value.get("type"), int) and "data" not in value:
                found.append(dict(value))
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
    return found


def shown(data: Any) -> list[str]:
    """Every text of a message or form that a member reads."""
    keys = ("content", "label", "placeholder", "description", "title", "name", "value")
    return [part[key] for part in parts(data) for key in keys if isinstance(part.get(key), str)] + [
        option[key]
        for part in parts(data)
        for option in part.get("options", ())
        for key in ("label", "description")
        if option.get(key)
    ]


class Wire:
    """A bot that is logged in nowhere. `messages`: what stands in each channel, by message id."""

    def __init__(self, url: str, clock: SetClock) -> None:
        self.clock = clock
        self.bot: Comity = create_bot(Settings(database_url=url), clock=clock)
        self.commands: list[dict[str, Any]] = []
        self.messages: dict[int, dict[str, Any]] = {}
        self.requests: list[tuple[str, str, Any]] = []
        self._channels: dict[int, dict[str, Any]] = {}
        self._answers: dict[str, Answer] = {}
        self._count = 0
        self._file = b""

    # -- the bot's end

    async def start(self) -> None:
        """Log in to nowhere: the bot loads and publishes its commands."""
        await self.bot._async_setup_hook()
        http = self.bot.http
        http.request = self._request  # pyright: ignore[reportAttributeAccessIssue]
        http.get_from_cdn = self._file_sent  # pyright: ignore[reportAttributeAccessIssue]
        http.static_login = self._log_in  # pyright: ignore[reportAttributeAccessIssue]
        webhooks.async_context.set(_Adapter(self))
        await self.bot.login("a.b.c")
        await self._work_inline()

    async def _work_inline(self) -> None:
        """Let the store work on this thread: the same statements in a fraction of the time."""
        bot = self.bot
        if bot._database is None or not bot._database.url.drivername.startswith("sqlite"):
            return
        await bot._database.dispose()
        bot._database = Database(str(bot._database.url), clock=self.clock, own_thread=False)
        bot.desk = replace(bot.desk, services=Services.over(bot._database, ticks=bot._ticks))
        bot._outbox = Outbox(bot, bot.desk)

    async def _file_sent(self, url: str) -> bytes:
        return self._file

    async def _log_in(self, token: str) -> Any:
        return _user(BOT, "Comity")

    async def _request(self, route: Any, *, files: Any = None, form: Any = None, **more: Any) -> Any:
        path, body = route.url.split("/api/v10", 1)[1], more.get("json")
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
                    "owner": _user(1, "O"),
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
                return {"id": self.new_id(), "type": 1, "recipients": [_user(5, "R")], "last_message_id": None}
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
        milliseconds = int(self.clock.now().timestamp() * 1000) - _EPOCH
        return str((milliseconds << 22) | (self._count & 0x3FFFFF))

    # -- the members' end

    def add_guild(self, guild: int, *, channels: Sequence[int], roles: Mapping[int, str]) -> None:
        """A server that the bot has joined."""
        made = [_role(guild, "@everyone"), *(_role(role, name) for role, name in roles.items())]
        listed = [_channel(channel, guild) for channel in channels]
        self._channels.update({channel: data for channel, data in zip(channels, listed, strict=True)})
        self.bot._connection.parsers["GUILD_CREATE"](
            {
                "id": str(guild),
                "name": f"Server {guild}",
                "owner_id": "1",
                "roles": made,
                "channels": listed,
                "emojis": [],
                "stickers": [],
                "features": [],
                "members": [],
                "threads": [],
                "voice_states": [],
                "presences": [],
                "stage_instances": [],
                "guild_scheduled_events": [],
                "soundboard_sounds": [],
                "member_count": 9,
                "verification_level": 0,
                "default_message_notifications": 0,
                "explicit_content_filter": 0,
                "mfa_level": 0,
                "nsfw_level": 0,
                "premium_tier": 0,
                "preferred_locale": "en-US",
                "system_channel_flags": 0,
                "afk_timeout": 0,
            }
        )

    def add_thread(self, thread: int, parent: int, guild: int) -> None:
        """A thread under a channel."""
        self._channels[thread] = {
            "id": str(thread),
            "type": 11,
            "guild_id": str(guild),
            "parent_id": str(parent),
            "name": "thread",
            "owner_id": str(BOT),
            "message_count": 0,
            "member_count": 1,
            "total_message_sent": 0,
            "rate_limit_per_user": 0,
            "thread_metadata": {
                "archived": False,
                "auto_archive_duration": 1440,
                "archive_timestamp": _JOINED,
                "locked": False,
            },
        }

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
        user = _user(person.id, person.name)
        if person.guild is None:
            payload |= {"user": user, "channel": {"id": str(channel), "type": 1, "recipients": [user]}}
        else:
            payload |= {
                "guild_id": str(person.guild),
                "guild_locale": "en-US",
                "channel": self._channels[channel],
                "member": _member(person, user),
            }
        answer = self._answers[token] = Answer(number)
        before = asyncio.all_tasks()
        # The parser may alter what it is given.
        self.bot._connection.parsers["INTERACTION_CREATE"](copy.deepcopy(payload))
        while working := asyncio.all_tasks() - before:
            await asyncio.wait(working)
        del self._answers[token]
        return answer

    async def tap(
        self, person: Person, channel: int, custom_id: str, *, values: Sequence[str] | None = None, on: Any = None
    ) -> Answer:
        """Tap a button, or choose from a menu: on the message `on`, or on one that is forged to have it."""
        kind = BUTTON if values is None else MENU
        part: dict[str, Any] = {"type": kind, "custom_id": custom_id, "style": 1, "label": "x"}
        if values is not None:
            part = {"type": kind, "custom_id": custom_id, "options": [_option(value) for value in values[:25]]}
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
        given = [_given(option, kinds[option], value, resolved, typing) for option, value in options.items()]
        for step in reversed(path):
            given = [{"name": step, "type": 1, "options": given}]
        data = {"id": found["id"], "name": root, "type": 1, "options": given, "resolved": resolved}
        return await self.send(COMMAND if typing is None else TYPING, person, channel, data)

    async def run_due(self, delta: timedelta = timedelta(0)) -> None:
        """Let time pass and what is due be carried out."""
        self.clock.advance(delta)
        await self.bot.run_due()


class _Adapter(webhooks.AsyncWebhookAdapter):
    def __init__(self, wire: Wire) -> None:
        super().__init__()
        self._wire = wire

    async def request(self, route: Any, session: Any, *, payload: Any = None, **more: Any) -> Any:
        return self._wire.answer_request(route.method, route.url.split("/api/v10", 1)[1].split("?")[0], payload)


@asynccontextmanager
async def wired(url: str, clock: SetClock) -> AsyncIterator[Wire]:
    """A bot on the database at `url`, which is brought up to date."""
    wire = Wire(url, clock)
    await wire.start()
    try:
        yield wire
    finally:
        await wire.bot.close()


def message_of(number: int, channel: int, components: Any, *, ephemeral: bool = False) -> dict[str, Any]:
    """A message of the bot's, as Discord sends it along with a tap."""
    flags = COMPONENTS_V2 | (EPHEMERAL if ephemeral else 0)
    return {
        "id": str(number),
        "channel_id": str(channel),
        "author": _user(BOT, "Comity"),
        "content": "",
        "flags": flags,
        "timestamp": _JOINED,
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
        "attachments": [],
        "embeds": [],
        "pinned": False,
        "type": 0,
        "components": components,
    }


def _given(name: str, kind: int, value: Any, resolved: dict[str, dict[str, Any]], typing: str | None) -> dict[str, Any]:
    if isinstance(value, bytes):
        attachment = {
            "id": "9",
            "filename": "seats.csv",
            "size": len(value),
            "url": "https://cdn.discordapp.com/seats.csv",
            "proxy_url": "https://media.discordapp.net/seats.csv",
        }
        resolved.setdefault("attachments", {})["9"] = attachment
        value = "9"
    elif isinstance(value, Person):
        user = _user(value.id, value.name)
        resolved.setdefault("users", {})[str(value.id)] = user
        if value.guild is not None:
            resolved.setdefault("members", {})[str(value.id)] = _member(value, user)
        value = str(value.id)
    elif kind == 8:
        resolved.setdefault("roles", {})[str(value)] = _role(int(value), "role")
        value = str(value)
    return {"name": name, "type": kind, "value": value} | ({"focused": True} if name == typing else {})


def _option(value: str) -> dict[str, Any]:
    return {"label": "x", "value": value}


def _user(number: int, name: str) -> dict[str, Any]:
    return {
        "id": str(number),
        "username": f"u{number}",
        "discriminator": "0",
        "global_name": name,
        "avatar": None,
        "bot": number == BOT,
    }


def _member(person: Person, user: dict[str, Any]) -> dict[str, Any]:
    permissions = MANAGE_SERVER if person.manages else 0
    return {
        "user": user,
        "roles": [str(role) for role in person.roles],
        "joined_at": _JOINED,
        "nick": None,
        "deaf": False,
        "mute": False,
        "flags": 0,
        "avatar": None,
        "permissions": str(permissions),
    }


def _role(number: int, name: str) -> dict[str, Any]:
    return {
        "id": str(number),
        "name": name,
        "color": 0,
        "colors": {"primary_color": 0},
        "hoist": False,
        "position": 1,
        "permissions": "0",
        "managed": False,
        "mentionable": False,
        "flags": 0,
    }


def _channel(number: int, guild: int) -> dict[str, Any]:
    return {
        "id": str(number),
        "type": 0,
        "guild_id": str(guild),
        "name": f"c{number}",
        "position": 0,
        "nsfw": False,
        "permission_overwrites": [],
        "parent_id": None,
        "topic": None,
        "rate_limit_per_user": 0,
    }
