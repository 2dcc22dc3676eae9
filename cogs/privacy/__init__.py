"""Privacy: what is kept about a member, handed out to it, and erased."""

from discord.ext.commands import Bot

from .commands import Privacy
from .erasing import ConfirmErasure


async def setup(bot: Bot) -> None:
    """Load the area."""
    await bot.add_cog(Privacy())
    bot.add_dynamic_items(ConfirmErasure)
