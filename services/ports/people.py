"""Repositories of members' own settings, and of drafts of what was refused."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from deliberation.ids import CouncilId, PersonId


class Reminding(StrEnum):
    """How a member wants to be reminded."""

    MENTION = "mention"
    DIRECT = "direct"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """A member's own settings. `language`: a BCP 47 tag, or None to follow Discord's client."""

    language: str | None = None
    reminders: Reminding = Reminding.MENTION


class DraftKind(StrEnum):
    """What a member was writing."""

    ISSUE = "issue"
    AMENDMENT = "amendment"
    REASON = "reason"
    SEATING = "seating"
    RULES = "rules"
    SETUP = "setup"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a member wrote when it was refused, stored so that nothing is lost. `subject`: which of several things it is
    about (an issue's id, a group of settings, a channel), else 0; `fields`: as typed."""

    council: CouncilId
    person: PersonId
    kind: DraftKind
    subject: int
    fields: Mapping[str, str]


class DraftRepository(Protocol):
    async def put(self, draft: Draft, *, at: datetime) -> None:
        """Replaces an earlier draft of that council, person, kind and subject. Where a member has too many drafts, the
        oldest are deleted."""
        ...

    async def find(self, *, council: CouncilId, person: PersonId, kind: DraftKind, subject: int) -> Draft | None: ...
    async def drop(self, *, council: CouncilId, person: PersonId, kind: DraftKind, subject: int) -> None: ...


class PeopleRepository(Protocol):
    async def preferences(self, people: Iterable[PersonId]) -> dict[PersonId, Preferences]:
        """An entry for every person asked for; the defaults where nothing is stored."""
        ...

    async def put(self, person: PersonId, preferences: Preferences, *, at: datetime) -> None: ...
