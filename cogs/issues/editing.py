"""`/issue second|amend|merge|hide`, with their forms and buttons."""

from collections.abc import Mapping
from typing import Any

import discord
from discord import Interaction, app_commands, ui
from discord.ext import commands

from cogs.custom_ids import AMEND, AMEND_FORM, SECOND, SHOW_AGAIN
from cogs.interactions.admission import FOR_CHAIRS, FOR_SEATS
from cogs.interactions.desk import Desk, actor_of, channel_of, desk_of, localizer_for
from cogs.interactions.forms import Fields
from cogs.interactions.guard import OPENS_FORM, GuardedButton, open_form, reply
from cogs.options.issue import number_meant, suggest_issue
from cogs.options.seat import own_seat_meant, suggest_own_seat
from cogs.showing.localizer import Localizer
from cogs.showing.panels import panel
from deliberation.ids import ChannelId, IssueId
from deliberation.texts import IssueText
from services.issues import CardView, SecondReceipt

from .form import text_form
from .lines import name_of


class Editing(commands.GroupCog):
    """What may be done to an issue between its votes."""

    @app_commands.command(extras=FOR_SEATS)
    @app_commands.autocomplete(issue=suggest_issue, seat=suggest_own_seat)
    async def second(self, interaction: Interaction, issue: str, seat: str | None = None) -> None:
        """Second an issue that lacks seconds."""
        desk, channel, say = desk_of(interaction), channel_of(interaction), await localizer_for(interaction)
        number, own = await number_meant(desk, channel, issue), await own_seat_meant(desk, channel, seat)
        receipt = await desk.services.editing.second(channel, actor_of(interaction), number, own)
        await reply(interaction, render_seconded(receipt, say))

    @app_commands.command(extras=OPENS_FORM)
    @app_commands.autocomplete(issue=suggest_issue)
    async def amend(self, interaction: Interaction, issue: str) -> None:
        """Open the form with an issue's text."""
        desk, channel, say = desk_of(interaction), channel_of(interaction), await localizer_for(interaction)
        await _open_amendment(interaction, desk, say, channel, await number_meant(desk, channel, issue))

    @app_commands.command(extras=FOR_CHAIRS)
    @app_commands.autocomplete(issue=suggest_issue, into=suggest_issue)
    async def merge(self, interaction: Interaction, issue: str, into: str) -> None:
        """Merge a duplicate into another issue."""
        desk, channel, say = desk_of(interaction), channel_of(interaction), await localizer_for(interaction)
        number, other = await number_meant(desk, channel, issue), await number_meant(desk, channel, into)
        view = await desk.services.editing.merge(channel, actor_of(interaction), number, into=other)
        await reply(interaction, panel(say.text("issues.merged.receipt", issue=name_of(view.issue), into=other)))

    @app_commands.command(extras=FOR_CHAIRS)
    @app_commands.autocomplete(issue=suggest_issue)
    async def hide(self, interaction: Interaction, issue: str, why: str = "", lift: bool = False) -> None:
        """Hide what breaks the server's rules, with a public note of why, or no longer."""
        desk, channel, say = desk_of(interaction), channel_of(interaction), await localizer_for(interaction)
        number = await number_meant(desk, channel, issue)
        if lift:
            shown = await desk.services.editing.show_again(channel, actor_of(interaction), number)
            await reply(interaction, panel(say.text("issues.shown.receipt", issue=name_of(shown.issue))))
            return
        view = await desk.services.editing.hide(channel, actor_of(interaction), number, note=why)
        show = ui.Button(label=say.text("issues.button.show_again"), custom_id=SHOW_AGAIN.build(issue=view.issue.id))
        await reply(interaction, panel(say.text("issues.hidden.receipt", number=number), rows=[[show]]))


class Second(GuardedButton, template=SECOND):
    """`Second` on a card that lacks seconds."""

    async def act(self, interaction: Interaction, desk: Desk, say: Localizer, ids: Any) -> None:
        card = await desk.services.issues.card(IssueId(ids.issue))
        receipt = await desk.services.editing.second(
            card.council.channel, actor_of(interaction), card.issue.number, ids.seat
        )
        await reply(interaction, render_seconded(receipt, say))


class ShowAgain(GuardedButton, template=SHOW_AGAIN):
    """Puts a hidden issue under discussion again."""

    for_chairs = True

    async def act(self, interaction: Interaction, desk: Desk, say: Localizer, ids: Any) -> None:
        card = await desk.services.issues.card(IssueId(ids.issue))
        shown = await desk.services.editing.show_again(card.council.channel, actor_of(interaction), card.issue.number)
        await reply(interaction, panel(say.text("issues.shown.receipt", issue=name_of(shown.issue))), edit=True)


class AmendAgain(GuardedButton, template=AMEND):
    """Opens the form with what was typed before."""

    opens_form = True

    async def act(self, interaction: Interaction, desk: Desk, say: Localizer, ids: Any) -> None:
        card = await desk.services.issues.card(IssueId(ids.issue))
        await _open_amendment(interaction, desk, say, card.council.channel, card.issue.number)


async def _open_amendment(
    interaction: Interaction, desk: Desk, say: Localizer, channel: ChannelId, number: int
) -> None:
    issue, text = await desk.services.editing.amendable(channel, actor_of(interaction), number)
    typed = _fields(text) if isinstance(text, IssueText) else text.fields
    title = say.text("issues.amend.title", number=number)
    form = text_form(AMEND_FORM.build(issue=issue.id), title, say, typed=typed)
    await open_form(interaction, form, say=say, again=AMEND.build(issue=issue.id))


async def submitted_amendment(interaction: Interaction, desk: Desk, say: Localizer, ids: Any, fields: Fields) -> None:
    """Take what the form brought."""
    card = await desk.services.issues.card(IssueId(ids.issue))
    view = await desk.services.editing.amend(
        card.council.channel,
        actor_of(interaction),
        card.issue.number,
        title=str(fields.get("title", "")),
        action=str(fields.get("action", "")),
        why=str(fields.get("why", "")),
    )
    await reply(interaction, _render_amended(view, say, before=card.issue.version))


def render_seconded(receipt: SecondReceipt, say: Localizer) -> ui.LayoutView:
    """How many seconds the issue has, and how many are still needed."""
    missing = receipt.issue.lacks_seconds(receipt.needed)
    name = name_of(receipt.issue)
    if not missing:
        return panel(say.text("issues.seconded.enough", issue=name))
    return panel(say.plural("issues.seconded", missing, issue=name))


def second_button(view: CardView, say: Localizer) -> ui.Button | None:
    """`Second`, with how many are missing; None where none are."""
    missing = view.issue.lacks_seconds(view.council.rules.seconds)
    if not missing:
        return None
    return ui.Button(
        style=discord.ButtonStyle.primary,
        label=say.plural("issues.button.second", missing),
        custom_id=SECOND.build(issue=view.issue.id),
    )


def _render_amended(view: CardView, say: Localizer, *, before: int) -> ui.LayoutView:
    if view.issue.version == before:
        return panel(say.text("issues.amended.same", issue=name_of(view.issue)))
    return panel(say.text("issues.amended", issue=name_of(view.issue), version=view.issue.version))


def _fields(text: IssueText) -> Mapping[str, str]:
    return {"title": text.title, "action": text.action, "why": text.why}
