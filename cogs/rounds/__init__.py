"""Rounds: the chairs' commands, the round's message, its result, reminders and notices."""

from cogs.interactions.context import Bot, context_of

from . import buttons, roll_call
from .commands import Rounds


async def setup(bot: Bot) -> None:
    """Load the area."""
    await bot.add_cog(Rounds())
    context_of(bot).routes.include(buttons.routes, roll_call.routes)
