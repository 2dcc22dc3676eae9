"""A council's rules: what a rung needs, what a quorum is, and how rounds are conducted (PRODUCT §2 and §3).

A rule object only answers what it says; counting is in `tallies`, deciding in `rulings`. Rules are immutable: a round
has the ones that it opened with for ever.

A setting has one home, its field here: beside the type are its range, the format of stored rules that added it, and
whether presets decide it. What is stored, what a form shows and reads, and the panel's lines follow from that.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from fractions import Fraction
from typing import Annotated, ClassVar, Final, cast

from deliberation.categories import Category
from deliberation.errors import DomainError
from deliberation.fields import Called, Since, Within, ranges_of

LONGEST_DEBATE = timedelta(days=90)
LONGEST_EXTENSION = timedelta(days=30)
LONGEST_MEMBERSHIP = timedelta(days=3650)

Share = Annotated[Fraction, Within(Fraction(0), Fraction(1), above=True)]
"""A part of a whole: above 0, and at most 1."""
BY_PRESET: Final = "by preset"
"""A note on the settings that adopting a preset changes; the others stay as they are (PRODUCT §2, "Presets")."""


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
    """Secret ballots with vetoes or unequal weights would reveal who cast them."""

    code: ClassVar[str] = "secret_needs_equality"


class NeedsAssignedSeats(DomainError):
    """The setting needs assigned seats: open seating admits seats during a round, so nobody knows when all are there.
    Parameter: `setting`."""

    code: ClassVar[str] = "needs_assigned_seats"


class Base(StrEnum):
    """What a share is a share of."""

    VOTING = "voting"
    CAST = "cast"
    ENTITLED = "entitled"


class Measure(StrEnum):
    """Whether ballots are counted by their seats' weight, or as one for each seat."""

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

    fraction: Share
    more_than: bool = False

    def __post_init__(self) -> None:
        _check_ranges(self)
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
    """In addition to the criteria, a share of the voting weight inside every bloc of at least `least_seats` seats."""

    threshold: Threshold
    least_seats: Annotated[int, Within(1, 1_000_000)] = 3

    def __post_init__(self) -> None:
        _check_ranges(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """What an issue needs to reach a category, and what it needs to stay there.

    `criteria` must all hold. `vetoes`: a veto seat's ballot below the rung blocks it. `sustained`: consecutive quorate
    rounds in which the test must hold. `floor`: the share of voting weight under which an issue wavers on this rung.
    """

    criteria: Annotated[tuple[Criterion, ...], Within(1, 5)]
    vetoes: bool = False
    broad: BroadSupport | None = None
    sustained: Annotated[int, Within(1, 20)] = 1
    floor: Share | None = None

    def __post_init__(self) -> None:
        _check_ranges(self)


@dataclass(frozen=True, slots=True)
class Quorum:
    """How many entitled seats must cast a ballot on the issue, abstentions included: a share of them and a least
    number."""

    share: Threshold | None = None
    least: Annotated[int, Within(0, 1_000_000, setting="quorum")] = 0

    def __post_init__(self) -> None:
        _check_ranges(self)

    def needed(self, entitled: int) -> int:
        """How many seats must cast a ballot where `entitled` seats could."""
        share = self.share.needed(entitled) if self.share is not None else 0
        return max(share, self.least)

    def met(self, cast: int, entitled: int) -> bool:
        """Whether `cast` of `entitled` seats are a quorum. Where the quorum is a share and no seat is entitled, there
        is none."""
        if self.share is not None and not self.share.passes(cast, entitled):
            return False
        return cast >= self.least


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """A council's settings. `preset`: the name of the set that they started from; every value may differ from it.

    `seconders`: how many, not counting the proposer's seat, an issue needs before its first docket. `debate`:
    how long a docket is discussed before voting opens; zero: not at all. `extension`: by how much a round is prolonged,
    once, where an issue is inquorate at the deadline. `early_close`: a round ends as soon as every entitled seat has
    voted on everything. `roll_call`: after a roll call only the seats that answered it are entitled. `claims`: members
    may take a free delegation. `membership`: how long a member must have been on the server to be seated without a
    chair. `threads`: every issue's card gets a thread.
    """

    preset: Annotated[str, BY_PRESET]
    adjustment: Annotated[Rung, BY_PRESET]
    prohibited: Annotated[Rung, BY_PRESET]
    quorum: Annotated[Quorum, BY_PRESET]
    blocking_minority: Annotated[int | None, Within(1, 1_000), BY_PRESET] = None
    relegate_after: Annotated[int, Within(1, 20), BY_PRESET] = 2
    reason_required: Annotated[bool, BY_PRESET] = False
    secrecy: Secrecy = Secrecy.OPEN
    open_seating: bool = True
    docket_limit: Annotated[int, Within(1, 25)] = 10
    review_seconders: Annotated[int, Within(0, 1_000, setting="review_seconds"), Called("review_seconds")] = 2
    round_length: timedelta = timedelta(days=3)
    reminders: tuple[timedelta, ...] = (timedelta(hours=24), timedelta(hours=1))
    seconders: Annotated[int, Within(0, 1_000, setting="seconds"), Called("seconds"), Since(2)] = 0
    debate: Annotated[timedelta, Within(timedelta(0), LONGEST_DEBATE), Since(2)] = timedelta(0)
    extension: Annotated[timedelta | None, Within(timedelta(minutes=1), LONGEST_EXTENSION), Since(2)] = None
    early_close: Annotated[bool, Since(2)] = False
    roll_call: Annotated[bool, Since(2)] = False
    claims: Annotated[bool, Since(2)] = False
    membership: Annotated[timedelta, Within(timedelta(0), LONGEST_MEMBERSHIP), Since(2)] = timedelta(0)
    threads: Annotated[bool, Since(2)] = False

    def __post_init__(self) -> None:
        _check_ranges(self)
        for setting in ("early_close", "roll_call"):
            if self.open_seating and getattr(self, setting):
                raise NeedsAssignedSeats(setting=setting)
        self._check_thresholds_rise()
        for category in (Category.ADJUSTMENT, Category.PROHIBITED):
            self._check_floor(category)
        if self.secrecy is Secrecy.SECRET and (self.adjustment.vetoes or self.prohibited.vetoes):
            raise SecretNeedsEquality

    def rung(self, category: Category) -> Rung:
        """What an issue needs to reach `category`. Nothing has to reach *independent*: asking for it is an error."""
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
    """The strictest threshold of a rung on each base and measure: the one that decides."""
    highest: dict[tuple[Base, Measure], Threshold] = {}
    for criterion in rung.criteria:
        key = (criterion.base, criterion.measure)
        highest[key] = max(criterion.threshold, highest.get(key, criterion.threshold))
    return highest


def _check_ranges(holder: Threshold | BroadSupport | Rung | Quorum | Rules) -> None:
    """Raises RulesInvalid or LengthInvalid for the first field outside its range. None is within every range."""
    for name, within in ranges_of(type(holder)).items():
        given = getattr(holder, name)
        if isinstance(given, tuple):
            given = len(cast("tuple[object, ...]", given))
        if given is None or within.holds(given):
            continue
        setting, least, most = within.setting or name, within.least, within.most
        if isinstance(given, timedelta):
            raise LengthInvalid(setting=setting, given=given, least=least, most=most)
        raise RulesInvalid(setting=setting, given=str(given), least=str(least), most=str(most))
