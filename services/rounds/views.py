"""What the services return about rounds: the docket, the result, the people to remind, roll calls and schedules."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from deliberation.categories import Category, Position
from deliberation.councils import Council
from deliberation.ids import PersonId, SeatId
from deliberation.record import Head
from deliberation.rounds import Ballot, DocketEntry, Round
from deliberation.rounds.roll_calls import RollCall
from deliberation.rounds.schedules import Schedule
from deliberation.rulings import Ruling
from deliberation.rulings.tallies import Tally
from deliberation.seats import Seat
from services.ports import Message
from services.reasons import SeatReason


@dataclass(frozen=True, slots=True, kw_only=True)
class DocketLine:
    """An issue on a round's docket. `tally` is None while secrecy hides it; `cast`: the number of seats that cast a
    ballot on it; `ballot`: the viewer's own, never under secrecy; `voted`: the viewer's seat has cast one; `earlier`:
    it did so before the viewer came to the seat, so they neither see nor change it; `card`: where the issue's card is
    posted."""

    entry: DocketEntry
    category: Category
    tally: Tally | None
    cast: int
    ballot: Ballot | None = None
    voted: bool = False
    earlier: bool = False
    card: Message | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundView:
    """A round and its docket. `complete`: how many of the `entitled` seats voted on everything; `voted`: how many on
    anything.

    `seat`: the viewer's own, None where the view is for everybody or the viewer holds none; `seats`: all that the
    viewer holds.
    """

    council: Council
    round: Round
    lines: tuple[DocketLine, ...]
    entitled: int
    voted: int
    complete: int
    seat: Seat | None = None
    seats: tuple[Seat, ...] = ()
    next_opens_at: datetime | None = None
    message: Message | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultLine:
    """One issue's ruling. `reasons`: for what moved, one from either side; `shifts`: how many seats moved to each
    position from another since the issue's last round; `names`: those of the seats in `ruling.vetoed_by`; `by_proxy`:
    how many ballots came by proxy; `proxies`: the names of those seats with those of their proxies, none under
    secrecy."""

    entry: DocketEntry
    ruling: Ruling
    names: Mapping[SeatId, str] = field(default_factory=dict[SeatId, str])
    reasons: tuple[SeatReason, ...] = ()
    shifts: Mapping[Position, int] = field(default_factory=dict[Position, int])
    by_proxy: int = 0
    proxies: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultView:
    """A closed round: its rulings by place on the docket, the record's head at its close, and the next round."""

    council: Council
    round: Round
    lines: tuple[ResultLine, ...]
    voted: int
    entitled: int
    head: Head
    next_opens_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderView:
    """The people to remind of a round: holders of seats that lack a ballot, each in the way that they chose. `missing`:
    those seats' names; `at_risk`: issues short of their quorum (on the last reminder only)."""

    council: Council
    round: Round
    mention: tuple[PersonId, ...]
    direct: tuple[PersonId, ...]
    missing: tuple[str, ...]
    at_risk: tuple[DocketEntry, ...]
    message: Message | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RollCallView:
    """A roll call that is under way, and the seats that could answer it, by name."""

    council: Council
    roll_call: RollCall
    seats: tuple[Seat, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleView:
    """A council's schedule and its next window."""

    council: Council
    schedule: Schedule
    opens_at: datetime
    closes_at: datetime
