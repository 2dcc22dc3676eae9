"""The buttons and the form of `/issue second|amend|hide`."""

from collections.abc import Mapping

import discord
from discord import ui

from cogs.custom_ids.issues import AmendIssue, AmendmentForm, SecondIssue, ShowAgain
from cogs.interactions.request import Request
from cogs.interactions.routes import Routes
from cogs.interactions.tap import Sent, Tap
from cogs.showing import parts
from cogs.showing.localizer import Localizer
from cogs.showing.panels import panel
from deliberation.ids import ChannelId
from deliberation.texts import IssueText
from services.issues import CardView, SecondReceipt

from .form import text_form
from .lines import name_of

routes = Routes()


@routes.button(SecondIssue)
async def second(tap: Tap[SecondIssue]) -> None:
    """`Second` on a card that lacks seconds."""
    card = await tap.services.issues.card(tap.id.issue)
    receipt = await tap.services.editing.second(card.council.channel, tap.actor, card.issue.number, tap.id.seat)
    await tap.reply(render_seconded(receipt, tap.say))


@routes.button(ShowAgain, for_chairs=True)
async def show_again(tap: Tap[ShowAgain]) -> None:
    """Puts a hidden issue under discussion again."""
    card = await tap.services.issues.card(tap.id.issue)
    shown = await tap.services.editing.show_again(card.council.channel, tap.actor, card.issue.number)
    await tap.reply(panel(tap.say.text("issues.shown.receipt", issue=name_of(shown.issue))), edit=True)


@routes.button(AmendIssue, opens_form=True)
async def amend_again(tap: Tap[AmendIssue]) -> None:
    """Opens the form with what was typed before."""
    card = await tap.services.issues.card(tap.id.issue)
    await open_amendment(tap, card.council.channel, card.issue.number)


@routes.form(AmendmentForm, again=lambda form: AmendIssue(issue=form.issue))
async def amend(tap: Sent[AmendmentForm]) -> None:
    """Takes what the form brought."""
    card = await tap.services.issues.card(tap.id.issue)
    view = await tap.services.editing.amend(
        card.council.channel,
        tap.actor,
        card.issue.number,
        title=tap.entered("title"),
        action=tap.entered("action"),
        why=tap.entered("why"),
    )
    await tap.reply(_render_amended(view, tap.say, before=card.issue.version))


async def open_amendment(request: Request, channel: ChannelId, number: int) -> None:
    """Open the form with the issue's text, or with a refused amendment of it."""
    issue, text = await request.services.editing.amendable(channel, request.actor, number)
    typed = _fields(text) if isinstance(text, IssueText) else text.fields
    title = request.say.text("issues.amend.title", number=number)
    form = text_form(str(AmendmentForm(issue=issue.id)), title, request.say, typed=typed)
    await request.open_form(form, again=AmendIssue(issue=issue.id))


def render_seconded(receipt: SecondReceipt, say: Localizer) -> ui.LayoutView:
    """How many seconds the issue has, and how many are still needed."""
    missing = receipt.issue.lacks_seconders(receipt.needed)
    name = name_of(receipt.issue)
    if not missing:
        return panel(say.text("issues.seconded.enough", issue=name))
    return panel(say.plural("issues.seconded", missing, issue=name))


def second_button(view: CardView, say: Localizer) -> parts.Button | None:
    """`Second`, with how many are missing; None where none are."""
    missing = view.issue.lacks_seconders(view.council.rules.seconders)
    if not missing:
        return None
    return parts.Button(
        style=discord.ButtonStyle.primary,
        label=say.plural("issues.button.second", missing),
        custom_id=str(SecondIssue(issue=view.issue.id)),
    )


def _render_amended(view: CardView, say: Localizer, *, before: int) -> ui.LayoutView:
    if view.issue.version == before:
        return panel(say.text("issues.amended.same", issue=name_of(view.issue)))
    return panel(say.text("issues.amended", issue=name_of(view.issue), version=view.issue.version))


def _fields(text: IssueText) -> Mapping[str, str]:
    return {"title": text.title, "action": text.action, "why": text.why}
