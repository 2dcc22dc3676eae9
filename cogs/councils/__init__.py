"""The council as a whole: founding one in a channel, and looking at it."""

from discord.ext.commands import Bot

from cogs.custom_ids import RULES_EDIT, RULES_FORM, SETUP_AGAIN, SETUP_FORM
from cogs.interactions.desk import desk_of

from .closing import ConfirmClose
from .commands import CouncilCommands
from .rules import ApplyPreset, EditRules, ShowRules, submitted_rules
from .setup import SetUpAgain, submitted


async def setup(bot: Bot) -> None:
    """Load the area."""
    await bot.add_cog(CouncilCommands())
    desk_of(bot).items.add(SetUpAgain, ShowRules, EditRules, ApplyPreset, ConfirmClose)
    desk_of(bot).forms.add(SETUP_FORM, submitted, again=SETUP_AGAIN)
    desk_of(bot).forms.add(RULES_FORM, submitted_rules, again=RULES_EDIT, for_chairs=True)
