"""Seats: taking one, giving it up, who sits where, and what chairs do with them."""

from cogs.interactions.desk import Bot, desk_of

from . import buttons, importing
from .commands import SeatCommands


async def setup(bot: Bot) -> None:
    """Load the area."""
    await bot.add_cog(SeatCommands())
    desk_of(bot).routes.include(buttons.routes, importing.routes)
