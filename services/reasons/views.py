"""What the services return about reasons for and against an issue."""

from dataclasses import dataclass

from deliberation.ballots.reasons import Reason
from deliberation.councils import Council
from deliberation.issues import Issue
from deliberation.rounds import Round


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatReason:
    """A reason with the name of the seat that gave it (None under secrecy) and the number of its round."""

    reason: Reason
    seat_name: str | None
    round_number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonsView:
    """The reasons on an issue, the newest round first. `sealed`: those of the open round are hidden until its close."""

    council: Council
    issue: Issue
    reasons: tuple[SeatReason, ...]
    sealed: Round | None = None
