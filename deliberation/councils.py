"""A council, and the people who act in it as Discord presents them."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from .errors import DomainError
from .ids import ChannelId, CouncilId, PersonId, RoleId
from .rules import Rules


class NoCouncil(DomainError):
    """No council sits in this channel."""

    code: ClassVar[str] = "no_council"


class CouncilExists(DomainError):
    """This channel has a council already. Parameter: `name`."""

    code: ClassVar[str] = "council_exists"


class NotChair(DomainError):
    """Only a chair may do this. Parameter: `role` (an id, or None where only Manage Server gives the chair)."""

    code: ClassVar[str] = "not_chair"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts: a Discord user with the name, roles and permission that the interaction itself carried."""

    person: PersonId
    name: str
    roles: frozenset[RoleId] = frozenset()
    manages_server: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Council:
    """A deliberating body, bound to one channel. `language` is a BCP 47 tag; `rules` are those of the next round."""

    id: CouncilId
    guild: int
    channel: ChannelId
    name: str
    language: str
    rules: Rules
    chair_role: RoleId | None
    voter_role: RoleId | None
    created_at: datetime

    def is_chair(self, actor: Actor) -> bool:
        """A chair holds the role the council names, or manages the server."""
        return actor.manages_server or (self.chair_role is not None and self.chair_role in actor.roles)

    def require_chair(self, actor: Actor) -> None:
        """Raises NotChair unless `actor` chairs this council."""
        if not self.is_chair(actor):
            raise NotChair(role=self.chair_role)

    def may_take_seat(self, actor: Actor) -> bool:
        """Whether open seating lets `actor` in: everybody, or the holders of a role."""
        return self.rules.open_seating and (self.voter_role is None or self.voter_role in actor.roles)
