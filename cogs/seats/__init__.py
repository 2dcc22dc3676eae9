"""Seats: taking one, giving it up, who sits where, and what chairs do with them."""

from discord.ext.commands import Bot

from cogs.custom_ids import SEAT_IMPORT, SEAT_IMPORT_FORM
from cogs.interactions.desk import desk_of

from .buttons import ConfirmRemoval, FillSeats, PickSeating, TakeSeat, TurnSeats
from .commands import SeatCommands
from .importing import ImportAgain, submitted_import


async def setup(bot: Bot) -> None:
    """Load the area."""
    await bot.add_cog(SeatCommands())
    desk_of(bot).items.add(TakeSeat, TurnSeats, FillSeats, PickSeating, ConfirmRemoval, ImportAgain)
    desk_of(bot).forms.add(SEAT_IMPORT_FORM, submitted_import, again=SEAT_IMPORT, for_chairs=True)
