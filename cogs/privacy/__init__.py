"""Privacy: what is kept about a member, handed out to it, and erased."""

from discord.ext.commands import Bot

from cogs.interactions.desk import desk_of

from .commands import Privacy
from .erasing import ConfirmErasure


async def setup(bot: Bot) -> None:
    """Load the area."""
    await bot.add_cog(Privacy())
    desk_of(bot).items.add(ConfirmErasure)
