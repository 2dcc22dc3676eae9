"""The receipt of a ballot: what was recorded, for which seat, until when it can be changed, and what comes next."""

from functools import lru_cache

from discord import ButtonStyle

from cogs import limits
from cogs.custom_ids.ballots import OpenBallot, OpenDocket, WithdrawBallot, WriteReason
from cogs.showing.ballot_buttons import ballot_row
from cogs.showing.drawing import Component, Drawing, box, button, row, text
from cogs.showing.formatting import moment, plain, shorten
from cogs.showing.localizer import Localizer
from cogs.showing.rules_lines import abstaining_sentence
from cogs.showing.words import member_words, position_words
from deliberation.categories import Position
from deliberation.ids import IssueId, RoundId, SeatId
from deliberation.rounds import DocketEntry
from services.ballots import BallotReceipt
from services.issues import CardView

from .ballot import ballot_box

TITLE_SHOWN = 120
REASON_SHOWN = 240
ALIKE = 1_000
"""How many rows of buttons are kept: in a rush, many receipts have the same."""


def render_receipt(
    receipt: BallotReceipt, say: Localizer, *, following: CardView | None = None, seat: SeatId | None = None
) -> Drawing:
    """What was recorded and what can still be done about it.

    `following` is the next issue's ballot, which then stands right below, so that voting goes on with one tap each;
    without it a button leads there. `seat`: for which a member with several voted, and goes on to vote.
    """
    drawn = _receipt_box(receipt, say, lead_on=following is None, seat=seat)
    if following is None:
        return Drawing(drawn)
    left = say.plural("receipt.left", receipt.remaining)
    return Drawing(drawn, ballot_box(following, say, note=left, seat=seat).to_component_dict())


def _receipt_box(receipt: BallotReceipt, say: Localizer, *, lead_on: bool, seat: SeatId | None) -> Component:
    entry = receipt.entry
    parts = [text("\n".join(_lines(receipt, say)))]
    if receipt.position is None:
        vote = ballot_row(receipt.round.id, entry.issue, entry.version, say, seat=seat)
        parts.append(vote.to_component_dict())
    else:
        given, version = bool(receipt.reason), entry.version
        parts.append(_changes(receipt.round.id, entry.issue, version, receipt.position, seat, say, given=given))
    if lead_on and receipt.next is not None:
        parts.append(_next(receipt.round.id, receipt.next, seat, say))
    elif lead_on and receipt.position is not None:  # it was the last
        parts.append(row(button(say.text("receipt.docket"), str(OpenDocket(round=receipt.round.id, seat=seat)))))
    return box(*parts)


def _lines(receipt: BallotReceipt, say: Localizer) -> list[str]:
    entry = receipt.entry
    until = moment(receipt.round.closes_at)
    issue = f"**#{entry.number} {plain(entry.title, TITLE_SHOWN)}**"
    seat = plain(receipt.seat.shown, 80)
    if receipt.position is None:
        return [
            say.text("receipt.withdrawn", issue=issue, seat=seat),
            *_cast_before(receipt, say),
            f"-# {say.text('receipt.vote_again', until=until)}",
        ]
    lines = [
        say.text("receipt.recorded", position=position_words(receipt.position, say)),
        say.text("receipt.where", issue=issue, seat=seat),
    ]
    if receipt.repeated:
        lines.append(say.text("receipt.repeated"))
    elif receipt.previous is not None and receipt.previous is not receipt.position:
        lines.append(say.text("receipt.replaces", position=position_words(receipt.previous, say)))
    lines += _cast_before(receipt, say)
    if receipt.seat_taken:
        lines.append(say.text("receipt.seat_taken", seat=seat))
    if receipt.reason:
        lines.append(say.text("receipt.reason", reason=plain(" ".join(receipt.reason.split()), REASON_SHOWN)))
    if not receipt.remaining:
        lines.append(say.text("receipt.complete"))
    if receipt.round.rules.early_close:
        lines.append(f"-# {say.text('receipt.early_close')}")
    lines.append(f"-# {say.text('receipt.until', until=until)}")
    if receipt.position is Position.ABSTAIN:
        lines.append(f"-# {abstaining_sentence(receipt.round.rules, say)}")
    return lines


def _cast_before(receipt: BallotReceipt, say: Localizer) -> list[str]:
    """Who else of the delegation had cast the ballot that stood."""
    by = receipt.previous_by
    return [] if by is None else [say.text("receipt.cast_before", member=member_words(by, say))]


@lru_cache(ALIKE)
def _changes(
    round_id: RoundId,
    issue: IssueId,
    version: int,
    position: Position,
    seat: SeatId | None,
    say: Localizer,
    *,
    given: bool,
) -> Component:
    """What can be done about the ballot. `given`: it has a reason."""
    reason = str(WriteReason(round=round_id, issue=issue, version=version, position=position, seat=seat))
    unvote = str(WithdrawBallot(round=round_id, issue=issue, version=version, seat=seat))
    label = say.text("receipt.change_reason") if given else say.text("receipt.add_reason")
    return row(button(label, reason), button(say.text("receipt.withdraw"), unvote))


@lru_cache(ALIKE)
def _next(round_id: RoundId, entry: DocketEntry, seat: SeatId | None, say: Localizer) -> Component:
    """The way to the next issue without a ballot."""
    label = say.text("receipt.next", number=entry.number, title=entry.title)
    ballot = str(OpenBallot(round=round_id, issue=entry.issue, seat=seat))
    return row(button(shorten(label, limits.BUTTON), ballot, style=ButtonStyle.primary))
