"""Reasons: the text a seat gives for its ballot, public under the round's secrecy rule (PRODUCT §5)."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from deliberation.categories import Position
from deliberation.errors import DomainError
from deliberation.ids import IssueId, ReasonId, RoundId, SeatId


class ReasonGoesWithBallot(DomainError):
    """While voting is open, a seat that votes gives its reason with its ballot."""

    code: ClassVar[str] = "reason_goes_with_ballot"


class ReasonsTooMany(DomainError):
    """The member has given too many reasons in a short time. Parameter: `again_at`."""

    code: ClassVar[str] = "reasons_too_many"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A seat's reason for its ballot on an issue in a round. There is one, which is replaced when it is written again.

    `position`: that of the ballot for which it was given; it changes only when the reason is given again. None for a
    reason given without a ballot: in the debate before the vote, or by an observer.
    """

    id: ReasonId
    round: RoundId
    issue: IssueId
    seat: SeatId
    position: Position | None
    text: str
    given_at: datetime
