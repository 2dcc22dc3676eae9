"""Ballots: the four buttons, the reason form, a member's own docket, and the receipts."""

from discord.ext.commands import Bot

from cogs.custom_ids import GIVE_REASON, GIVE_REASON_FORM, REASON, REASON_FORM
from cogs.interactions.desk import desk_of

from .buttons import CastBallot, GiveReason, OpenBallot, OpenDocket, PickIssue, WithdrawBallot
from .casting import submitted_reason
from .commands import Ballots
from .debating import DebateReason, submitted_debate_reason


async def setup(bot: Bot) -> None:
    """Load the area."""
    await bot.add_cog(Ballots())
    desk_of(bot).items.add(CastBallot, GiveReason, WithdrawBallot, OpenBallot, OpenDocket, PickIssue)
    desk_of(bot).items.add(DebateReason)
    desk_of(bot).forms.add(REASON_FORM, submitted_reason, again=REASON)
    desk_of(bot).forms.add(GIVE_REASON_FORM, submitted_debate_reason, again=GIVE_REASON)
