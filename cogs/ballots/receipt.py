"""The receipt of a ballot: what was recorded, for which seat, until when it can be changed, and what comes next."""

from discord import ButtonStyle

from cogs.ballot_buttons import ballot_row
from cogs.custom_ids import BALLOT_OF, DOCKET, REASON, UNVOTE
from cogs.drawing import Component, Drawing, box, button, row, text
from cogs.formatting import moment, plain, shorten
from cogs.localizer import Localizer
from cogs.rulings import abstaining_sentence
from cogs.words import member_words, position_words
from deliberation.categories import Position
from deliberation.ids import SeatId
from services.views import BallotReceipt, CardView

from .ballot import ballot_box

TITLE_SHOWN = 120
REASON_SHOWN = 240
BUTTON_LIMIT = 80


def render_receipt(
    receipt: BallotReceipt, say: Localizer, *, following: CardView | None = None, seat: SeatId | None = None
) -> Drawing:
    """What was recorded and what can still be done about it.

    `following` is the next issue's ballot, which then stands right below, so that voting goes on with one tap each;
    without it a button leads there. `seat`: for which a member with several voted.
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
        parts.append(row(*_changes(receipt, receipt.position, say, seat)))
    if lead_on and (onward := _onward(receipt, say, seat)) is not None:
        parts.append(row(onward))
    return box(*parts)


def _lines(receipt: BallotReceipt, say: Localizer) -> list[str]:
    entry = receipt.entry
    until = moment(receipt.round.closes_at)
    issue = f"**#{entry.number} {plain(entry.title, TITLE_SHOWN)}**"
    seat = plain(receipt.seat.name, 80)
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


def _changes(receipt: BallotReceipt, position: Position, say: Localizer, seat: SeatId | None) -> list[Component]:
    entry, round_id = receipt.entry, receipt.round.id
    reason = REASON.build(round=round_id, issue=entry.issue, version=entry.version, position=position.value, seat=seat)
    unvote = UNVOTE.build(round=round_id, issue=entry.issue, version=entry.version, seat=seat)
    label = say.text("receipt.change_reason") if receipt.reason else say.text("receipt.add_reason")
    return [button(label, reason), button(say.text("receipt.withdraw"), unvote)]


def _onward(receipt: BallotReceipt, say: Localizer, seat: SeatId | None) -> Component | None:
    """The way to the next issue without a ballot; to the whole docket where there is none and it was the last."""
    if receipt.next is not None:
        label = say.text("receipt.next", number=receipt.next.number, title=receipt.next.title)
        following = BALLOT_OF.build(round=receipt.round.id, issue=receipt.next.issue, seat=seat)
        return button(shorten(label, BUTTON_LIMIT), following, style=ButtonStyle.primary)
    if receipt.position is None:
        return None
    return button(say.text("receipt.docket"), DOCKET.build(round=receipt.round.id, seat=seat))
