"""Rounds: the chairs' commands, the round's message, its result, reminders and notices."""

from discord.ext.commands import Bot

from cogs.interactions.desk import desk_of

from .buttons import ConfirmCancel, ConfirmClose, ReadRound
from .commands import Rounds
from .roll_call import AnswerRollCall


async def setup(bot: Bot) -> None:
    """Load the area."""
    await bot.add_cog(Rounds())
    desk_of(bot).items.add(ConfirmClose, ConfirmCancel, ReadRound, AnswerRollCall)
