"""Repositories of the outbox: what is to be posted, where posted messages are, and what goes wrong."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from deliberation.ids import ChannelId, CouncilId


@dataclass(frozen=True, slots=True, kw_only=True)
class Shards:
    """The servers that a process answers and posts for: those whose id, shifted right by 22 bits, leaves a remainder in
    `ids` when divided by `count` (Discord, "Sharding")."""

    ids: tuple[int, ...]
    count: int

    def own(self, guild: int) -> bool:
        return (guild >> 22) % self.count in self.ids


class PostKind(StrEnum):
    """What the bot posts to a council's channel. The kinds in `REDRAWN` are edited later; the others are posted
    once."""

    CARD = "card"
    ROUND = "round"
    RESULT = "result"
    REMINDER = "reminder"
    NOTICE = "notice"
    BOARD = "board"
    ROLL_CALL = "roll_call"


class NoticeKind(StrEnum):
    """What a notice says; it is stored under the key `code` of the post's data."""

    RULES_CHANGED = "rules_changed"
    RECORD_CONTRADICTED = "record_contradicted"
    START_SKIPPED = "start_skipped"
    DOCKET_EMPTY = "docket_empty"
    NOBODY_ENTITLED = "nobody_entitled"
    SECRET_NEEDS_EQUALITY = "secret_needs_equality"
    VOTING_MISSED = "voting_missed"
    WINDOWS_MISSED = "windows_missed"
    HOLDER_ASSIGNED = "holder_assigned"
    HOLDER_REMOVED = "holder_removed"
    SEAT_REMOVED = "seat_removed"
    SEATS_ADDED = "seats_added"


REDRAWN = (PostKind.CARD, PostKind.ROUND, PostKind.BOARD, PostKind.ROLL_CALL)
"""Posts whose message is edited as long as it exists; the others are posted once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A due row of the outbox. `subject`: the id of an issue or a round; that of the council for its board and roll
    call; 0 for a notice. `data`: codes and figures.

    `attempts` counts the attempts to send it that were begun before: above 0 the message may already be in Discord.
    `due_at`: once an attempt has begun, the instant from which another process may begin the next.
    """

    id: int
    council: CouncilId
    kind: PostKind
    subject: int
    due_at: datetime
    data: Mapping[str, Any] = field(default_factory=dict[str, Any])
    attempts: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """Where a redrawn message is in Discord. `edited_at`: the instant from which the pause before its next live redraw
    counts. It is later than the last edit where that one took long to draw."""

    kind: PostKind
    subject: int
    channel: ChannelId
    message: int
    posted_at: datetime
    edited_at: datetime


class TroubleKind(StrEnum):
    """What goes wrong: a round that cannot be closed or opened, tables that contradict the record, posts that the bot
    may not make, a channel that is gone."""

    SETTLING = "settling"
    RECORD = "record"
    POSTING = "posting"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Something that goes wrong in a council. `detail`: an incident's code, the first thing disputed, the missing
    permissions by Discord's names, or Discord's reason; `again_at`: when it is tried again, if that is known; `told`:
    the chairs were notified."""

    council: CouncilId
    kind: TroubleKind
    detail: str
    failures: int
    since: datetime
    again_at: datetime | None = None
    told: bool = False


Redraw = tuple[CouncilId, PostKind, int, datetime]
"""A message that is redrawn (council, kind, subject), and the instant from which it is to be posted or edited."""


class PostRepository(Protocol):
    async def add(
        self, *, council: CouncilId, kind: PostKind, subject: int, due_at: datetime, data: Mapping[str, Any]
    ) -> None:
        """Add a post that is to be made once."""
        ...

    async def redraw(self, redraws: Iterable[Redraw]) -> None:
        """Ask for messages of the `REDRAWN` kinds (council, kind, subject) to be posted or edited, each at its instant.
        There is one row for each message: if one waits already, the earlier of the two instants counts."""
        ...

    async def drop(self, kind: PostKind, subject: int) -> None:
        """Delete the waiting posts of this kind about this subject."""
        ...

    async def list_due(
        self, now: datetime, *, most: int, shards: Shards | None = None, aside: Collection[CouncilId] = ()
    ) -> tuple[Post, ...]:
        """The due posts of the shards' councils, except those `aside`: results, notices and reminders before redraws,
        then by instant."""
        ...

    async def list_put_off(self, council: CouncilId) -> tuple[PostKind, ...]:
        """The kinds of the council's posts that Discord has not accepted yet and that are tried again."""
        ...

    async def hasten(self, council: CouncilId, *, now: datetime) -> None:
        """Make due `now` the posts that were put off because Discord forbade them."""
        ...

    async def count_due(self, now: datetime, *, shards: Shards | None) -> int: ...
    async def begin(self, post: int, *, now: datetime, until: datetime) -> Post | None:
        """Begin to send the post: counts an attempt, and reserves the post for this process until `until`. Returns the
        post, its attempts without this one; None where it is not due, as when another process was quicker."""
        ...

    async def done(self, post: int, *, at: datetime, due_at: datetime, again_from: datetime | None = None) -> None:
        """The post was carried out. A redraw stays in the outbox if it was asked for again since its sending began,
        which made it due at `due_at`. If it was asked for later than that, it is due at `again_from`."""
        ...

    async def put_off(self, post: int, *, until: datetime, error: str) -> None: ...
    async def give_up(self, post: int, *, at: datetime, error: str) -> None: ...
    async def next_due(self, shards: Shards | None = None) -> datetime | None: ...
    async def messages(self, wanted: Iterable[tuple[PostKind, int]]) -> dict[tuple[PostKind, int], Message]: ...
    async def put_message(self, message: Message) -> None: ...
    async def touch_message(self, kind: PostKind, subject: int, *, at: datetime) -> None:
        """Note that the message, if there is one, is being edited."""
        ...

    async def forget_message(self, kind: PostKind, subject: int) -> None: ...


class TroubleRepository(Protocol):
    async def put(self, trouble: Trouble) -> None: ...
    async def find(self, council: CouncilId, kind: TroubleKind) -> Trouble | None: ...
    async def list_in(self, council: CouncilId) -> tuple[Trouble, ...]: ...
    async def list_untold(self, guild: int) -> tuple[Trouble, ...]:
        """The troubles of the server's councils whose channel is gone and whose chairs were not notified yet."""
        ...

    async def list_refused(self, guild: int) -> tuple[CouncilId, ...]:
        """The server's councils in which the bot lacked a permission to post."""
        ...

    async def end(self, council: CouncilId, kind: TroubleKind) -> bool:
        """End the council's trouble of this kind; returns whether there was one."""
        ...

    async def earliest(self) -> datetime | None:
        """When a council that could not be settled is next tried again."""
        ...
