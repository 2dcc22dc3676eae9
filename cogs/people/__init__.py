"""People: their own settings."""

from discord.ext.commands import Bot

from .preferences import ChoosePreference, PreferenceCommands


async def setup(bot: Bot) -> None:
    """Load the area."""
    await bot.add_cog(PreferenceCommands())
    bot.add_dynamic_items(ChoosePreference)
