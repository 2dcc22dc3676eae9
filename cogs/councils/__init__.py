"""The council as a whole: founding one in a channel, and looking at it."""

from cogs.interactions.context import Bot, context_of

from . import closing, rules, setting_up
from .commands import CouncilCommands


async def setup(bot: Bot) -> None:
    """Load the area."""
    await bot.add_cog(CouncilCommands())
    context_of(bot).routes.include(setting_up.routes, rules.routes, closing.routes)
