"""The JSON that Discord sends: members, servers, channels, messages and what was entered; and reading what it gets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

COMMAND, COMPONENT, TYPING, FORM = 2, 3, 4, 5
BUTTON, MENU = 2, 3
BOT = 100_000_000_000_000_001
MANAGE_SERVER = 1 << 5
EPHEMERAL, COMPONENTS_V2 = 1 << 6, 1 << 15
EPOCH = 1_420_070_400_000
_JOINED = "2020-01-01T00:00:00+00:00"


@dataclass(frozen=True)
class Person:
    """Who acts. `roles` and `manages` are what Discord says of it in that server; no `guild`: in direct messages."""

    id: int
    name: str
    guild: int | None
    roles: tuple[int, ...] = ()
    manages: bool = False


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
    found = parts(data)
    return [part[key] for part in found for key in keys if isinstance(part.get(key), str)] + [
        option[key]
        for part in found
        for option in part.get("options", ())
        for key in ("label", "description")
        if option.get(key)
    ]


def message_of(number: int, channel: int, components: Any, *, ephemeral: bool = False) -> dict[str, Any]:
    """A message of the bot's, as Discord sends it along with a tap."""
    flags = COMPONENTS_V2 | (EPHEMERAL if ephemeral else 0)
    return {
        "id": str(number),
        "channel_id": str(channel),
        "author": user_of(BOT, "Comity"),
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


def given(name: str, kind: int, value: Any, resolved: dict[str, dict[str, Any]], typing: str | None) -> dict[str, Any]:
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
        user = user_of(value.id, value.name)
        resolved.setdefault("users", {})[str(value.id)] = user
        if value.guild is not None:
            resolved.setdefault("members", {})[str(value.id)] = member_of(value, user)
        value = str(value.id)
    elif kind == 8:
        resolved.setdefault("roles", {})[str(value)] = role_of(int(value), "role")
        value = str(value)
    return {"name": name, "type": kind, "value": value} | ({"focused": True} if name == typing else {})


def option_of(value: str) -> dict[str, Any]:
    return {"label": "x", "value": value}


def user_of(number: int, name: str) -> dict[str, Any]:
    return {
        "id": str(number),
        "username": f"u{number}",
        "discriminator": "0",
        "global_name": name,
        "avatar": None,
        "bot": number == BOT,
    }


def member_of(person: Person, user: dict[str, Any]) -> dict[str, Any]:
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


def role_of(number: int, name: str) -> dict[str, Any]:
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


def channel_in(number: int, guild: int) -> dict[str, Any]:
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


def server(number: int, channels: Sequence[Any], roles: Mapping[int, str]) -> dict[str, Any]:
    """A server as it is sent when the bot joins it."""
    lists = (
        *("emojis", "stickers", "features", "members", "threads", "voice_states", "presences", "stage_instances"),
        *("guild_scheduled_events", "soundboard_sounds"),
    )
    figures = (
        *("verification_level", "default_message_notifications", "explicit_content_filter", "mfa_level"),
        *("nsfw_level", "premium_tier", "system_channel_flags", "afk_timeout"),
    )
    return {
        "id": str(number),
        "name": f"Server {number}",
        "owner_id": "1",
        "roles": [role_of(number, "@everyone"), *(role_of(role, name) for role, name in roles.items())],
        "channels": list(channels),
        "member_count": 9,
        "preferred_locale": "en-US",
        **{name: [] for name in lists},
        **dict.fromkeys(figures, 0),
    }


def thread_in(number: int, parent: int, guild: int) -> dict[str, Any]:
    """A thread under a channel."""
    closed = {"archived": False, "auto_archive_duration": 1440, "archive_timestamp": _JOINED, "locked": False}
    return {
        "id": str(number),
        "type": 11,
        "guild_id": str(guild),
        "parent_id": str(parent),
        "name": "thread",
        "owner_id": str(BOT),
        "message_count": 0,
        "member_count": 1,
        "total_message_sent": 0,
        "rate_limit_per_user": 0,
        "thread_metadata": closed,
    }
