"""Issues: proposing and reading them, their cards, and the reasons given on them."""

from discord.ext.commands import Bot

from cogs.custom_ids import AMEND, AMEND_FORM, PROPOSE_AGAIN, PROPOSE_FORM
from cogs.interactions.desk import desk_of

from .buttons import OpenReasons, Propose, ProposeAgain, ProposeAnyway, ReadAll, TurnIssues, TurnReasons
from .commands import Issues, Proposals
from .editing import AmendAgain, Second, ShowAgain, submitted_amendment
from .proposing import submitted


async def setup(bot: Bot) -> None:
    """Load the area."""
    await bot.add_cog(Proposals())
    await bot.add_cog(Issues())
    desk_of(bot).items.add(OpenReasons, Propose, ProposeAgain, ProposeAnyway, ReadAll, TurnIssues, TurnReasons)
    desk_of(bot).items.add(Second, ShowAgain, AmendAgain)
    desk_of(bot).forms.add(PROPOSE_FORM, submitted, again=PROPOSE_AGAIN)
    desk_of(bot).forms.add(AMEND_FORM, submitted_amendment, again=AMEND)
