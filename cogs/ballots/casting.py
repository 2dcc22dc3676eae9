"""From a tap or a sent form to the ballot service, and back to a receipt."""

from typing import Any

from discord import Interaction

from cogs.custom_ids import REASON
from cogs.interactions.desk import Desk, actor_of
from cogs.interactions.forms import Fields
from cogs.interactions.guard import open_form, reply
from cogs.showing.localizer import Localizer
from deliberation.categories import Position
from deliberation.ids import IssueId, RoundId, SeatId
from deliberation.rounds import DeadlinePassed, NotOnDocket, ReasonRequired, RoundIsOver, TextChanged
from services.ballots import BallotReceipt, Cast
from services.issues import CardView

from .form import FIELD, reason_form
from .receipt import render_receipt

_OVER = (RoundIsOver, DeadlinePassed, NotOnDocket)
"""Why the next issue's ballot may be gone a moment after this one was recorded."""


async def cast(interaction: Interaction, desk: Desk, say: Localizer, ids: Any, *, reason: str | None = None) -> None:
    """Cast the ballot that the ids name; where a reason is required and none came, open the form for it."""
    ballot = Cast(
        RoundId(ids.round),
        IssueId(ids.issue),
        ids.version,
        Position(ids.position),
        actor_of(interaction),
        reason,
        ids.seat,
    )
    try:
        receipt = await desk.services.ballots.cast(ballot)
    except ReasonRequired:
        if reason is not None:
            raise  # Discord opens no form in answer to a form: a button does.
        await ask_reason(interaction, desk, say, ids)
    else:
        await answer(interaction, desk, say, receipt, seat=ids.seat)


async def submitted_reason(interaction: Interaction, desk: Desk, say: Localizer, ids: Any, fields: Fields) -> None:
    """Take what the reason form brought: the ballot and its reason, together."""
    await cast(interaction, desk, say, ids, reason=str(fields.get(FIELD, "")))


async def ask_reason(interaction: Interaction, desk: Desk, say: Localizer, ids: Any) -> None:
    """Open the reason form, holding what was typed before. An issue that cannot be voted on any more is refused now,
    before anything is typed."""
    round_id, actor, position = RoundId(ids.round), actor_of(interaction), Position(ids.position)
    view = await desk.services.ballots.ballot_of(round_id, IssueId(ids.issue), actor, ids.seat)
    view.issue.require_open()
    if view.issue.version != ids.version:
        raise TextChanged(number=view.issue.number)
    prefill = await desk.services.ballots.reason_prefill(round_id, view.issue.id, actor, ids.seat)
    recorded = view.ballot is not None and view.ballot.position is position
    form = reason_form(round_id, view.issue, position, say, prefill=prefill, recorded=recorded, seat=ids.seat)
    again = REASON.build(**ids._asdict())
    await open_form(interaction, form, say=say, again=again)


async def answer(
    interaction: Interaction, desk: Desk, say: Localizer, receipt: BallotReceipt, *, seat: SeatId | None
) -> None:
    """Show the receipt: in place where the ballot stood in an answer of the member's own, with the next ballot.

    `seat`: for which a member with several voted.
    """
    in_place = is_own(interaction)
    following = None
    if in_place and receipt.next is not None and receipt.position is not None:
        following = await _next_ballot(interaction, desk, receipt, receipt.next.issue)
    await reply(interaction, render_receipt(receipt, say, following=following, seat=seat), edit=in_place)


def is_own(interaction: Interaction) -> bool:
    """Whether the button sits on an answer that only this member sees, so that it may be redrawn for this member."""
    return interaction.message is not None and interaction.message.flags.ephemeral


async def _next_ballot(interaction: Interaction, desk: Desk, receipt: BallotReceipt, issue: IssueId) -> CardView | None:
    """The next issue's ballot; None where the round ended in this very moment: the receipt is what counts."""
    try:
        return await desk.services.ballots.ballot_of(receipt.round.id, issue, actor_of(interaction), receipt.seat.id)
    except _OVER:
        return None
