"""The form for a reason. Nothing is recorded until it is sent, and it says so."""

import discord
from discord import ui

from cogs import limits
from cogs.custom_ids.ballots import ReasonForm
from cogs.showing import parts
from cogs.showing.formatting import shorten
from cogs.showing.localizer import Localizer
from cogs.showing.words import position_name
from deliberation.categories import Position
from deliberation.ids import RoundId, SeatId
from deliberation.issues import Issue
from deliberation.texts import REASON_LIMIT

FIELD = "reason"


def reason_form(
    round_id: RoundId,
    issue: Issue,
    position: Position,
    say: Localizer,
    *,
    prefill: str,
    recorded: bool,
    seat: SeatId | None = None,
) -> ui.Modal:
    """The form for a ballot on `issue`, holding what the member wrote last; `recorded`: that ballot stands already."""
    title = say.text("reason.form.title", number=issue.number, position=position_name(position, say))
    form = ui.Modal(
        title=shorten(title, limits.FORM_TITLE),
        custom_id=str(ReasonForm(round=round_id, issue=issue.id, version=issue.version, position=position, seat=seat)),
        timeout=None,
    )
    hint = say.text("reason.form.recorded") if recorded else say.text("reason.form.unrecorded")
    form.add_item(
        parts.Label(
            text=say.text("reason.form.label"),
            description=hint,
            component=parts.TextInput(
                custom_id=FIELD,
                style=discord.TextStyle.paragraph,
                max_length=REASON_LIMIT,
                placeholder=say.text("reason.form.placeholder"),
                default=prefill[:REASON_LIMIT] or None,
            ),
        )
    )
    form.stop()
    return form
