"""A reminder: who still lacks a ballot is mentioned in the channel, or written to, as each of them chose."""

import discord
from discord import ui

from cogs import limits
from cogs.custom_ids.ballots import OpenDocket
from cogs.showing import parts
from cogs.showing.formatting import plain, when
from cogs.showing.localizer import Localizer
from deliberation.ids import PersonId
from services.rounds import ReminderView

from .fitting import link_to

TITLE_SHOWN = 50


def render_reminder(view: ReminderView, say: Localizer) -> tuple[ui.LayoutView, list[PersonId]]:
    """The reminder, and whom it may mention. Nobody to mention and nothing at risk: it is a direct message, which
    names the council and leads to its channel, where a member's roles are known."""
    mention = list(view.mention[: limits.MENTIONED])
    box = parts.Container(parts.TextDisplay("\n".join(_lines(view, say, mention))))
    box.add_item(parts.ActionRow(_way(view, say, direct=_is_direct(view))))
    message = ui.LayoutView(timeout=None)
    message.add_item(box)
    message.stop()
    return message, mention


def _is_direct(view: ReminderView) -> bool:
    return not view.mention and not view.at_risk


def _lines(view: ReminderView, say: Localizer, mention: list[PersonId]) -> list[str]:
    number, left = view.round.number, when(view.round.closes_at, "R")
    if _is_direct(view):
        return [
            say.text("reminder.direct", council=plain(view.council.name, 100), number=number, left=left),
            f"-# {say.text('reminder.direct.stop')}",
        ]
    lines = [say.text("reminder.closes", number=number, left=left)]
    if mention:
        missing = say.plural("reminder.missing", len(mention), people=" ".join(f"<@{person}>" for person in mention))
        lines.append(missing)
        if further := len(view.mention) - len(mention):
            lines.append(say.plural("reminder.further", further))
    if view.at_risk:
        named = [f"**#{entry.number}** {plain(entry.title, TITLE_SHOWN)}" for entry in view.at_risk]
        lines.append(say.plural("reminder.at_risk", len(named), issues=say.list_of(named)))
    return lines


def _way(view: ReminderView, say: Localizer, *, direct: bool) -> parts.Button:
    if not direct:
        return parts.Button(
            style=discord.ButtonStyle.primary,
            label=say.text("round.vote"),
            custom_id=str(OpenDocket(round=view.round.id)),
        )
    channel = f"https://discord.com/channels/{view.council.guild}/{view.council.channel}"
    address = channel if view.message is None else link_to(view.message, view.council)
    return parts.Button(label=say.text("reminder.go"), url=address)
