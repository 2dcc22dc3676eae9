"""What Discord would send: users, servers, and interactions of members."""

from dataclasses import dataclass
from itertools import count
from typing import Any

EPOCH_MS = 1_420_070_400_000
"""The first millisecond of Discord's ids: 1 January 2015."""

BOT: dict[str, Any] = {"id": "1", "username": "Comity", "discriminator": "0", "avatar": None, "bot": True}
APPLICATION: dict[str, Any] = {
    **{"id": "1", "name": "Comity", "description": "", "icon": None, "flags": 0, "verify_key": ""},
    **{"bot_public": True, "bot_require_code_grant": False, "rpc_origins": [], "owner": BOT, "team": None},
}
SESSION = {"total": 1000, "remaining": 999, "reset_after": 0}
PERMISSIONS = str((1 << 50) - 1)
IS_COMPONENTS_V2 = 1 << 15
PING, COMMAND, COMPONENT, FORM = 1, 2, 3, 5

_serial = count(1)


def snowflake(ms: int) -> int:
    """A new id with the time `ms`, in milliseconds since 1970."""
    return (ms - EPOCH_MS) << 22 | next(_serial) & 0x3FFFFF


@dataclass(frozen=True, slots=True)
class Member:
    """A member who acts. `manages`: has the permission Manage Server."""

    id: int
    name: str = "Delegate"
    manages: bool = False

    def payload(self) -> dict[str, Any]:
        user = {"id": str(self.id), "username": f"user{self.id}", "global_name": self.name, "discriminator": "0"}
        return {
            "user": {**user, "avatar": None},
            "roles": [],
            "joined_at": "2020-01-01T00:00:00.000000+00:00",
            "permissions": PERMISSIONS if self.manages else "1024",
            **{"deaf": False, "mute": False, "flags": 0, "nick": None, "avatar": None},
        }


def guild(guild_id: int, channels: list[int], *, allowed: str = PERMISSIONS) -> dict[str, Any]:
    """A server as GUILD_CREATE brings it, with text channels in which everybody may do what is `allowed`."""
    everyone = {
        **{"id": str(guild_id), "name": "@everyone", "permissions": allowed, "color": 0, "position": 0},
        **{"hoist": False, "managed": False, "mentionable": False, "flags": 0},
    }
    me = {"user": BOT, "roles": [], "joined_at": "2020-01-01T00:00:00.000000+00:00", "deaf": False, "mute": False}
    return {
        **{"id": str(guild_id), "name": f"Server {guild_id}", "owner_id": "2", "member_count": 2, "roles": [everyone]},
        **{"emojis": [], "features": [], "members": [{**me, "flags": 0}], "threads": [], "presences": []},
        **{"afk_timeout": 300, "verification_level": 0, "default_message_notifications": 0, "mfa_level": 0},
        **{"explicit_content_filter": 0, "system_channel_flags": 0, "premium_tier": 0, "preferred_locale": "en-US"},
        **{"nsfw_level": 0, "stickers": [], "stage_instances": [], "guild_scheduled_events": [], "voice_states": []},
        **{"unavailable": False, "large": False},
        "channels": [channel(each, guild_id) for each in channels],
    }


def channel(channel_id: int, guild_id: int) -> dict[str, Any]:
    return {
        **{"id": str(channel_id), "type": 0, "name": "council", "guild_id": str(guild_id), "position": 0},
        **{"permission_overwrites": [], "nsfw": False, "topic": None, "parent_id": None},
    }


def message(message_id: int, channel_id: int, components: list[Any] | None = None, *, flags: int = 0) -> dict[str, Any]:
    return {
        **{"id": str(message_id), "channel_id": str(channel_id), "author": BOT, "content": "", "type": 0},
        **{"timestamp": "2026-01-01T00:00:00.000000+00:00", "edited_timestamp": None, "tts": False, "pinned": False},
        **{"mention_everyone": False, "mentions": [], "mention_roles": [], "attachments": [], "embeds": []},
        "flags": flags | IS_COMPONENTS_V2,
        "components": components or [],
    }


def interaction(member: Member, *, guild_id: int, channel_id: int, kind: int, data: Any, ms: int) -> dict[str, Any]:
    """An interaction of `member` at `ms`, as INTERACTION_CREATE brings it."""
    number = snowflake(ms)
    return {
        **{"id": str(number), "application_id": BOT["id"], "type": kind, "data": data, "version": 1},
        **{"token": f"token-{number}", "guild_id": str(guild_id), "channel_id": str(channel_id)},
        **{"channel": channel(channel_id, guild_id), "member": member.payload(), "app_permissions": PERMISSIONS},
        **{"locale": "en-GB", "guild_locale": "en-US", "entitlements": [], "context": 0},
        **{"attachment_size_limit": 10 * 1024 * 1024},
        "authorizing_integration_owners": {"0": str(guild_id)},
    }


def button_press(
    custom_id: str, member: Member, *, guild_id: int, channel_id: int, ms: int, row: list[str] | None = None
) -> dict[str, Any]:
    """A press of the button `custom_id` on a message of the bot that has a text and a row of buttons."""
    buttons = [
        {"type": 2, "style": 2, "label": "Vote", "custom_id": each, "id": place}
        for place, each in enumerate(row or [custom_id], start=4)
    ]
    box = [{"type": 10, "id": 2, "content": "**#1 An issue**"}, {"type": 1, "id": 3, "components": buttons}]
    components = [{"type": 17, "id": 1, "accent_color": None, "spoiler": False, "components": box}]
    pressed = interaction(
        member,
        guild_id=guild_id,
        channel_id=channel_id,
        kind=COMPONENT,
        data={"custom_id": custom_id, "component_type": 2, "id": 4},
        ms=ms,
    )
    return {**pressed, "message": message(99, channel_id, components)}


def command_use(
    name: str, member: Member, *, guild_id: int, channel_id: int, ms: int, options: list[Any] | None = None
) -> dict[str, Any]:
    """A use of a slash command."""
    data = {"id": "7", "name": name, "type": 1, "options": options or []}
    return interaction(member, guild_id=guild_id, channel_id=channel_id, kind=COMMAND, data=data, ms=ms)
