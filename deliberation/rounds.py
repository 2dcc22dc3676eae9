"""Rounds: timed voting periods over a docket, and what a ballot must meet to be admitted (PRODUCT §3, §5).

A deadline is a promise: `Round.admits` is asked inside the transaction that stores the ballot, with the instant read
after the round was locked.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from .categories import Position
from .errors import DomainError
from .ids import CouncilId, IssueId, RoundId, SeatId
from .rules import Rules


class NoOpenRound(DomainError):
    """No round is open. Parameter: `next_at`: when the schedule opens one, or None."""

    code: ClassVar[str] = "no_open_round"


class RoundIsOpen(DomainError):
    """A council has one open round at a time. Parameters: `number`, `closes_at`."""

    code: ClassVar[str] = "round_is_open"


class RoundIsOver(DomainError):
    """The round was closed or cancelled, perhaps a moment ago. Parameters: `number`, `status`."""

    code: ClassVar[str] = "round_is_over"


class DeadlinePassed(DomainError):
    """The round's deadline has passed. Parameters: `number`, `closes_at`."""

    code: ClassVar[str] = "deadline_passed"


class EmptyDocket(DomainError):
    """No issue is ready for a round."""

    code: ClassVar[str] = "empty_docket"


class NotOnDocket(DomainError):
    """The issue is not on this round's docket. Parameter: `number` (the issue's)."""

    code: ClassVar[str] = "not_on_docket"


class TextChanged(DomainError):
    """The ballot was for another version of the text than the round votes on. Parameter: `number` (the issue's)."""

    code: ClassVar[str] = "text_changed"


class NotEntitled(DomainError):
    """The seat was given out after the round had opened; it votes from the next one. Parameters: `seat`, `number`."""

    code: ClassVar[str] = "not_entitled"


class ReasonRequired(DomainError):
    """The rules ask for a reason with every ballot but an abstention."""

    code: ClassVar[str] = "reason_required"


class NobodyEntitled(DomainError):
    """No seat could vote, and none can be taken."""

    code: ClassVar[str] = "nobody_entitled"


class NoBallot(DomainError):
    """There is no ballot of this seat to withdraw. Parameter: `number` (the issue's)."""

    code: ClassVar[str] = "no_ballot"


class RoundStatus(StrEnum):
    """Where a round is in its life."""

    OPEN = "open"
    CLOSING = "closing"
    CLOSED = "closed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """A timed voting period with the rules frozen when it opened.

    `scheduled`: opened by the council's schedule. `ended_early`: a chair closed it, and `closes_at` is that instant.
    """

    id: RoundId
    council: CouncilId
    number: int
    status: RoundStatus
    rules: Rules
    opened_at: datetime
    closes_at: datetime
    closed_at: datetime | None = None
    scheduled: bool = False
    ended_early: bool = False

    def accepts(self, now: datetime) -> bool:
        """Whether a ballot stored at `now` counts: the round is open and the deadline is still ahead."""
        return self.status is RoundStatus.OPEN and now < self.closes_at

    def require_accepting(self, now: datetime) -> None:
        """Raises DeadlinePassed or RoundIsOver where no ballot can be accepted at `now`."""
        if self.status in (RoundStatus.OPEN, RoundStatus.CLOSING) and now >= self.closes_at:
            raise DeadlinePassed(number=self.number, closes_at=self.closes_at)
        if self.status is not RoundStatus.OPEN:
            raise RoundIsOver(number=self.number, status=self.status.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocketEntry:
    """An issue on a round's docket, as it was when voting opened. `number` is the issue's; `withdrawn`: since then."""

    round: RoundId
    issue: IssueId
    number: int
    title: str
    version: int
    place: int
    withdrawn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Entitlement:
    """A seat's entitlement in a round, frozen when voting opened (or with its first ballot, under open seating)."""

    round: RoundId
    seat: SeatId
    weight: int = 1
    veto: bool = False
    may_abstain: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """A seat's position on an issue in a round, as it stands. `version`: the text it was cast on."""

    round: RoundId
    issue: IssueId
    seat: SeatId
    position: Position
    version: int
    cast_at: datetime
