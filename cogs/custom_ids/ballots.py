"""Ids of what votes and what gives a reason. What votes carries the text's version: a stale one cannot vote."""

from deliberation.categories import Position
from deliberation.ids import IssueId, RoundId, SeatId

from .grammar import CustomId


class CastBallot(CustomId, noun="ballot"):
    """Votes."""

    round: RoundId
    issue: IssueId
    version: int
    position: Position
    seat: SeatId | None = None


class WriteReason(CustomId, noun="reason"):
    """Opens the form for a ballot's reason."""

    round: RoundId
    issue: IssueId
    version: int
    position: Position
    seat: SeatId | None = None


class ReasonForm(CustomId, noun="reason-form"):
    """Votes, with the reason that was typed."""

    round: RoundId
    issue: IssueId
    version: int
    position: Position
    seat: SeatId | None = None


class WithdrawBallot(CustomId, noun="unvote"):
    """Takes a ballot back."""

    round: RoundId
    issue: IssueId
    version: int
    seat: SeatId | None = None


class OpenBallot(CustomId, noun="ballot-of"):
    """Opens one issue's ballot."""

    round: RoundId
    issue: IssueId
    seat: SeatId | None = None


class OpenDocket(CustomId, noun="docket"):
    """Opens the member's own docket."""

    round: RoundId
    seat: SeatId | None = None


class PickIssue(CustomId, noun="pick"):
    """A docket's menu of issues."""

    round: RoundId
    seat: SeatId | None = None


class DebateReason(CustomId, noun="give-reason"):
    """Opens the form for a reason without a ballot."""

    round: RoundId
    issue: IssueId
    seat: SeatId | None = None


class DebateReasonForm(CustomId, noun="give-reason-form"):
    """Gives that reason."""

    round: RoundId
    issue: IssueId
    seat: SeatId | None = None


class ShowReasons(CustomId, noun="reasons"):
    """Shows a page of an issue's reasons in a message of their own."""

    issue: IssueId
    page: int


class TurnReasons(CustomId, noun="reasons-turn"):
    """To another page of the reasons, in the same message."""

    issue: IssueId
    page: int
