"""Seats: entitlements to one ballot, held by a person or shared by a delegation (PRODUCT §6)."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from deliberation.errors import DomainError
from deliberation.ids import CouncilId, PersonId, SeatId
from deliberation.texts import NAME_LIMIT, TextTooLong, checked


class NoSeat(DomainError):
    """The member holds no seat here. Parameter: `open_seating`: whether one can be taken."""

    code: ClassVar[str] = "no_seat"


class SeatTaken(DomainError):
    """The member holds a seat already. Parameters: `seat` (its name), `other`: whether that is somebody else than who
    acts (left out: no)."""

    code: ClassVar[str] = "seat_taken"


class ErasedInRound(DomainError):
    """The member had itself erased while a round was running in which its seat has a part; another seat would be a
    second ballot. Parameters: `number` (the round's), `other`: whether that is somebody else than who acts (left out:
    no)."""

    code: ClassVar[str] = "erased_in_round"


class WhichSeat(DomainError):
    """The member holds several seats, and must say for which one it acts. Parameter: `seats` (of Seat)."""

    code: ClassVar[str] = "which_seat"


class NoSuchSeat(DomainError):
    """The council has no such seat, or no longer. Parameter: `given`."""

    code: ClassVar[str] = "no_such_seat"


class SeatExists(DomainError):
    """A seat of that name or country sits here already. Parameters: `seat` (its name), `given`, `alike`: whether the
    two names only look the same."""

    code: ClassVar[str] = "seat_exists"


class NameMarked(DomainError):
    """A delegation's name holds the sign that marks a person's own seat. Parameter: `given`."""

    code: ClassVar[str] = "name_marked"


class SeatNotFree(DomainError):
    """Somebody holds the delegation already. Parameter: `seat` (its name)."""

    code: ClassVar[str] = "seat_not_free"


class SeatResting(DomainError):
    """Whoever held the free delegation took part in the round that runs: it can be claimed once that is over.
    Parameters: `seat` (its name), `number` (the round's)."""

    code: ClassVar[str] = "seat_resting"


class VotedAlready(DomainError):
    """The member has voted in the running round for another seat that it took by itself, and takes no further one until
    that is over. Parameters: `seat` (that other's name), `number` (the round's)."""

    code: ClassVar[str] = "voted_already"


class JoinedLate(DomainError):
    """The member came to the seat while a secret round ran in which others may have voted for it: it votes from the
    next round on. Parameters: `seat` (its name), `number` (the round's)."""

    code: ClassVar[str] = "joined_late"


class SeatOfOnePerson(DomainError):
    """A member's own seat is not shared. Parameter: `seat` (its name)."""

    code: ClassVar[str] = "seat_of_one_person"


class NoSuchCountry(DomainError):
    """No country, or more than one, goes by that name. Parameter: `given`."""

    code: ClassVar[str] = "no_such_country"


class NotHolder(DomainError):
    """The member does not hold that seat. Parameter: `seat` (its name)."""

    code: ClassVar[str] = "not_holder"


class SeatNeedsMembership(DomainError):
    """Only who has been on the server for some time may sit here. Parameter: `length` (a timedelta)."""

    code: ClassVar[str] = "seat_needs_membership"


MOST_WEIGHT = 900_000_000_000
"""The record holds integers below 2^53: ten thousand seats of this weight add up to less."""


class WeightInvalid(DomainError):
    """A seat's weight lies outside its range. Parameters: `given`, `most`."""

    code: ClassVar[str] = "weight_invalid"


class Barred(DomainError):
    """A chair has barred the member from holding a seat."""

    code: ClassVar[str] = "barred"


class NotBarred(DomainError):
    """The member is not barred."""

    code: ClassVar[str] = "not_barred"


class SeatingClosed(DomainError):
    """Seats are given out by the chairs."""

    code: ClassVar[str] = "seating_closed"


class SeatNeedsRole(DomainError):
    """Only holders of a role may sit here. Parameter: `role` (its id)."""

    code: ClassVar[str] = "seat_needs_role"


class ObserverMayNotVote(DomainError):
    """An observer speaks and gives reasons, but casts no ballot. Parameter: `seat`."""

    code: ClassVar[str] = "observer_may_not_vote"


class MayNotAbstain(DomainError):
    """A seat that is present and voting takes a side. Parameter: `seat`."""

    code: ClassVar[str] = "may_not_abstain"


class SeatKind(StrEnum):
    """Whether a seat is one person's own or shared by a delegation."""

    PERSON = "person"
    DELEGATION = "delegation"


_MOST_WRITTEN_OUT = 2 * NAME_LIMIT
"""Letters in a name's compatibility form: a single sign may hold a sentence of them (U+FDFA)."""
OWN = "@"
"""Stands before a person's name wherever a seat's name is shown, and in no delegation's name."""
_LIKE_OWN = re.compile("[@\uff20\ufe6b\u24d0]")
"""The at sign wide, small, and the circled letter that looks like it."""


def shown_name(name: str, kind: SeatKind) -> str:
    """A seat's name as members read it: one that is a person's own seat says so, for its name is whatever the person
    calls itself, and may be a delegation's."""
    return f"{OWN}{name}" if kind is SeatKind.PERSON else name


def delegation_name(name: str) -> str:
    """The name as a delegation bears it. Raises `Text…`, or NameMarked where it could be read as a person's.

    The mark may stand nowhere in it: where a name is written from right to left, its end is its beginning to others.
    """
    name = checked(name, field="name", limit=NAME_LIMIT, lines=False)
    written_out = len(unicodedata.normalize("NFKC", name))
    if written_out > _MOST_WRITTEN_OUT:
        raise TextTooLong(field="name", length=written_out, limit=NAME_LIMIT)
    if _LIKE_OWN.search(name):
        raise NameMarked(given=name)
    return name


def same_name(name: str) -> str:
    """Equal for names that no two seats of a council may have: case, width and white space make no difference."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """An entitlement to one ballot.

    `country`: ISO 3166 alpha-2 for a delegation of a country, else None. `holders`: who may vote for it now.
    `since`: when it was taken, or taken again. `left_at`: when it was given up or removed; it stays entitled in the
    round that was open then, and a removed one keeps its holders for that round.
    """

    id: SeatId
    council: CouncilId
    name: str
    kind: SeatKind = SeatKind.PERSON
    country: str | None = None
    weight: int = 1
    veto: bool = False
    observer: bool = False
    may_abstain: bool = True
    holders: tuple[PersonId, ...] = ()
    since: datetime
    left_at: datetime | None = None

    @property
    def shown(self) -> str:
        """The name as members read it: see `shown_name`."""
        return shown_name(self.name, self.kind)

    @property
    def is_free(self) -> bool:
        """Whether it is a delegation that nobody holds."""
        return self.kind is SeatKind.DELEGATION and self.left_at is None and not self.holders

    @property
    def votes(self) -> bool:
        """Whether the next round counts this seat among the entitled."""
        return self.left_at is None and not self.observer
