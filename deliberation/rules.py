"""A council's rules: what a rung needs, what a quorum is, and how rounds are conducted (PRODUCT §2 and §3).

A rule object answers only what it says; the counting stands in `tallies`, the deciding in `rulings`. Rules are
immutable: a round keeps the ones it opened with for ever.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from fractions import Fraction
from typing import ClassVar

from .categories import Category
from .errors import DomainError

LONGEST_DEBATE = timedelta(days=90)
LONGEST_EXTENSION = timedelta(days=30)
LONGEST_MEMBERSHIP = timedelta(days=3650)


class RulesInvalid(DomainError):
    """A setting lies outside its range. Parameters: `setting`, `given`, `least`, `most`."""

    code: ClassVar[str] = "rules_invalid"


class LengthInvalid(DomainError):
    """A length of time lies outside its range. Parameters: `setting`; `given`, `least` and `most` (timedelta)."""

    code: ClassVar[str] = "length_invalid"


class MoreThanAll(DomainError):
    """ "More than" the whole can never be reached. Parameter: `setting`."""

    code: ClassVar[str] = "more_than_all"


class ThresholdsFall(DomainError):
    """A higher rung would be easier to reach than a lower one. Parameters: `base`, `measure`."""

    code: ClassVar[str] = "thresholds_fall"


class FloorAboveThreshold(DomainError):
    """A floor above a threshold would let an issue rise and waver at once. Parameters: `category`, `floor`."""

    code: ClassVar[str] = "floor_above_threshold"


class SecretNeedsEquality(DomainError):
    """Secret ballots with vetoes or unequal weights would show who cast them."""

    code: ClassVar[str] = "secret_needs_equality"


class NeedsAssignedSeats(DomainError):
    """Open seating lets seats in during a round, and so nobody knows when all have come. Parameter: `setting`."""

    code: ClassVar[str] = "needs_assigned_seats"


class Base(StrEnum):
    """What a share is a share of."""

    VOTING = "voting"
    CAST = "cast"
    ENTITLED = "entitled"


class Measure(StrEnum):
    """Whether ballots are counted by their seats' weight or one for each seat."""

    WEIGHT = "weight"
    SEATS = "seats"


class Secrecy(StrEnum):
    """Who sees positions, and when (PRODUCT §5)."""

    OPEN = "open"
    SEALED = "sealed"
    SECRET = "secret"


@dataclass(frozen=True, slots=True, order=True)
class Threshold:
    """A fraction to reach (`at least`) or to exceed (`more than`). Ordered by strictness: "more than" 1/2 is above
    "at least" 1/2."""

    fraction: Fraction
    more_than: bool = False

    def __post_init__(self) -> None:
        if not 0 < self.fraction <= 1:
            raise RulesInvalid(setting="fraction", given=str(self.fraction), least="0", most="1")
        if self.more_than and self.fraction == 1:
            raise MoreThanAll(setting="fraction")

    def passes(self, reached: int, of: int) -> bool:
        """Whether `reached` of a base `of` meets this. An empty base never passes."""
        if of <= 0:
            return False
        left, right = reached * self.fraction.denominator, of * self.fraction.numerator
        return left > right if self.more_than else left >= right

    def needed(self, of: int) -> int:
        """The least whole number that passes on the base `of` (> 0)."""
        whole, rest = divmod(of * self.fraction.numerator, self.fraction.denominator)
        return whole + 1 if rest or self.more_than else whole


@dataclass(frozen=True, slots=True)
class Criterion:
    """A share of a base that the support for a rung must reach."""

    threshold: Threshold
    base: Base = Base.VOTING
    measure: Measure = Measure.WEIGHT


@dataclass(frozen=True, slots=True)
class BroadSupport:
    """Besides the criteria, a share of the voting weight inside every bloc of at least `least_seats` seats."""

    threshold: Threshold
    least_seats: int = 3

    def __post_init__(self) -> None:
        _within("least_seats", self.least_seats, 1, 1_000_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """What an issue needs to reach a category, and what it needs to stay there.

    `criteria` must all hold. `vetoes`: a veto seat's ballot below the rung blocks it. `sustained`: consecutive quorate
    rounds in which the test must hold. `floor`: the share of voting weight under which an issue wavers on this rung.
    """

    criteria: tuple[Criterion, ...]
    vetoes: bool = False
    broad: BroadSupport | None = None
    sustained: int = 1
    floor: Fraction | None = None

    def __post_init__(self) -> None:
        if self.floor is not None and not 0 < self.floor <= 1:
            raise RulesInvalid(setting="floor", given=str(self.floor), least="0", most="1")
        _within("criteria", len(self.criteria), 1, 5)
        _within("sustained", self.sustained, 1, 20)


@dataclass(frozen=True, slots=True)
class Quorum:
    """Entitled seats that must cast a ballot on the issue, abstaining included: a share of them and a least number."""

    share: Threshold | None = None
    least: int = 0

    def __post_init__(self) -> None:
        _within("quorum", self.least, 0, 1_000_000)

    def needed(self, entitled: int) -> int:
        """The seats that must cast a ballot where `entitled` seats could."""
        share = self.share.needed(entitled) if self.share is not None else 0
        return max(share, self.least)

    def met(self, cast: int, entitled: int) -> bool:
        """Whether `cast` of `entitled` seats are a quorum. A share of no seats at all is none."""
        if self.share is not None and not self.share.passes(cast, entitled):
            return False
        return cast >= self.least


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """A council's settings. `preset` names the set they started from; every value may differ from it.

    `seconds`: how many seats besides the proposer's must second an issue before its first docket. `debate`: how long
    a docket is discussed before voting opens, zero for not at all. `extension`: by how much a round is prolonged, once,
    where an issue is inquorate at the deadline. `early_close`: a round ends as soon as every entitled seat has voted on
    everything. `roll_call`: after a roll call only the seats that answered it are entitled. `claims`: members may take
    a free delegation. `membership`: for how long a member must have been on the server to be seated without a chair.
    `threads`: every issue's card gets a thread.
    """

    preset: str
    adjustment: Rung
    prohibited: Rung
    quorum: Quorum
    blocking_minority: int | None = None
    relegate_after: int = 2
    reason_required: bool = False
    secrecy: Secrecy = Secrecy.OPEN
    open_seating: bool = True
    docket_limit: int = 10
    review_seconds: int = 2
    round_length: timedelta = timedelta(days=3)
    reminders: tuple[timedelta, ...] = (timedelta(hours=24), timedelta(hours=1))
    seconds: int = 0
    debate: timedelta = timedelta(0)
    extension: timedelta | None = None
    early_close: bool = False
    roll_call: bool = False
    claims: bool = False
    membership: timedelta = timedelta(0)
    threads: bool = False

    def __post_init__(self) -> None:
        _within("docket_limit", self.docket_limit, 1, 25)
        _within("review_seconds", self.review_seconds, 0, 1_000)
        _within("relegate_after", self.relegate_after, 1, 20)
        _within("seconds", self.seconds, 0, 1_000)
        _lasting("debate", self.debate, least=timedelta(0), most=LONGEST_DEBATE)
        _lasting("membership", self.membership, least=timedelta(0), most=LONGEST_MEMBERSHIP)
        if self.extension is not None:
            _lasting("extension", self.extension, least=timedelta(minutes=1), most=LONGEST_EXTENSION)
        for setting in ("early_close", "roll_call"):
            if self.open_seating and getattr(self, setting):
                raise NeedsAssignedSeats(setting=setting)
        if self.blocking_minority is not None:
            _within("blocking_minority", self.blocking_minority, 1, 1_000)
        self._check_thresholds_rise()
        for category in (Category.ADJUSTMENT, Category.PROHIBITED):
            self._check_floor(category)
        if self.secrecy is Secrecy.SECRET and (self.adjustment.vetoes or self.prohibited.vetoes):
            raise SecretNeedsEquality

    def rung(self, category: Category) -> Rung:
        """What reaching `category` takes. Nothing has to reach *independent*: asking for it is an error."""
        if category is Category.INDEPENDENT:
            raise ValueError("every issue starts at independent; there is no test for it")
        return self.adjustment if category is Category.ADJUSTMENT else self.prohibited

    def floor(self, category: Category) -> Fraction | None:
        """The floor at `category`; nothing can fall below *independent*."""
        return None if category is Category.INDEPENDENT else self.rung(category).floor

    def _check_thresholds_rise(self) -> None:
        lower, higher = _strictest(self.adjustment), _strictest(self.prohibited)
        for base, measure in lower.keys() & higher.keys():
            if higher[base, measure] < lower[base, measure]:
                raise ThresholdsFall(base=base.value, measure=measure.value)

    def _check_floor(self, category: Category) -> None:
        rung = self.rung(category)
        if rung.floor is None:
            return
        if any(rung.floor > criterion.threshold.fraction for criterion in rung.criteria):
            raise FloorAboveThreshold(category=category.word, floor=str(rung.floor))


def _strictest(rung: Rung) -> dict[tuple[Base, Measure], Threshold]:
    """The highest threshold of a rung on each base and measure: the one that binds."""
    highest: dict[tuple[Base, Measure], Threshold] = {}
    for criterion in rung.criteria:
        key = (criterion.base, criterion.measure)
        highest[key] = max(criterion.threshold, highest.get(key, criterion.threshold))
    return highest


def _lasting(setting: str, given: timedelta, *, least: timedelta, most: timedelta) -> None:
    if not least <= given <= most:
        raise LengthInvalid(setting=setting, given=given, least=least, most=most)


def _within(setting: str, given: int, least: int, most: int) -> None:
    if not least <= given <= most:
        raise RulesInvalid(setting=setting, given=str(given), least=str(least), most=str(most))
