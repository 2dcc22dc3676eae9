"""Privacy: what is kept about a member, handed out to it, and erased."""

from cogs.interactions.context import Bot, context_of

from . import erasing
from .commands import Privacy


async def setup(bot: Bot) -> None:
    """Load the area."""
    await bot.add_cog(Privacy())
    context_of(bot).routes.include(erasing.routes)
