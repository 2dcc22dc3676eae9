"""People: their own settings."""

from discord.ext.commands import Bot

from cogs.interactions.desk import desk_of

from . import preferences


async def setup(bot: Bot) -> None:
    """Load the area."""
    await bot.add_cog(preferences.PreferenceCommands())
    desk_of(bot).routes.include(preferences.routes)
