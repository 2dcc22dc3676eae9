"""What a member reads when something is refused: the sentence for a domain error, which says what to do instead."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import cast

from cogs.showing.formatting import moment, plain
from cogs.showing.localizer import Localizer
from deliberation.councils import NotChair
from deliberation.errors import DomainError
from deliberation.issues import IssueHidden, IssueMerged, IssueNotReady, IssueWithdrawn, NoSuchIssue
from deliberation.rounds import (
    DeadlinePassed,
    NoOpenRound,
    NotOnDocket,
    ReasonRequired,
    RoundIsOver,
    RoundStatus,
    TextChanged,
)
from deliberation.rounds.schedules import UnknownTimeZone
from deliberation.rules import (
    FloorAboveThreshold,
    LengthInvalid,
    MoreThanAll,
    NeedsAssignedSeats,
    RulesInvalid,
    SecretNeedsEquality,
    ThresholdsFall,
)
from deliberation.rules.changes import RuleUnreadable
from deliberation.seats import ErasedInRound, NoSeat, NotHolder, Seat, SeatExists, SeatNeedsRole, SeatTaken, WhichSeat
from deliberation.seats.seatings import SeatingFault, SeatingUnreadable
from deliberation.texts import TextEmpty, TextPiledUp, TextRedirected, TextTooLong, TextWithoutWords
from deliberation.texts.durations import DurationTooLong, DurationTooShort, DurationUnreadable

CORRECTABLE = (
    *(TextEmpty, TextTooLong, TextWithoutWords, TextPiledUp, TextRedirected, ReasonRequired),
    *(DurationUnreadable, DurationTooShort, DurationTooLong),
    *(RuleUnreadable, RulesInvalid, LengthInvalid, MoreThanAll, ThresholdsFall, FloorAboveThreshold),
    *(SecretNeedsEquality, NeedsAssignedSeats, SeatingUnreadable),
)
"""What another try at the same form can mend: the refusal brings a button that opens it with what was typed."""
STALE = (TextChanged, NotOnDocket, RoundIsOver, DeadlinePassed, IssueWithdrawn, IssueMerged, IssueHidden)
"""After these the message that was tapped is redrawn: it shows what is no longer so."""
FAULTS_SHOWN = 20
_TYPED = 100
"""Characters of what was typed that are repeated in a refusal."""


def refusal(error: DomainError, say: Localizer, *, has_role: Callable[[int], bool] = lambda role: True) -> str:
    """The sentence for `error`. `has_role`: whether the server (still) has a role."""
    if isinstance(error, WhichSeat):
        names = say.list_of(plain(seat.shown) for seat in cast("Iterable[Seat]", error.params["seats"]))
        return say.text("error.which_seat", seats=names)
    if isinstance(error, SeatingUnreadable):
        return _faults(cast("Sequence[SeatingFault]", error.params["faults"]), say)
    key = f"error.{error.code}"
    variant = _variant(error, has_role)
    params = {name: _shown(name, value, say) for name, value in error.params.items()}
    return say.text(f"{key}.{variant}" if variant else key, **params)


def _variant(error: DomainError, has_role: Callable[[int], bool]) -> str:
    """Which of the error's sentences fits, by its parameters; "" for the plain one."""
    params = error.params
    match error:
        case NotChair() if isinstance(role := params.get("role"), int):
            return "role" if has_role(role) else ""
        case SeatNeedsRole() if isinstance(role := params.get("role"), int):
            return "" if has_role(role) else "gone"
        case NoSeat():
            return "open" if params.get("open_seating") else ""
        case SeatExists():
            return "alike" if params.get("alike") else ""
        case SeatTaken() | ErasedInRound():
            return "other" if params.get("other") else ""
        case NoOpenRound():
            return "next" if params.get("next_at") else ""
        case NoSuchIssue():
            return {0: "none", 1: "one"}.get(cast("int", params.get("last")), "")
        case RoundIsOver():
            return "cancelled" if params.get("status") == RoundStatus.CANCELLED else ""
        case IssueNotReady():
            return "seconds" if params.get("seconders") else ""
        case NotHolder():
            return "named" if params.get("seat") else ""
        case UnknownTimeZone():
            return "close" if params.get("matches") else ""
        case _:
            return ""


def _fault(fault: SeatingFault, say: Localizer) -> str:
    return say.text(f"seating.fault.{fault.code}", text=plain(fault.text, 60))


def _faults(faults: Sequence[SeatingFault], say: Localizer) -> str:
    """The bad lines of a seating, as far as a message holds them."""
    lines = [say.text("seating.line", line=fault.line, fault=_fault(fault, say)) for fault in faults[:FAULTS_SHOWN]]
    if len(faults) > FAULTS_SHOWN:
        lines.append(say.text("seating.more"))
    return "\n".join([say.text("error.seating_unreadable"), *lines])


def _shown(name: str, value: object, say: Localizer) -> str:
    """A parameter as it stands in a sentence."""
    match value:
        case datetime():
            return moment(value)
        case timedelta():
            return say.duration(value)
        case str() if name == "field":
            return say.text(f"field.{value}")
        case str():
            return plain(" ".join(value.split()), _TYPED)
        case int() if name == "role":
            return f"<@&{value}>"
        case int() if name in ("length", "limit"):
            return say.number(value)
        case int():
            return str(value)
        case Iterable():
            return say.either_of(f"`{part}`" for part in cast("Iterable[object]", value))
        case _:
            return ""
