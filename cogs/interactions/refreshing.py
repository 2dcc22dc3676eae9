"""A card or round message that showed something stale when it was tapped is redrawn."""

from collections.abc import Iterator
from typing import Any

import discord

from cogs.custom_ids import kinds
from cogs.custom_ids.grammar import noun_of, values_in
from deliberation.ids import IssueId, RoundId
from services.ports import PostKind

from .context import context_of
from .request import channel_of

_SHOWN = {IssueId: PostKind.CARD, RoundId: PostKind.ROUND}


async def refresh_message(interaction: discord.Interaction[Any]) -> bool:
    """Ask for a redraw of the message that was tapped. False where it is none of the council's cards or rounds."""
    message, services = interaction.message, context_of(interaction).services
    if message is None:
        return False
    council = await services.councils.find_in(channel_of(interaction))
    if council is None:
        return False
    for kind, subject in _subjects(message):
        posted = await services.posts.message(kind, subject)
        if posted is not None and posted.message == message.id:
            await services.posts.redraw(council.id, kind, subject)
            return True
    return False


def _subjects(message: discord.Message) -> Iterator[tuple[PostKind, int]]:
    """The issues and rounds that the ids in a message speak of, each once, in any grammar that kept a noun's fields."""
    by_noun = {kind.noun: kind for kind in kinds()}
    seen: set[tuple[PostKind, int]] = set()
    for custom_id in _custom_ids(message.components):
        kind = by_noun.get(noun_of(custom_id))
        for field, value in values_in(custom_id, kind) if kind is not None else ():
            if field.type in _SHOWN and value.isascii() and value.isdigit() and len(value) < 19:
                subject = (_SHOWN[field.type], int(value))
                if subject not in seen:
                    seen.add(subject)
                    yield subject


def _custom_ids(components: Any) -> Iterator[str]:
    for component in components:
        if custom_id := getattr(component, "custom_id", None):
            yield custom_id
        yield from _custom_ids(getattr(component, "children", ()))
        if accessory := getattr(component, "accessory", None):
            yield from _custom_ids([accessory])
