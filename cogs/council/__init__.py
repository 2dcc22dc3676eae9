"""The council as a whole: founding one in a channel, and looking at it."""

from discord.ext.commands import Bot

from cogs.custom_ids import SETUP_AGAIN, SETUP_FORM
from cogs.desk import desk_of

from .commands import CouncilCommands
from .setup import SetUpAgain, submitted


async def setup(bot: Bot) -> None:
    """Load the area."""
    await bot.add_cog(CouncilCommands())
    bot.add_dynamic_items(SetUpAgain)
    desk_of(bot).forms.add(SETUP_FORM, submitted, again=SETUP_AGAIN)
