"""People: their own settings."""

from cogs.interactions.context import Bot, context_of

from . import preferences


async def setup(bot: Bot) -> None:
    """Load the area."""
    await bot.add_cog(preferences.PreferenceCommands())
    context_of(bot).routes.include(preferences.routes)
