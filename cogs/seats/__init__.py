"""Seats: taking one, giving it up, and who sits where."""

from discord.ext.commands import Bot

from .buttons import TakeSeat, TurnSeats
from .commands import SeatCommands


async def setup(bot: Bot) -> None:
    """Load the area."""
    await bot.add_cog(SeatCommands())
    bot.add_dynamic_items(TakeSeat, TurnSeats)
