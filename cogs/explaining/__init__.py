"""Why an issue stands where it does, what would move it, and what other rules would have made of it."""

from discord.ext.commands import Bot

from cogs.interactions.desk import desk_of

from . import buttons


async def setup(bot: Bot) -> None:
    """Load the area."""
    desk_of(bot).routes.include(buttons.routes)
