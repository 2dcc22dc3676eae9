"""What the services return about seats."""

from dataclasses import dataclass

from deliberation.ballots.proxies import Proxy
from deliberation.councils import Council
from deliberation.ids import PersonId, SeatId
from deliberation.rounds import Round
from deliberation.seats import Seat
from services.ports import NoticeKind


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatList:
    """The council's seats, by name, the viewer's own, the proxies in force, and the people who are barred. `resting`:
    free delegations that can be claimed once the running round is over."""

    council: Council
    seats: tuple[Seat, ...]
    own: tuple[Seat, ...] = ()
    proxies: tuple[Proxy, ...] = ()
    barred: tuple[PersonId, ...] = ()
    resting: frozenset[SeatId] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatReceipt:
    """A seat taken or left. `round`: the one running then, if any; `votes_now`: the seat can vote in it."""

    council: Council
    seat: Seat
    round: Round | None
    votes_now: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatsReceipt:
    """What a chair did with seats. `seating_closed`: this ended open seating; `round`: the running one, if any."""

    council: Council
    seats: tuple[Seat, ...]
    round: Round | None = None
    seating_closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatsNotice:
    """What a chair has done with seats while round `number` ran. `kind`: a holder was assigned or removed, a seat was
    removed, or `count` seats were added (without `seat`); `member`: the holder in question, None where they were erased
    or there is none; `mention` and `direct`: the seat's other holders, by the way each wants to be notified."""

    council: Council
    kind: NoticeKind
    number: int
    count: int = 0
    seat: Seat | None = None
    member: PersonId | None = None
    mention: tuple[PersonId, ...] = ()
    direct: tuple[PersonId, ...] = ()
