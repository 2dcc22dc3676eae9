"""What passes between the services and the store besides the procedure's own values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from deliberation.categories import Position
from deliberation.ids import ChannelId, CouncilId, IssueId, PersonId, RoundId, SeatId
from deliberation.rounds import Entitlement, RoundStatus
from deliberation.seats import Seat

BallotKey = tuple[RoundId, IssueId, SeatId]


class DueRound(NamedTuple):
    """A round whose time has come: a debate's end, a deadline, or a closing that somebody has begun."""

    at: datetime
    council: CouncilId
    round: RoundId
    status: RoundStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotEvent:
    """One line of a ballot's history. `position` is None where the ballot was withdrawn; `person` cast it. `salt`: of
    the record's commitment to the person, None where that was made before salts stood here, or was erased."""

    round: RoundId
    issue: IssueId
    seat: SeatId
    position: Position | None
    version: int
    person: PersonId
    at: datetime
    salt: bytes | None = None


class GivenReason(NamedTuple):
    """A seat's reason on an issue in a round, for a position or (None) without a ballot, and the record's commitment to
    its text."""

    round: RoundId
    issue: IssueId
    seat: SeatId
    position: Position | None
    text: str
    at: datetime
    commitment: str


class RunningSum(NamedTuple):
    """What a round's ballots add up to so far (`deliberation.sums`), and the salt of the commitments to it."""

    salt: bytes
    text: str


class Change(NamedTuple):
    """A row that the record vouches for, as a transaction has left it: the values of its key, and its columns that are
    new or changed, beside the salt for those that name a person; None where it is gone."""

    table: str
    key: tuple[Any, ...]
    values: Mapping[str, Any] | None


class Voter(NamedTuple):
    """A seat that somebody holds in the council of a round and since when, and its entitlement in it, if it has one."""

    round: RoundId
    person: PersonId
    seat: Seat
    since: datetime
    entitlement: Entitlement | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shards:
    """The part of all servers that a process answers and posts for: those whose id, without its lowest 22 bits, leaves
    one of `ids` when divided by `count` (Discord, "Sharding")."""

    ids: tuple[int, ...]
    count: int

    def own(self, guild: int) -> bool:
        return (guild >> 22) % self.count in self.ids


class PostKind(StrEnum):
    """What the bot posts to a council's channel. A card, the round's message and the board are edited; the rest is
    posted once."""

    CARD = "card"
    ROUND = "round"
    RESULT = "result"
    REMINDER = "reminder"
    NOTICE = "notice"
    BOARD = "board"
    ROLL_CALL = "roll_call"


REDRAWN = (PostKind.CARD, PostKind.ROUND, PostKind.BOARD, PostKind.ROLL_CALL)
"""Posts whose message is edited for as long as it stands; the others are posted once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A due row of the outbox. `subject` is an issue's or a round's id, a council's for its board and roll call, 0
    for a notice; `data` holds codes and figures.

    `attempts` counts sendings begun before: above 0 the message may already be there. `due_at`: of a post whose sending
    has begun, the instant from which another process may begin it anew.
    """

    id: int
    council: CouncilId
    kind: PostKind
    subject: int
    due_at: datetime
    data: Mapping[str, Any] = field(default_factory=dict)
    attempts: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """Where a card or a round's message stands in Discord. `edited_at`: from when the pause before its next live redraw
    counts, which is later than its last edit where that took long to draw."""

    kind: PostKind
    subject: int
    channel: ChannelId
    message: int
    posted_at: datetime
    edited_at: datetime


class TroubleKind(StrEnum):
    """What goes wrong: a round that cannot be closed or opened, tables that say something else than the record, posts
    that the bot may not make, a channel that is gone."""

    SETTLING = "settling"
    RECORD = "record"
    POSTING = "posting"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Something that goes wrong in a council. `detail`: an incident's code, what is disputed first, the permissions
    that lack by Discord's names, or Discord's reason; `again_at`: when it is tried again, if that is known; `told`: its
    chairs know."""

    council: CouncilId
    kind: TroubleKind
    detail: str
    failures: int
    since: datetime
    again_at: datetime | None = None
    told: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegation:
    """A delegation to be seated. `country`: ISO 3166 alpha-2, or None; `holders`: who shares its ballot, perhaps nobody
    yet; `may_abstain`: False where it is present and voting."""

    name: str
    country: str | None = None
    holders: tuple[PersonId, ...] = ()
    weight: int = 1
    veto: bool = False
    observer: bool = False
    may_abstain: bool = True


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a member wrote and was refused, kept so that nothing is lost. `kind`: "issue" or "reason"; `subject`: 0 or
    the issue's id; `fields`: as typed."""

    council: CouncilId
    person: PersonId
    kind: str
    subject: int
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """What a commitment in the record hides: erasing the row leaves the chain as it is."""

    commitment: str
    label: str
    salt: bytes
    value: str
