"""A card or round message that showed something stale when it was tapped is redrawn."""

from collections.abc import Iterator
from typing import Any

import discord

from cogs.custom_ids import PREFIX, templates
from deliberation.ids import ChannelId
from services.ports import PostKind

from .desk import Desk

_KINDS = {"issue": PostKind.CARD, "round": PostKind.ROUND}


async def refresh_message(interaction: discord.Interaction[Any], desk: Desk, channel: ChannelId) -> bool:
    """Ask for a redraw of the message that was tapped. False where it is none of the council's cards or rounds."""
    message = interaction.message
    if message is None:
        return False
    council = await desk.services.councils.find_in(channel)
    if council is None:
        return False
    for kind, subject in _subjects(message):
        posted = await desk.services.posts.message(kind, subject)
        if posted is not None and posted.message == message.id:
            await desk.services.posts.redraw(council.id, kind, subject)
            return True
    return False


def _subjects(message: discord.Message) -> Iterator[tuple[PostKind, int]]:
    """The issues and rounds that the ids in a message speak of, each once, in any grammar that kept a noun's fields."""
    fields = {template.noun: [name for name, _ in template.fields] for template in templates()}
    seen: set[tuple[PostKind, int]] = set()
    for custom_id in _custom_ids(message.components):
        prefix, _, rest = custom_id.partition(":")
        _, noun, *values = rest.split(":") if prefix == PREFIX and rest.count(":") else ("", "")
        for name, value in zip(fields.get(noun, ()), values, strict=False):
            if name in _KINDS and value.isascii() and value.isdigit() and len(value) < 19:
                subject = (_KINDS[name], int(value))
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
