"""Making a list of issues fit one message: the same text with less and less detail, until it does."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from discord import MessageReference

from cogs import limits
from deliberation.councils import Council
from services.ports import Message

Detail = TypeVar("Detail")

BUDGET = limits.TEXT - 100
"""Characters of text in one message: some are left for Discord's own way of counting."""


def fitted(draw: Callable[[Detail], list[str]], details: Sequence[Detail], *, budget: int = BUDGET) -> list[str]:
    """What `draw` makes with the first of `details` that stays within `budget` characters, else with the last."""
    drawn: list[str] = []
    for detail in details:
        drawn = draw(detail)
        if sum(len(part) + 1 for part in drawn) <= budget:
            return drawn
    return drawn


def link_to(message: Message, council: Council) -> str:
    """The address of a message of the bot."""
    return MessageReference(guild_id=council.guild, channel_id=message.channel, message_id=message.message).jump_url
