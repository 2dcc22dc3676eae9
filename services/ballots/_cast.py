"""A ballot as it comes from a button or a form, not yet decided."""

from dataclasses import dataclass

from deliberation.categories import Position
from deliberation.councils import Actor
from deliberation.ids import IssueId, RoundId, SeatId


@dataclass(frozen=True, slots=True)
class Cast:
    """A ballot as a member casts it. `version`: that of the text the member was shown. `position` None withdraws the
    ballot.

    `reason`: None for a tap, which gives none; otherwise what the form sent, "" if it was left empty. `seat`: the seat
    that the member votes for; None for the only one they hold.
    """

    round: RoundId
    issue: IssueId
    version: int
    position: Position | None
    actor: Actor
    reason: str | None = None
    seat: SeatId | None = None
