"""A council, and the people who act in it as Discord presents them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from .errors import DomainError
from .ids import ChannelId, CouncilId, PersonId, RoleId
from .rules import Rules
from .seats import SeatingClosed, SeatNeedsMembership, SeatNeedsRole


class NoCouncil(DomainError):
    """No council sits in this channel."""

    code: ClassVar[str] = "no_council"


class CouncilExists(DomainError):
    """This channel has a council already. Parameter: `name`."""

    code: ClassVar[str] = "council_exists"


class CouncilClosed(DomainError):
    """The council was closed and can only be read. Parameters: `name`, `closed_at`."""

    code: ClassVar[str] = "council_closed"


class NotChair(DomainError):
    """Only a chair may do this. Parameter: `role` (an id, or None where only the permission Manage Server makes a
    chair)."""

    code: ClassVar[str] = "not_chair"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """The person who acts: a Discord user with the name, roles and permission that the interaction itself carried.

    `member_for`: how long they have been on the server; None where Discord does not say.
    """

    person: PersonId
    name: str
    roles: frozenset[RoleId] = frozenset()
    manages_server: bool = False
    member_for: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Council:
    """A deliberating body, bound to one channel. `language` is a BCP 47 tag; `rules`: those of the next round;
    `closed_at`: since when it can only be read."""

    id: CouncilId
    guild: int
    channel: ChannelId
    name: str
    language: str
    rules: Rules
    chair_role: RoleId | None
    voter_role: RoleId | None
    created_at: datetime
    closed_at: datetime | None = None

    def is_chair(self, actor: Actor) -> bool:
        """Whether `actor` is a chair: they have the role that the council names, or manage the server."""
        return actor.manages_server or (self.chair_role is not None and self.chair_role in actor.roles)

    def require_chair(self, actor: Actor) -> None:
        """Raises NotChair unless `actor` chairs this council."""
        if not self.is_chair(actor):
            raise NotChair(role=self.chair_role)

    def require_sitting(self) -> None:
        """Raises CouncilClosed where the council can only be read."""
        if self.closed_at is not None:
            raise CouncilClosed(name=self.name, closed_at=self.closed_at)

    def may_take_seat(self, actor: Actor) -> bool:
        """Whether open seating lets `actor` in."""
        return self.seating_refusal(actor) is None

    def seating_refusal(self, actor: Actor) -> DomainError | None:
        """Why open seating does not let `actor` in: SeatingClosed, SeatNeedsRole or SeatNeedsMembership."""
        return self.admission_refusal(actor) if self.rules.open_seating else SeatingClosed()

    def claiming_refusal(self, actor: Actor) -> DomainError | None:
        """Why `actor` may not claim a free delegation: SeatingClosed, SeatNeedsRole or SeatNeedsMembership."""
        return self.admission_refusal(actor) if self.rules.claims else SeatingClosed()

    def admission_refusal(self, actor: Actor) -> DomainError | None:
        """Which condition for being seated without a chair `actor` fails: the role (SeatNeedsRole) or the time on the
        server (SeatNeedsMembership); None for neither."""
        if self.voter_role is not None and self.voter_role not in actor.roles:
            return SeatNeedsRole(role=self.voter_role)
        if (actor.member_for or timedelta(0)) < self.rules.membership:
            return SeatNeedsMembership(length=self.rules.membership)
        return None
