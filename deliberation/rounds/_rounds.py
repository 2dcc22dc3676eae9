"""Rounds: timed voting periods over a docket, and what a ballot must meet to be admitted (PRODUCT §3, §5).

A deadline is a promise: `Round.require_accepting` is called inside the transaction that stores the ballot, with an
instant that is read after the round was locked.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from deliberation.categories import Position
from deliberation.errors import DomainError
from deliberation.ids import CouncilId, IssueId, RoundId, SeatId
from deliberation.rules import Rules, Secrecy, SecretNeedsEquality
from deliberation.seats import Seat, SeatKind


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


class DebateUnderWay(DomainError):
    """The docket is still being discussed; voting has not begun. Parameters: `number`, `opens_at`."""

    code: ClassVar[str] = "debate_under_way"


class RoundPaused(DomainError):
    """A chair has paused the round: nothing is voted on or closed until it is resumed. Parameter: `number`."""

    code: ClassVar[str] = "round_paused"


class RoundNotPaused(DomainError):
    """Only a paused round can be resumed. Parameter: `number`."""

    code: ClassVar[str] = "round_not_paused"


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
    """The seat was given out after the round had opened; it votes from the next one on. Parameters: `seat`,
    `number`."""

    code: ClassVar[str] = "not_entitled"


class ReasonRequired(DomainError):
    """The rules ask for a reason with every ballot except an abstention."""

    code: ClassVar[str] = "reason_required"


class NobodyEntitled(DomainError):
    """No seat could vote, and none can be taken."""

    code: ClassVar[str] = "nobody_entitled"


class CastBefore(DomainError):
    """The seat voted on the issue, or gave its reason, before the member came to it: that stands in this round.
    Parameters: `seat` (its name), `number` (the issue's)."""

    code: ClassVar[str] = "cast_before"


class NoBallot(DomainError):
    """There is no ballot of this seat to withdraw. Parameter: `number` (the issue's)."""

    code: ClassVar[str] = "no_ballot"


class RoundStatus(StrEnum):
    """Where a round is in its life."""

    DEBATE = "debate"
    OPEN = "open"
    PAUSED = "paused"
    CLOSING = "closing"
    CLOSED = "closed"
    CANCELLED = "cancelled"


RUNNING = (RoundStatus.DEBATE, RoundStatus.OPEN, RoundStatus.PAUSED, RoundStatus.CLOSING)
"""A council has at most one round in one of these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """A timed voting period with the rules frozen when voting opened.

    `opened_at`: when voting opened; during the debate before it, when it will open. `scheduled`: opened by the
    council's schedule. `ended_early`: a chair closed it, or everybody had voted; `closes_at` is that instant.
    `paused_at`: since when it has been paused. `extended`: it was prolonged because a quorum was missing, which happens
    once.
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
    paused_at: datetime | None = None
    extended: bool = False

    @property
    def is_running(self) -> bool:
        """Whether it is not over: in debate, open, paused or closing."""
        return self.status in RUNNING

    @property
    def is_secret(self) -> bool:
        """Whether nobody is ever shown which seat cast which ballot."""
        return self.rules.secrecy is Secrecy.SECRET

    @property
    def hides_positions(self) -> bool:
        """Whether nothing derived from positions may be shown: under secrecy until the close, which a cancelled round
        never reaches."""
        return self.rules.secrecy is not Secrecy.OPEN and self.status is not RoundStatus.CLOSED

    def accepts(self, now: datetime) -> bool:
        """Whether a ballot stored at `now` counts: the round is open and the deadline is still ahead."""
        return self.status is RoundStatus.OPEN and now < self.closes_at

    def may_join(self, seat: Seat) -> bool:
        """Whether a seat is entitled from its first ballot on although it was not when voting opened. Open seating
        admits members who have since taken a seat of their own, with a weight of one and no veto. What a chair gives a
        seat has to wait for the next round."""
        if not self.rules.open_seating or seat.kind is not SeatKind.PERSON or seat.observer:
            return False
        return seat.since >= self.opened_at and seat.weight == 1 and not seat.veto

    def require_running(self) -> None:
        """Raises RoundIsOver where the round is closing, closed or cancelled."""
        if self.status not in (RoundStatus.DEBATE, RoundStatus.OPEN, RoundStatus.PAUSED):
            raise RoundIsOver(number=self.number, status=self.status.value)

    def require_unfinished(self, now: datetime) -> None:
        """Raises RoundIsOver or DeadlinePassed unless the round's deadline is still ahead; a paused round has none."""
        if self.status in (RoundStatus.OPEN, RoundStatus.CLOSING) and now >= self.closes_at:
            raise DeadlinePassed(number=self.number, closes_at=self.closes_at)
        self.require_running()

    def require_closable(self) -> None:
        """Raises DebateUnderWay, RoundPaused or RoundIsOver where a chair cannot close the round now."""
        if self.status is RoundStatus.DEBATE:
            raise DebateUnderWay(number=self.number, opens_at=self.opened_at)
        if self.status is RoundStatus.PAUSED:
            raise RoundPaused(number=self.number)
        if self.status is not RoundStatus.OPEN:
            raise RoundIsOver(number=self.number, status=self.status.value)

    def paused(self, now: datetime) -> "Round":
        """The round as a chair pauses it at `now`. Raises as `require_accepting`."""
        self.require_accepting(now)
        return replace(self, status=RoundStatus.PAUSED, paused_at=now)

    def resumed(self, now: datetime) -> "Round":
        """The round as a chair resumes it at `now`, with the time that it had left (PRODUCT §3). Raises RoundIsOver or
        RoundNotPaused."""
        self.require_running()
        if self.status is not RoundStatus.PAUSED or self.paused_at is None:
            raise RoundNotPaused(number=self.number)
        return replace(self, status=RoundStatus.OPEN, closes_at=now + (self.closes_at - self.paused_at), paused_at=None)

    def may_be_extended(self, now: datetime) -> bool:
        """Whether a round that is inquorate at its deadline is prolonged automatically: once, by the length in the
        rules, counted from the original deadline, unless the new deadline has passed too. A round that was ended early
        is not."""
        if self.rules.extension is None or self.extended or self.ended_early:
            return False
        return now < self.closes_at + self.rules.extension

    def require_accepting(self, now: datetime) -> None:
        """Raises DebateUnderWay, RoundPaused, DeadlinePassed or RoundIsOver where no ballot is accepted at `now`."""
        if self.status is RoundStatus.DEBATE:
            raise DebateUnderWay(number=self.number, opens_at=self.opened_at)
        if self.status is RoundStatus.PAUSED:
            raise RoundPaused(number=self.number)
        if self.status in (RoundStatus.OPEN, RoundStatus.CLOSING) and now >= self.closes_at:
            raise DeadlinePassed(number=self.number, closes_at=self.closes_at)
        if self.status is not RoundStatus.OPEN:
            raise RoundIsOver(number=self.number, status=self.status.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocketEntry:
    """An issue on a round's docket, as it was when voting opened. `number` is the issue's; `withdrawn`: it has since
    been withdrawn, merged or hidden."""

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
    """A seat's position on an issue in a round, as it stands. `version`: that of the text it was cast on; `proxy`: the
    seat whose ballot it got at the close, where it had cast none itself."""

    round: RoundId
    issue: IssueId
    seat: SeatId
    position: Position
    version: int
    cast_at: datetime
    proxy: SeatId | None = None


def require_equality(rules: Rules, seats: Sequence[Seat]) -> None:
    """Raises SecretNeedsEquality where ballots are secret and a seat's weight or veto would reveal its ballot."""
    if rules.secrecy is not Secrecy.SECRET:
        return
    weights = {seat.weight for seat in seats if seat.votes}
    if rules.open_seating:
        weights.add(1)
    if len(weights) > 1 or any(seat.veto for seat in seats):
        raise SecretNeedsEquality
