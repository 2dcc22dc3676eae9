"""Seats: entitlements to one ballot, held by a person or shared by a delegation (PRODUCT §6)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from .errors import DomainError
from .ids import CouncilId, PersonId, RoleId, SeatId


class NoSeat(DomainError):
    """The member holds no seat here. Parameter: `open_seating`: whether one can be taken."""

    code: ClassVar[str] = "no_seat"


class SeatTaken(DomainError):
    """The member holds a seat already. Parameter: `seat` (its name)."""

    code: ClassVar[str] = "seat_taken"


class SeatShared(DomainError):
    """A delegation's seat is not one member's to give up. Parameter: `seat` (its name)."""

    code: ClassVar[str] = "seat_shared"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """An entitlement to one ballot.

    `country`: ISO 3166 alpha-2 for a delegation of a country, else None. `holders`: who may vote for it now.
    `left_at`: when it was given up or removed; it stays entitled in the round that was open then.
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
    def votes(self) -> bool:
        """Whether the next round counts this seat among the entitled."""
        return self.left_at is None and not self.observer


def seating_refusal(*, open_seating: bool, role: RoleId | None) -> DomainError:
    """Why a member without a seat cannot take one: seats are assigned here, or a role is missing."""
    return SeatNeedsRole(role=role) if open_seating and role is not None else SeatingClosed()
