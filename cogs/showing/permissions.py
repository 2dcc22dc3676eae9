"""What the bot must be allowed to do in a council's channel, and how to allow it."""

import discord

from .localizer import Localizer

_NEEDED = {
    "view_channel": "permission.view_channel",
    "send_messages": "permission.send_messages",
    "read_message_history": "permission.read_message_history",
}


def missing_permissions(given: discord.Permissions, say: Localizer) -> str:
    """The permissions that the bot lacks, by Discord's own names; "" where it has all."""
    missing = [say.text(key) for name, key in _NEEDED.items() if not getattr(given, name)]
    return say.list_of(f"**{name}**" for name in missing)
