"""Repositories of what is stored about a person, and of what is not stored for ever.

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
    """A period in which a person held a seat; `until` None: they still do."""

    council: CouncilId
    seat: SeatId
    kind: SeatKind
    since: datetime
    until: datetime | None


class Traced(NamedTuple):
    """A line of a ballot's history, with its number and its council."""

    id: int
    council: CouncilId
    event: BallotEvent


class VotingPart(NamedTuple):
    """A round in which a seat votes or voted; `running`: the round is not over."""

    council: CouncilId
    round: RoundId
    running: bool


class Recognised(NamedTuple):
    """By what a council recognises an erased person. `round` None: a chair has barred the person."""

    commitment: str
    salt: bytes
    round: RoundId | None


ReasonKey = tuple[RoundId, IssueId, SeatId, str]
"""A reason as it was given: its round, issue and seat, and the record's commitment to its text."""


class TraceRepository(Protocol):
    async def councils(self, person: PersonId) -> tuple[CouncilId, ...]:
        """Every council, closed ones too, that stores something about the person, by id."""
        ...

    async def holdings(self, person: PersonId) -> tuple[Holding, ...]:
        """Every seat that the person holds or held, by instant."""
        ...

    async def rounds(self, seats: Iterable[SeatId]) -> tuple[VotingPart, ...]:
        """The rounds in which one of the seats votes or voted, by council and id."""
        ...

    async def events(self, person: PersonId, *, own: Iterable[SeatId], rounds: Iterable[RoundId]) -> tuple[Traced, ...]:
        """The ballots cast in these rounds by the person or for one of its `own` seats, by number."""
        ...

    async def kept(self, person: PersonId, *, own: Iterable[SeatId]) -> dict[str, list[dict[str, Any]]]:
        """Everything stored about the person and their own seats except the history of ballots and the record, as rows
        by section. Each row has its council's id where it belongs to one."""
        ...

    async def entries_at(self, council: CouncilId, instants: Iterable[datetime]) -> tuple[Entry, ...]:
        """The entries of the record made at these instants, by index."""
        ...

    def rare_entries(self, council: CouncilId, kinds: Sequence[str] | None = None) -> AsyncIterator[Entry]:
        """The entries of these kinds (None: of all kinds), by index, but never those that enter ballots as they are
        cast. Other work has its turn in between."""
        ...

    async def commitments(self, person: PersonId) -> dict[CouncilId, tuple[Secret, ...]]:
        """The commitments to the person in each council's record, except those of ballots and of rows."""
        ...

    async def issues_with_veto(self, seats: Iterable[SeatId]) -> tuple[tuple[CouncilId, IssueId], ...]:
        """The issues of every round in which one of the seats has or had a veto, by id."""
        ...

    async def replace_in(self, council: CouncilId, person: PersonId, by: PersonId) -> None:
        """Put a pseudonym in the person's place in the council's seats, issues and texts, and delete their bar."""
        ...

    async def replace_cast(self, person: PersonId, by: PersonId, *, events: Iterable[int]) -> None:
        """Put a pseudonym in the person's place in these lines of ballots' histories."""
        ...

    async def forget_person(self, person: PersonId) -> None:
        """Delete the person's drafts and preferences."""
        ...

    async def rename(self, seat: SeatId, name: str) -> None: ...
    async def drop_secrets(self, commitments: Iterable[str]) -> None: ...
    async def blank_reasons(self, keys: Iterable[ReasonKey], *, own: Iterable[SeatId]) -> None:
        """Blank the text of these reasons, and of all that the person's own seats gave."""
        ...

    async def recognise(self, council: CouncilId, entries: Iterable[Recognised], *, at: datetime) -> None: ...
    async def recognised(self, council: CouncilId) -> tuple[Recognised, ...]: ...
    async def forget(self, commitments: Iterable[str]) -> bool:
        """Delete these, so that nobody is recognised by them; returns False where there was none."""
        ...


class Expired(NamedTuple):
    """A batch of what has outlived its time, by numbers and keys."""

    posts: tuple[int, ...]
    drafts: tuple[tuple[CouncilId, PersonId, str, int], ...]
    recognised: tuple[tuple[CouncilId, str], ...]
    holdings: tuple[tuple[CouncilId, int], ...]

    def __bool__(self) -> bool:
        return any(self[:])


class RetentionRepository(Protocol):
    async def expired(self, *, posts: datetime, drafts: datetime, holdings: datetime | None, most: int) -> Expired:
        """At most `most` of each: posts carried out or given up before `posts`; drafts typed before `drafts`; what
        recognised somebody in a round that is over; and parts in delegations given up before `holdings` and before the
        running round."""
        ...

    async def delete_posts(self, posts: Iterable[int]) -> None: ...
    async def delete_drafts(self, drafts: Iterable[tuple[CouncilId, PersonId, str, int]], *, before: datetime) -> None:
        """Delete these drafts, unless they were typed again since."""
        ...

    async def delete_people(self, *, recognised: Iterable[str], holdings: Iterable[int]) -> None:
        """Delete, by their keys, what somebody was recognised by, and parts in delegations."""
        ...

    async def old_entries(self, before: datetime, *, most: int) -> Mapping[CouncilId, tuple[Entry, ...]]:
        """For some councils, the next entries, by index, for which it is not yet forgotten who acted."""
        ...

    async def forget_casters(self, round_id: RoundId, at: datetime) -> bool:
        """Forget who cast the ballots that were cast in that round at that instant; returns whether that was known."""
        ...

    async def forget_people(self, commitments: Iterable[str]) -> bool:
        """Delete the salts and values of those that are commitments to people; returns whether there were any."""
        ...

    async def mark_forgotten(self, council: CouncilId, index: int) -> None: ...
