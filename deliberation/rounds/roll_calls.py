"""Roll calls: before a session's round, seats say that they are present (PRODUCT §3, VOTING-RULES "Status")."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from deliberation.errors import DomainError
from deliberation.ids import CouncilId, SeatId
from deliberation.seats import Seat


class NoRollCall(DomainError):
    """No roll call is under way."""

    code: ClassVar[str] = "no_roll_call"


class Presence(StrEnum):
    """What a seat answers: present, or present and voting, which may not abstain."""

    PRESENT = "present"
    VOTING = "voting"


@dataclass(frozen=True, slots=True, kw_only=True)
class RollCall:
    """A council's roll call, which lasts until its next round opens. `answers`: those of the seats that have
    answered."""

    council: CouncilId
    number: int
    called_at: datetime
    answers: Mapping[SeatId, Presence] = field(default_factory=dict[SeatId, Presence])

    def entitled(self, seats: Iterable[Seat], *, binding: bool) -> tuple[Seat, ...]:
        """The seats that vote in the round, with their right to abstain as they answered.

        `binding`: the rules leave out seats that did not answer. "Present and voting" takes away the right to abstain.
        """
        return tuple(
            replace(seat, may_abstain=False) if self.answers.get(seat.id) is Presence.VOTING else seat
            for seat in seats
            if seat.votes and (seat.id in self.answers or not binding)
        )
