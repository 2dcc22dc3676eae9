"""What the services return when a ballot was cast, or a proxy given."""

from dataclasses import dataclass

from deliberation.categories import Position
from deliberation.councils import Council
from deliberation.ids import PersonId
from deliberation.issues import Issue
from deliberation.rounds import DocketEntry, Round
from deliberation.seats import Seat


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotReceipt:
    """What was recorded. It is durable when this is returned.

    `position` is None where the ballot was withdrawn; `previous`: the position that it replaced; `repeated`: the same
    ballot stood already; `previous_by`: the other holder of the seat who had cast it; `seat_taken`: the seat was taken
    with this ballot. `next`: the first other issue on the docket that still lacks the seat's ballot; `remaining`: how
    many issues lack it.
    """

    council: Council
    round: Round
    entry: DocketEntry
    seat: Seat
    position: Position | None
    previous: Position | None
    previous_by: PersonId | None
    reason: str | None
    repeated: bool
    seat_taken: bool
    next: DocketEntry | None
    remaining: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProxyReceipt:
    """A proxy given or ended: from `seat` to `proxy`, for `issue`, or (None) for a round: the running one, else the
    next."""

    council: Council
    seat: Seat
    proxy: Seat
    issue: Issue | None
    round: Round | None
