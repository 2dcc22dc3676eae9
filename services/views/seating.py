"""What the services answer with about councils and seats."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from deliberation.categories import Category
from deliberation.councils import Council
from deliberation.ids import PersonId, SeatId
from deliberation.issues import Issue
from deliberation.proxies import Proxy
from deliberation.roll_calls import RollCall
from deliberation.rounds import Round
from deliberation.rules import Rules
from deliberation.schedules import Schedule
from deliberation.seats import Seat

from ..ports import PostKind, Trouble, TroubleKind


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
class TroublesView:
    """What goes wrong in a council. `waiting`: the kinds of posts that Discord has not taken yet."""

    troubles: Mapping[TroubleKind, Trouble]
    waiting: tuple[PostKind, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesView:
    """A council's rules and what to look out for in them. `warnings`: stable codes, such as `no_veto_seat`."""

    council: Council
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesChanged:
    """Rules that were changed, or would be: those of `council` are the ones from now on, `before` those until now."""

    council: Council
    before: Rules
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatList:
    """The council's seats, by name, the viewer's own, what proxies are in force, and whom a chair has barred.
    `resting`: free delegations that can be claimed once the running round is over."""

    council: Council
    seats: tuple[Seat, ...]
    own: tuple[Seat, ...] = ()
    proxies: tuple[Proxy, ...] = ()
    barred: tuple[PersonId, ...] = ()
    resting: frozenset[SeatId] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatReceipt:
    """A seat taken or left. `round`: the one running at that moment, if any; `votes_now`: the seat can vote in it."""

    council: Council
    seat: Seat
    round: Round | None
    votes_now: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatsReceipt:
    """What a chair did with seats. `seating_closed`: open seating ended with it; `round`: the running one, if any."""

    council: Council
    seats: tuple[Seat, ...]
    round: Round | None = None
    seating_closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatsNotice:
    """What a chair has done with seats while round `number` ran. `code`: a holder was assigned or removed, a seat was
    removed, or `count` seats were added (without `seat`); `member`: to whom, None where that is erased or nobody;
    `mention` and `direct`: the seat's other holders, as each wants to be told."""

    council: Council
    code: str
    number: int
    count: int = 0
    seat: Seat | None = None
    member: PersonId | None = None
    mention: tuple[PersonId, ...] = ()
    direct: tuple[PersonId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProxyReceipt:
    """A proxy given or taken back: from `seat` to `proxy`, for `issue` or (None) for a round: the running one, or the
    next where there is none."""

    council: Council
    seat: Seat
    proxy: Seat
    issue: Issue | None
    round: Round | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RollCallView:
    """A roll call that is being held, and the seats that could answer it, by name."""

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
