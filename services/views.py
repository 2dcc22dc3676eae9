"""What the services answer with where something is to be shown: the procedure's values, gathered, never a sentence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from deliberation.categories import Category, Position
from deliberation.councils import Council
from deliberation.ids import PersonId, SeatId
from deliberation.issues import Issue
from deliberation.reasons import Reason
from deliberation.record import Head
from deliberation.rounds import Ballot, DocketEntry, Round
from deliberation.rulings import Ruling
from deliberation.schedules import Schedule
from deliberation.seats import Seat
from deliberation.tallies import Tally

from .ports import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class CouncilInfo:
    """A council at a glance. `issues`: how many under discussion stand at each category."""

    council: Council
    seats: int
    observers: int
    issues: Mapping[Category, int]
    round: Round | None
    schedule: Schedule | None
    next_opens_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatList:
    """The council's seats, by name, and the viewer's own."""

    council: Council
    seats: tuple[Seat, ...]
    own: Seat | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatReceipt:
    """A seat taken or left. `round`: the round open at that moment, if any."""

    council: Council
    seat: Seat
    round: Round | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """The answer to a proposal: the issue, or, where similar ones exist, those and no issue; the draft is kept."""

    council: Council
    issue: Issue | None
    similar: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewReceipt:
    """A review asked for or seconded: `seconds` of `needed` seats besides the one that asked; `opened`: enough."""

    council: Council
    issue: Issue
    seconds: int
    needed: int
    opened: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DocketLine:
    """An issue on a round's docket. `tally` is None while secrecy hides it; `cast`: seats that cast a ballot on it;
    `ballot`: the viewer's own; `card`: where its card stands."""

    entry: DocketEntry
    category: Category
    tally: Tally | None
    cast: int
    ballot: Ballot | None = None
    card: Message | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundView:
    """A round and its docket. `complete`: seats that voted on everything; `voted`: on anything; both of `entitled`.

    `seat` is the viewer's own, None where the view is for everybody or the viewer holds none.
    """

    council: Council
    round: Round
    lines: tuple[DocketLine, ...]
    entitled: int
    voted: int
    complete: int
    seat: Seat | None = None
    next_opens_at: datetime | None = None
    message: Message | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CardView:
    """An issue's card. `round`: the open round that has it on its docket, with `tally` (None while secrecy hides it),
    `cast` and `entitled` seats; `trend`: its rulings so far, the oldest first, and `names` of the seats in their
    `vetoed_by`; `ballot`: the viewer's own."""

    council: Council
    issue: Issue
    round: Round | None = None
    tally: Tally | None = None
    cast: int = 0
    entitled: int = 0
    trend: tuple[tuple[int, Ruling], ...] = ()
    names: Mapping[SeatId, str] = field(default_factory=dict)
    reasons: int = 0
    ballot: Ballot | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotReceipt:
    """What was recorded: durable when this is returned.

    `position` is None where the ballot was withdrawn; `previous`: what it replaced; `repeated`: it stood like that
    already; `seat_taken`: the seat came with this ballot. `next`: the first issue of the docket that still lacks the
    seat's ballot; `remaining`: how many do.
    """

    council: Council
    round: Round
    entry: DocketEntry
    seat: Seat
    position: Position | None
    previous: Position | None
    reason: str | None
    repeated: bool
    seat_taken: bool
    next: DocketEntry | None
    remaining: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatReason:
    """A reason with the name of the seat that gave it and the number of its round."""

    reason: Reason
    seat_name: str
    round_number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonsView:
    """The reasons on an issue, the newest round first. `sealed`: those of the open round are hidden until its close."""

    council: Council
    issue: Issue
    reasons: tuple[SeatReason, ...]
    sealed: Round | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultLine:
    """One issue's ruling. `reasons`: for what moved, one from either side; `shifts`: how many seats came to each
    position from another since the issue's last round; `names`: of the seats in `ruling.vetoed_by`."""

    entry: DocketEntry
    ruling: Ruling
    names: Mapping[SeatId, str] = field(default_factory=dict)
    reasons: tuple[SeatReason, ...] = ()
    shifts: Mapping[Position, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultView:
    """A closed round: its rulings by place on the docket, the record's head at its close, the next round."""

    council: Council
    round: Round
    lines: tuple[ResultLine, ...]
    voted: int
    entitled: int
    head: Head
    next_opens_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderView:
    """Whom to remind of a round: holders of seats that lack a ballot, as each of them chose. `missing`: those seats'
    names; `at_risk`: issues short of their quorum (on the last reminder only)."""

    council: Council
    round: Round
    mention: tuple[PersonId, ...]
    direct: tuple[PersonId, ...]
    missing: tuple[str, ...]
    at_risk: tuple[DocketEntry, ...]
    message: Message | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleView:
    """A council's schedule and its next window."""

    council: Council
    schedule: Schedule
    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something that `verify` disputes. `what`: "entry", "ballot", "ruling" or "standing"; `where` names it in figures
    (council, round, issue, seat, index), `expected` and `found` as data."""

    council: str
    what: str
    where: Mapping[str, int]
    expected: str
    found: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyReport:
    """What was recomputed, and every fault found."""

    councils: int
    entries: int
    ballots: int
    rulings: int
    faults: tuple[Fault, ...]

    @property
    def sound(self) -> bool:
        return not self.faults
