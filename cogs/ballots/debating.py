"""Giving a reason without a ballot: in the debate before the vote, and as an observer."""

import discord
from discord import ui

from cogs import limits
from cogs.custom_ids.ballots import DebateReason, DebateReasonForm
from cogs.interactions.routes import Routes
from cogs.interactions.tap import Sent, Tap
from cogs.showing import parts
from cogs.showing.formatting import shorten
from cogs.showing.panels import panel
from deliberation.rules import Secrecy
from deliberation.texts import REASON_LIMIT

from .form import FIELD

routes = Routes()


@routes.button(DebateReason, opens_form=True)
async def ask_debate_reason(tap: Tap[DebateReason]) -> None:
    """Opens the form for a reason without a ballot, holding what was typed before."""
    named, say = tap.id, tap.say
    card = await tap.services.issues.card(named.issue)
    prefill = await tap.services.ballots.reason_prefill(named.round, card.issue.id, tap.actor, named.seat)
    form = ui.Modal(
        title=shorten(say.text("debate.form.title", number=card.issue.number), limits.FORM_TITLE),
        custom_id=str(DebateReasonForm(round=named.round, issue=named.issue, seat=named.seat)),
        timeout=None,
    )
    typed = parts.TextInput(
        custom_id=FIELD,
        style=discord.TextStyle.paragraph,
        max_length=REASON_LIMIT,
        default=prefill[:REASON_LIMIT] or None,
    )
    secret = card.round is not None and card.round.rules.secrecy is Secrecy.SECRET
    hint = say.text("debate.form.hint.secret") if secret else say.text("debate.form.hint")
    form.add_item(parts.Label(text=say.text("reason.form.label"), description=hint, component=typed))
    await tap.open_form(form, again=named)


@routes.form(DebateReasonForm, again=lambda form: DebateReason(round=form.round, issue=form.issue, seat=form.seat))
async def give_debate_reason(tap: Sent[DebateReasonForm]) -> None:
    """Takes what the form brought."""
    view = await tap.services.reasons.give(tap.id.round, tap.id.issue, tap.actor, tap.entered(FIELD), tap.id.seat)
    await tap.reply(panel(tap.say.text("debate.given", number=view.issue.number)))
