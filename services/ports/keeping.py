"""Repositories of what surrounds the deliberation: posts to Discord, schedules, people, the record."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from deliberation.ids import CouncilId, PersonId
from deliberation.record import Entry, Registered
from deliberation.schedules import Schedule

from .values import Change, Message, Post, PostKind, Preferences, Secret, Shards, Trouble, TroubleKind


class PostRepository(Protocol):
    async def add(
        self, *, council: CouncilId, kind: PostKind, subject: int, due_at: datetime, data: Mapping[str, Any]
    ) -> None:
        """A post to be made once."""
        ...

    async def redraw(self, redraws: Iterable[tuple[CouncilId, PostKind, int, datetime]]) -> None:
        """Ask for messages that are redrawn (council, kind, subject) to be posted or edited, each at its instant. One
        row for each: a row that waits keeps the earlier of the two instants."""
        ...

    async def drop(self, kind: PostKind, subject: int) -> None:
        """Forget what waits of this kind about this subject."""
        ...

    async def list_due(
        self, now: datetime, *, most: int, shards: Shards | None = None, aside: Collection[CouncilId] = ()
    ) -> tuple[Post, ...]:
        """What is due, in the councils of those shards alone and in none of those set aside: results, notices and
        reminders before redraws, then by instant."""
        ...

    async def list_put_off(self, council: CouncilId) -> tuple[PostKind, ...]:
        """The kinds of the council's posts that Discord has not taken and that are tried again."""
        ...

    async def hasten(self, council: CouncilId, *, now: datetime) -> None:
        """Make due `now` what was put off because Discord forbade it."""
        ...

    async def count_due(self, now: datetime, *, shards: Shards | None) -> int: ...
    async def begin(self, post: int, *, now: datetime, until: datetime) -> Post | None:
        """A sending begins: counts an attempt, and keeps every other process from the post before `until`. The post
        as it stands, its attempts without this one; None where it is not due, as when another process was quicker."""
        ...

    async def done(self, post: int, *, at: datetime, due_at: datetime, again_from: datetime | None = None) -> None:
        """The post was carried out. A redraw asked for again since its sending began, which made it due at `due_at`,
        stays; one that was asked for later than that is due at `again_from`."""
        ...

    async def put_off(self, post: int, *, until: datetime, error: str) -> None: ...
    async def give_up(self, post: int, *, at: datetime, error: str) -> None: ...
    async def next_due(self, shards: Shards | None = None) -> datetime | None: ...
    async def messages(self, wanted: Iterable[tuple[PostKind, int]]) -> dict[tuple[PostKind, int], Message]: ...
    async def put_message(self, message: Message) -> None: ...
    async def touch_message(self, kind: PostKind, subject: int, *, at: datetime) -> None:
        """The message, if there is one, is being edited."""
        ...

    async def forget_message(self, kind: PostKind, subject: int) -> None: ...


class TroubleRepository(Protocol):
    async def put(self, trouble: Trouble) -> None: ...
    async def find(self, council: CouncilId, kind: TroubleKind) -> Trouble | None: ...
    async def list_in(self, council: CouncilId) -> tuple[Trouble, ...]: ...
    async def list_untold(self, guild: int) -> tuple[Trouble, ...]:
        """The server's councils whose channel is gone and whose chairs have not been told."""
        ...

    async def list_refused(self, guild: int) -> tuple[CouncilId, ...]:
        """The server's councils in which the bot lacked a permission to post."""
        ...

    async def end(self, council: CouncilId, kind: TroubleKind) -> bool:
        """It is over; whether there was any."""
        ...

    async def earliest(self) -> datetime | None:
        """When a council that could not be settled is next tried again."""
        ...


class ScheduleRepository(Protocol):
    async def put(self, council: CouncilId, schedule: Schedule, *, opens_at: datetime) -> None: ...
    async def find(self, council: CouncilId) -> tuple[Schedule, datetime] | None:
        """The schedule and the start of its next window."""
        ...

    async def remove(self, council: CouncilId) -> bool: ...
    async def list_due(self, now: datetime) -> tuple[tuple[datetime, CouncilId], ...]:
        """The starts at or before `now` and their councils, the earliest first, but for councils that are set back."""
        ...

    async def earliest(self) -> datetime | None:
        """The earliest start, but for councils that are set back."""
        ...


class PeopleRepository(Protocol):
    async def preferences(self, people: Iterable[PersonId]) -> dict[PersonId, Preferences]:
        """An entry for every person asked for; the defaults where nothing is stored."""
        ...

    async def put(self, person: PersonId, preferences: Preferences, *, at: datetime) -> None: ...


class RecordRepository(Protocol):
    async def lock_head(self, council: CouncilId) -> tuple[int, str]:
        """The number of entries and the digest of the last (the council's genesis where there is none), locked."""
        ...

    async def head(self, council: CouncilId) -> tuple[int, str]: ...
    async def last_of(self, council: CouncilId, kind: str, *, until: datetime) -> tuple[int, str]:
        """Index and digest of the last entry of that kind that was entered at or before `until`. Raises LookupError."""
        ...

    async def last_by(self, council: CouncilId, kinds: Iterable[str]) -> tuple[str, ...]:
        """The commitments to whom the last entries of these kinds name as `by`, the newest first."""
        ...

    def take_changes(self) -> tuple[Change, ...]:
        """The rows that the record vouches for which the transaction has changed since this was last asked."""
        ...

    async def append(self, council: CouncilId, entries: Sequence[Entry]) -> None: ...
    async def register(self, council: CouncilId, digest: str) -> None:
        """Add the council to the register: `digest` is that of its record's first entry."""
        ...

    async def registered(self) -> tuple[Registered, ...]:
        """Every line of the register, the oldest first."""
        ...

    async def entries(self, council: CouncilId) -> tuple[Entry, ...]:
        """By index."""
        ...

    async def keep(self, council: CouncilId, secrets: Sequence[Secret]) -> None: ...
    async def secrets(self, commitments: Iterable[str]) -> dict[str, Secret]: ...
