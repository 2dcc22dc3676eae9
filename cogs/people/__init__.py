"""People: their own settings."""

from cogs.interactions.desk import Bot, desk_of

from . import preferences


async def setup(bot: Bot) -> None:
    """Load the area."""
    await bot.add_cog(preferences.PreferenceCommands())
    desk_of(bot).routes.include(preferences.routes)
