"""The order at a glance: the board, and the record that vouches for it."""

from cogs.interactions.context import Bot, context_of

from . import board
from .commands import Order


async def setup(bot: Bot) -> None:
    """Load the area."""
    await bot.add_cog(Order())
    context_of(bot).routes.include(board.routes)
