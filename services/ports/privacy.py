"""Repositories of what is kept about a person, and of what is not kept for ever.

The conventions are those of `ballots`.
"""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from deliberation.ids import CouncilId, IssueId, PersonId, RoundId, SeatId
from deliberation.record import Entry
from deliberation.seats import SeatKind

from .ballots import BallotEvent
from .record import Secret


class Holding(NamedTuple):
    """A time for which a person held a seat; `until` None: it still does."""

    council: CouncilId
    seat: SeatId
    kind: SeatKind
    since: datetime
    until: datetime | None


class Traced(NamedTuple):
    """A line of a ballot's history, by its number, and its council."""

    id: int
    council: CouncilId
    event: BallotEvent


class VotingPart(NamedTuple):
    """A round in which a seat votes or voted; `running`: it is not over."""

    council: CouncilId
    round: RoundId
    running: bool


class Recognised(NamedTuple):
    """By what a council knows an erased person again. `round` None: a chair has barred the person."""

    commitment: str
    salt: bytes
    round: RoundId | None


ReasonKey = tuple[RoundId, IssueId, SeatId, str]
"""A reason, as it was given: the last is the record's commitment to its text."""


class TraceRepository(Protocol):
    async def councils(self, person: PersonId) -> tuple[CouncilId, ...]:
        """Every council, closed ones too, that keeps something about the person, by id."""
        ...

    async def holdings(self, person: PersonId) -> tuple[Holding, ...]:
        """Every seat that the person held, then or now, by instant."""
        ...

    async def rounds(self, seats: Iterable[SeatId]) -> tuple[VotingPart, ...]:
        """The rounds in which one of the seats votes or voted, by council and id."""
        ...

    async def events(self, person: PersonId, *, own: Iterable[SeatId], rounds: Iterable[RoundId]) -> tuple[Traced, ...]:
        """The ballots cast in these rounds by the person or for one of its `own` seats, by number."""
        ...

    async def kept(self, person: PersonId, *, own: Iterable[SeatId]) -> dict[str, list[dict[str, Any]]]:
        """Everything kept about the person and its own seats but the history of ballots and the record, as rows by
        section; each row with its council's id where it has one."""
        ...

    async def entries_at(self, council: CouncilId, instants: Iterable[datetime]) -> tuple[Entry, ...]:
        """The entries of the record made at these instants, by index."""
        ...

    def rare_entries(self, council: CouncilId, kinds: Sequence[str] | None = None) -> AsyncIterator[Entry]:
        """The entries of these kinds, by index; those that enter ballots as they are cast are never among them. None:
        every other one. The loop turns in between."""
        ...

    async def commitments(self, person: PersonId) -> dict[CouncilId, tuple[Secret, ...]]:
        """The commitments to the person in each council's record, but for those of ballots and of rows."""
        ...

    async def issues_with_veto(self, seats: Iterable[SeatId]) -> tuple[tuple[CouncilId, IssueId], ...]:
        """The issues of every round in which one of the seats has or had a veto, by id."""
        ...

    async def replace_in(self, council: CouncilId, person: PersonId, by: PersonId) -> None:
        """Put a pseudonym in the person's place in the council's seats, issues and wordings, and forget its bar."""
        ...

    async def replace_cast(self, person: PersonId, by: PersonId, *, events: Iterable[int]) -> None:
        """Put a pseudonym in the person's place in these lines of ballots' histories."""
        ...

    async def forget_person(self, person: PersonId) -> None:
        """Forget the person's drafts and preferences."""
        ...

    async def rename(self, seat: SeatId, name: str) -> None: ...
    async def drop_secrets(self, commitments: Iterable[str]) -> None: ...
    async def blank_reasons(self, keys: Iterable[ReasonKey], *, own: Iterable[SeatId]) -> None:
        """Take the words from these reasons, and from all that the person's own seats gave."""
        ...

    async def recognise(self, council: CouncilId, entries: Iterable[Recognised], *, at: datetime) -> None: ...
    async def recognised(self, council: CouncilId) -> tuple[Recognised, ...]: ...
    async def forget(self, commitments: Iterable[str]) -> bool:
        """Recognise these no more; False where none was there."""
        ...


class Expired(NamedTuple):
    """What has outlived its time, in numbers and keys: a batch of it."""

    posts: tuple[int, ...]
    drafts: tuple[tuple[CouncilId, PersonId, str, int], ...]
    recognised: tuple[tuple[CouncilId, str], ...]
    holdings: tuple[tuple[CouncilId, int], ...]

    def __bool__(self) -> bool:
        return any(self[:])


class RetentionRepository(Protocol):
    async def expired(self, *, posts: datetime, drafts: datetime, holdings: datetime | None, most: int) -> Expired:
        """At most so many of each: posts carried out or given up before `posts`, drafts typed before `drafts`, what
        recognised somebody in a round that is over, and parts in delegations given up before `holdings` and before the
        round that runs."""
        ...

    async def delete_posts(self, posts: Iterable[int]) -> None: ...
    async def delete_drafts(self, drafts: Iterable[tuple[CouncilId, PersonId, str, int]], *, before: datetime) -> None:
        """Delete these drafts, unless they were typed anew since."""
        ...

    async def delete_people(self, *, recognised: Iterable[str], holdings: Iterable[int]) -> None:
        """Delete by what somebody was recognised, and parts in delegations, by their keys."""
        ...

    async def old_entries(self, before: datetime, *, most: int) -> Mapping[CouncilId, tuple[Entry, ...]]:
        """For some councils the next entries, by index, of which it is not yet forgotten who was behind them."""
        ...

    async def forget_casters(self, round_id: RoundId, at: datetime) -> bool:
        """Forget who cast the ballots of that round that were cast at that instant; whether that was known."""
        ...

    async def forget_people(self, commitments: Iterable[str]) -> bool:
        """Drop the salts and values of those that are commitments to people; whether there were any."""
        ...

    async def mark_forgotten(self, council: CouncilId, index: int) -> None: ...
