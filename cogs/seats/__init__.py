"""Seats: taking one, giving it up, who sits where, and what chairs do with them."""

from cogs.interactions.context import Bot, context_of

from . import buttons, importing
from .commands import SeatCommands


async def setup(bot: Bot) -> None:
    """Load the area."""
    await bot.add_cog(SeatCommands())
    context_of(bot).routes.include(buttons.routes, importing.routes)
