"""What is said beside an answer: that something goes wrong in the council, or that the bot may not post there."""

from typing import Any

import discord

from cogs.showing.panels import panel
from cogs.showing.permissions import missing_permissions
from cogs.showing.troubles import render_lost_channel, trouble_lines
from services.ports import TroubleKind

from .answering import reply
from .context import Context
from .request import Request, actor_of


async def tell_troubles(request: Request) -> bool:
    """Say what goes wrong in the channel's council, where anything does; whether its round itself may be beyond
    reading. Raises NoCouncil."""
    found = await request.services.troubles.of(request.channel)
    missing = missing_permissions(request.interaction.app_permissions, request.say)
    lines = trouble_lines(found, request.say, missing=missing)
    if lines:
        await request.reply(panel("\n".join(lines)))
    return TroubleKind.SETTLING in found.troubles


async def warn_of_silence(request: Request) -> None:
    """After an answer that promises a post: where the bot may not post, say what it lacks and how to give it."""
    if missing := missing_permissions(request.interaction.app_permissions, request.say):
        await request.reply(panel(request.say.text("permissions.missing", permissions=missing)))


async def tell_lost_channels(interaction: discord.Interaction[Any], context: Context) -> None:
    """After a chair's command: say which of the server's councils have lost their channel, to each council once."""
    lost = await context.services.troubles.untold(interaction.guild_id or 0, actor_of(interaction))
    for council in lost:
        say = context.catalogues.localizer(interaction.locale.value)
        await reply(interaction, render_lost_channel(council, say))
        await context.services.troubles.told(council.id)
