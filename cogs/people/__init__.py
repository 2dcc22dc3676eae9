"""People: their own settings."""

from discord.ext.commands import Bot

from cogs.interactions.desk import desk_of

from .preferences import ChoosePreference, PreferenceCommands


async def setup(bot: Bot) -> None:
    """Load the area."""
    await bot.add_cog(PreferenceCommands())
    desk_of(bot).items.add(ChoosePreference)
