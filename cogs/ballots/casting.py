"""From a tap or a sent form to the ballot service, and back to a receipt."""

from cogs.custom_ids.ballots import CastBallot, ReasonForm, WithdrawBallot, WriteReason
from cogs.interactions.request import Request
from cogs.interactions.routes import Routes
from cogs.interactions.tap import Sent, Tap
from deliberation.ids import IssueId, SeatId
from deliberation.rounds import DeadlinePassed, NotOnDocket, ReasonRequired, RoundIsOver, TextChanged
from services.ballots import BallotReceipt, Cast
from services.issues import CardView

from .form import FIELD, reason_form
from .receipt import render_receipt

_OVER = (RoundIsOver, DeadlinePassed, NotOnDocket)
"""Why the next issue's ballot may be gone a moment after this one was recorded."""

Voting = CastBallot | WriteReason | ReasonForm
"""The ids that name a whole ballot."""

routes = Routes()


def _reason_of(named: Voting) -> WriteReason:
    """What opens the form for the reason of that ballot."""
    return WriteReason(
        round=named.round, issue=named.issue, version=named.version, position=named.position, seat=named.seat
    )


@routes.button(CastBallot, opens_form=True)
async def cast_ballot(tap: Tap[CastBallot]) -> None:
    """One of the four positions: one tap votes, or opens the form where a reason is required."""
    try:
        receipt = await _cast(tap, reason=None)
    except ReasonRequired:
        await ask_reason(tap)
    else:
        await answer(tap, receipt, seat=tap.id.seat)


@routes.form(ReasonForm, again=_reason_of)
async def cast_with_reason(tap: Sent[ReasonForm]) -> None:
    """Takes what the reason form brought: the ballot and its reason, together.

    Discord opens no form in answer to a form: a reason that is still required is refused, with a button that does.
    """
    await answer(tap, await _cast(tap, reason=tap.entered(FIELD)), seat=tap.id.seat)


@routes.button(WriteReason, opens_form=True)
async def write_reason(tap: Tap[WriteReason]) -> None:
    """Opens the reason form for a position."""
    await ask_reason(tap)


@routes.button(WithdrawBallot)
async def withdraw_ballot(tap: Tap[WithdrawBallot]) -> None:
    """Takes the ballot back."""
    named = tap.id
    receipt = await tap.services.ballots.withdraw(named.round, named.issue, named.version, tap.actor, named.seat)
    await answer(tap, receipt, seat=named.seat)


async def _cast(tap: Tap[CastBallot | ReasonForm], *, reason: str | None) -> BallotReceipt:
    named = tap.id
    return await tap.services.ballots.cast(
        Cast(named.round, named.issue, named.version, named.position, tap.actor, reason, named.seat)
    )


async def ask_reason(tap: Tap[CastBallot | WriteReason]) -> None:
    """Open the reason form, holding what was typed before. An issue that cannot be voted on any more is refused now,
    before anything is typed."""
    named, ballots = tap.id, tap.services.ballots
    view = await ballots.ballot_of(named.round, named.issue, tap.actor, named.seat)
    view.issue.require_open()
    if view.issue.version != named.version:
        raise TextChanged(number=view.issue.number)
    prefill = await ballots.reason_prefill(named.round, view.issue.id, tap.actor, named.seat)
    recorded = view.ballot is not None and view.ballot.position is named.position
    form = reason_form(
        named.round, view.issue, named.position, tap.say, prefill=prefill, recorded=recorded, seat=named.seat
    )
    await tap.open_form(form, again=_reason_of(named))


async def answer(
    tap: Tap[CastBallot | ReasonForm | WithdrawBallot], receipt: BallotReceipt, *, seat: SeatId | None
) -> None:
    """Show the receipt: in place where the ballot stood in an answer of the member's own, with the next ballot.

    `seat`: for which a member with several voted.
    """
    following = None
    if tap.own and receipt.next is not None and receipt.position is not None:
        following = await _next_ballot(tap, receipt, receipt.next.issue)
    await tap.reply(render_receipt(receipt, tap.say, following=following, seat=seat), edit=tap.own)


async def _next_ballot(request: Request, receipt: BallotReceipt, issue: IssueId) -> CardView | None:
    """The next issue's ballot; None where the round ended in this very moment: the receipt is what counts."""
    try:
        return await request.services.ballots.ballot_of(receipt.round.id, issue, request.actor, receipt.seat.id)
    except _OVER:
        return None
