"""Ballots: the four buttons, the reason form, a member's own docket, and the receipts."""

from cogs.interactions.context import Bot, context_of

from . import buttons, casting, debating
from .commands import Ballots


async def setup(bot: Bot) -> None:
    """Load the area."""
    await bot.add_cog(Ballots())
    context_of(bot).routes.include(buttons.routes, casting.routes, debating.routes)
