"""Rounds: the chairs' commands, the round's message, its result, reminders and notices."""

from discord.ext.commands import Bot

from cogs.interactions.desk import desk_of

from . import buttons, roll_call
from .commands import Rounds


async def setup(bot: Bot) -> None:
    """Load the area."""
    await bot.add_cog(Rounds())
    desk_of(bot).routes.include(buttons.routes, roll_call.routes)
