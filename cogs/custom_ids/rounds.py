"""Ids of what is done with rounds."""

from deliberation.ids import CouncilId, RoundId, SeatId
from deliberation.rounds.roll_calls import Presence

from .grammar import CustomId


class ReadRound(CustomId, noun="round-full"):
    """Shows a page of a round or of its result."""

    round: RoundId
    page: int


class CloseRound(CustomId, noun="close"):
    """Closes a round."""

    round: RoundId


class CancelRound(CustomId, noun="cancel"):
    """Cancels a round."""

    round: RoundId


class AnswerRollCall(CustomId, noun="present"):
    """Answers the roll call."""

    council: CouncilId
    presence: Presence
    seat: SeatId | None = None
