"""What the bot must be allowed to do in a council's channel, and how to allow it."""

from typing import Any

import discord

from .answering import reply
from .localizer import Localizer
from .panels import panel

_NEEDED = {
    "view_channel": "permission.view_channel",
    "send_messages": "permission.send_messages",
    "read_message_history": "permission.read_message_history",
}


def missing_permissions(given: discord.Permissions, say: Localizer) -> str:
    """The permissions that the bot lacks, by Discord's own names; "" where it has all."""
    missing = [say.text(key) for name, key in _NEEDED.items() if not getattr(given, name)]
    return say.list_of(f"**{name}**" for name in missing)


async def warn_of_silence(interaction: discord.Interaction[Any], say: Localizer) -> None:
    """After an answer that promises a post: where the bot may not post, say what it lacks and how to give it."""
    if missing := missing_permissions(interaction.app_permissions, say):
        await reply(interaction, panel(say.text("permissions.missing", permissions=missing)))
