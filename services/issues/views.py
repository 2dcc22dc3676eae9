"""What the services return about issues: their cards, why they are at their category, and the board."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from deliberation.councils import Council
from deliberation.ids import SeatId
from deliberation.issues import Issue
from deliberation.rounds import Ballot, Round
from deliberation.rulings import Ruling
from deliberation.rulings.movement import Movement
from deliberation.rulings.tallies import Tally
from deliberation.seats import Seat
from services.ports import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """The answer to a proposal: the new issue; or, where similar ones exist, those and no issue, and the draft
    stays."""

    council: Council
    issue: Issue | None
    similar: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewReceipt:
    """A review asked for or seconded: it has `seconders` of the `needed` seconders, not counting the seat that asked;
    `opened`: these are enough."""

    council: Council
    issue: Issue
    seconders: int
    needed: int
    opened: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondReceipt:
    """An issue seconded: it has `seconders` of the `needed` seconders."""

    council: Council
    issue: Issue
    seconders: int
    needed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CardView:
    """An issue's card. `round`: the open round that has it on its docket, with `tally` (None while secrecy hides it)
    and the number of seats that have `cast` a ballot and that are `entitled`. `trend`: the issue's rulings so far, the
    oldest first; `names`: those of the seats in their `vetoed_by`. `seat` and `ballot`: the viewer's own, the ballot
    never under secrecy; `voted`: the seat has cast one; `earlier`: it did so before the viewer came to the seat, so
    they neither see nor change it. `merged`: the numbers of the issues that were merged into this one."""

    council: Council
    issue: Issue
    round: Round | None = None
    tally: Tally | None = None
    cast: int = 0
    entitled: int = 0
    trend: tuple[tuple[int, Ruling], ...] = ()
    names: Mapping[SeatId, str] = field(default_factory=dict[SeatId, str])
    reasons: int = 0
    seat: Seat | None = None
    ballot: Ballot | None = None
    voted: bool = False
    earlier: bool = False
    merged: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why an issue is at its category: its last ruling, or what the open round would decide now (`provisional`).

    `ruling` is None where secrecy hides it until the close, or no round has had the issue yet. `movement` and
    `compared` (the same ballots under every preset, in the order of `PRESETS`) are then missing too. `round`: the one
    explained; `names`: those of the seats in any `vetoed_by`.
    """

    council: Council
    issue: Issue
    round: Round | None = None
    provisional: bool = False
    ruling: Ruling | None = None
    movement: Movement | None = None
    compared: tuple[tuple[str, Ruling], ...] = ()
    names: Mapping[SeatId, str] = field(default_factory=dict[SeatId, str])


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardLine:
    """An issue on the board with its rulings so far, the oldest first."""

    issue: Issue
    trend: tuple[tuple[int, Ruling], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardView:
    """Every issue under discussion, the highest category first, then by number. `message`: where the board is
    pinned."""

    council: Council
    lines: tuple[BoardLine, ...]
    round: Round | None = None
    next_opens_at: datetime | None = None
    message: Message | None = None
