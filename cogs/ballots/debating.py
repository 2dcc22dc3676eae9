"""Giving a reason without a ballot: in the debate before the vote, and as an observer."""

from typing import Any

import discord
from discord import Interaction, ui

from cogs.custom_ids import GIVE_REASON, GIVE_REASON_FORM
from cogs.interactions.desk import Desk, actor_of
from cogs.interactions.forms import Fields
from cogs.interactions.guard import GuardedButton, open_form, reply
from cogs.showing.formatting import shorten
from cogs.showing.localizer import Localizer
from cogs.showing.panels import panel
from deliberation.ids import IssueId, RoundId
from deliberation.rules import Secrecy
from deliberation.texts import REASON_LIMIT

from .form import FIELD, TITLE_LIMIT


class DebateReason(GuardedButton, template=GIVE_REASON):
    """Opens the form for a reason without a ballot, holding what was typed before."""

    opens_form = True

    async def act(self, interaction: Interaction, desk: Desk, say: Localizer, ids: Any) -> None:
        card = await desk.services.issues.card(IssueId(ids.issue))
        round_id = RoundId(ids.round)
        prefill = await desk.services.ballots.reason_prefill(round_id, card.issue.id, actor_of(interaction), ids.seat)
        form = ui.Modal(
            title=shorten(say.text("debate.form.title", number=card.issue.number), TITLE_LIMIT),
            custom_id=GIVE_REASON_FORM.build(**ids._asdict()),
            timeout=None,
        )
        typed = ui.TextInput(
            custom_id=FIELD,
            style=discord.TextStyle.paragraph,
            max_length=REASON_LIMIT,
            default=prefill[:REASON_LIMIT] or None,
        )
        secret = card.round is not None and card.round.rules.secrecy is Secrecy.SECRET
        hint = say.text("debate.form.hint.secret") if secret else say.text("debate.form.hint")
        form.add_item(ui.Label(text=say.text("reason.form.label"), description=hint, component=typed))
        await open_form(interaction, form, say=say, again=GIVE_REASON.build(**ids._asdict()))


async def submitted_debate_reason(
    interaction: Interaction, desk: Desk, say: Localizer, ids: Any, fields: Fields
) -> None:
    """Take what the form brought."""
    text = str(fields.get(FIELD, ""))
    round_id, issue = RoundId(ids.round), IssueId(ids.issue)
    view = await desk.services.reasons.give(round_id, issue, actor_of(interaction), text, ids.seat)
    await reply(interaction, panel(say.text("debate.given", number=view.issue.number)))
