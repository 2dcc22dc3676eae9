"""Issues: proposing and reading them, their cards, and the reasons given on them."""

from cogs.interactions.context import Bot, context_of

from . import editing, proposing, reading
from .commands import Issues, Proposals


async def setup(bot: Bot) -> None:
    """Load the area."""
    await bot.add_cog(Proposals())
    await bot.add_cog(Issues())
    context_of(bot).routes.include(proposing.routes, reading.routes, editing.routes)
