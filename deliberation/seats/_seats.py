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
    """The member holds a seat already. Parameters: `seat` (its name), `other`: whether the member is somebody other
    than the actor (left out: no)."""

    code: ClassVar[str] = "seat_taken"


class ErasedInRound(DomainError):
    """The member was erased, at their own request, while a round was running in which their seat takes part; another
    seat would be a second ballot. Parameters: `number` (the round's), `other`: whether the member is somebody other
    than the actor (left out: no)."""

    code: ClassVar[str] = "erased_in_round"


class WhichSeat(DomainError):
    """The member holds several seats, and must say for which one they act. Parameter: `seats` (of Seat)."""

    code: ClassVar[str] = "which_seat"


class NoSuchSeat(DomainError):
    """The council has no such seat (any more). Parameter: `given`."""

    code: ClassVar[str] = "no_such_seat"


class SeatExists(DomainError):
    """The council has a seat of that name or country already. Parameters: `seat` (its name), `given`, `alike`: whether
    the two names only look the same."""

    code: ClassVar[str] = "seat_exists"


class NameMarked(DomainError):
    """A delegation's name contains the sign that marks a person's own seat. Parameter: `given`."""

    code: ClassVar[str] = "name_marked"


class SeatNotFree(DomainError):
    """Somebody holds the delegation already. Parameter: `seat` (its name)."""

    code: ClassVar[str] = "seat_not_free"


class SeatResting(DomainError):
    """A former holder of the free delegation took part in the running round: it can be claimed once that is over.
    Parameters: `seat` (its name), `number` (the round's)."""

    code: ClassVar[str] = "seat_resting"


class VotedAlready(DomainError):
    """The member has voted in the running round for another seat that they took themselves, and can take no further one
    until the round is over. Parameters: `seat` (the other one's name), `number` (the round's)."""

    code: ClassVar[str] = "voted_already"


class JoinedLate(DomainError):
    """The member came to the seat while a secret round ran in which others may have voted for it: they vote for it from
    the next round on. Parameters: `seat` (its name), `number` (the round's)."""

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
    """Only members who have been on the server for some time may take a seat here. Parameter: `length` (a
    timedelta)."""

    code: ClassVar[str] = "seat_needs_membership"


MOST_WEIGHT = 900_000_000_000
"""The record can write integers below 2^53: ten thousand seats of this weight add up to less."""


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
    """Only members with a role may take a seat here. Parameter: `role` (its id)."""

    code: ClassVar[str] = "seat_needs_role"


class ObserverMayNotVote(DomainError):
    """An observer speaks and gives reasons, but casts no ballot. Parameter: `seat`."""

    code: ClassVar[str] = "observer_may_not_vote"


class MayNotAbstain(DomainError):
    """A seat that is present and voting must take a side. Parameter: `seat`."""

    code: ClassVar[str] = "may_not_abstain"


class SeatKind(StrEnum):
    """Whether a seat is one person's own or shared by a delegation."""

    PERSON = "person"
    DELEGATION = "delegation"


_MOST_WRITTEN_OUT = 2 * NAME_LIMIT
"""How many characters the compatibility form of a name may have: a single character can stand for a whole sentence
(U+FDFA)."""
OWN = "@"
"""Put before a person's name wherever a seat's name is shown; no delegation's name may contain it."""
_LIKE_OWN = re.compile("[@\uff20\ufe6b\u24d0]")
"""The at sign, its wide and small forms, and the circled letter that looks like it."""


def shown_name(name: str, kind: SeatKind) -> str:
    """A seat's name as members read it. A person's own seat is marked: people choose their names, and may choose that
    of a delegation."""
    return f"{OWN}{name}" if kind is SeatKind.PERSON else name


def delegation_name(name: str) -> str:
    """The checked name of a delegation. Raises `Text…`, or NameMarked where it could be read as a person's.

    The mark may be nowhere in it: in a name written from right to left, the end may look like the beginning.
    """
    name = checked(name, field="name", limit=NAME_LIMIT, lines=False)
    written_out = len(unicodedata.normalize("NFKC", name))
    if written_out > _MOST_WRITTEN_OUT:
        raise TextTooLong(field="name", length=written_out, limit=NAME_LIMIT)
    if _LIKE_OWN.search(name):
        raise NameMarked(given=name)
    return name


def same_name(name: str) -> str:
    """The same text for names that two seats of a council may not both have: case, width and white space make no
    difference."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """An entitlement to one ballot.

    `country`: ISO 3166 alpha-2 for a delegation of a country, else None. `holders`: the people who may vote for it now.
    `since`: when it was taken, or taken again. `left_at`: when it was given up or removed. It stays entitled in the
    round that was open then, and a removed seat still has its holders for that round.
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
