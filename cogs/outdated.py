"""Buttons and menus from before an update: the member is told so, and the message is redrawn."""

from typing import Any

import discord
from discord.ext import commands

from .custom_ids import outdated
from .desk import Desk
from .guard import GuardedItem, answer_outdated
from .localizer import Localizer


class Outdated(GuardedItem, template=outdated()):
    """Whatever looks like an item of ours and is none of today's."""

    async def act(self, interaction: discord.Interaction[Any], desk: Desk, say: Localizer, ids: Any) -> None:
        await answer_outdated(interaction)


async def setup(bot: commands.Bot) -> None:
    """Answer what no area answers any more."""
    bot.add_dynamic_items(Outdated)
