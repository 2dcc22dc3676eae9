"""Deciding: from a tally, the rules and an issue's standing to a ruling that carries its whole arithmetic (PRODUCT §2).

`rule` is the one function that moves issues. It is pure: the same standing, tally and rules give the same ruling for
ever, which is what `comity verify` relies on.
"""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from deliberation.categories import Category
from deliberation.ids import SeatId
from deliberation.rules import Criterion, Measure, Rules, Rung, Threshold

from .standings import Standing
from .tallies import Tally


class RulingCode(StrEnum):
    """What a round can decide on an issue, in the order in which it is checked."""

    INQUORATE = "inquorate"
    VETOED = "vetoed"
    PROMOTED = "promoted"
    SUSTAINING = "sustaining"
    RELEGATED = "relegated"
    WAVERING = "wavering"
    HELD = "held"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuorumFigures:
    """Seats that cast a ballot, seats that could, and how many were needed."""

    cast: int
    entitled: int
    needed: int
    met: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionFigures:
    """A criterion's arithmetic: `reached` out of a base `of`; `needed` would have sufficed on that base.

    `disregarded`: it failed by weight, but fewer seats than a blocking minority withheld their support.
    """

    criterion: Criterion
    needed: int
    reached: int
    of: int
    holds: bool
    disregarded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BlocFigures:
    """Support inside one bloc. `disregarded`: none of its seats took a side."""

    bloc: str
    threshold: Threshold
    reached: int
    of: int
    holds: bool
    disregarded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Test:
    """The test for reaching `target`. Vetoes and streaks are not part of it."""

    target: Category
    criteria: tuple[CriterionFigures, ...]
    blocs: tuple[BlocFigures, ...] = ()

    @property
    def met(self) -> bool:
        return all(figure.holds or figure.disregarded for figure in (*self.criteria, *self.blocs))


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorFigures:
    """The floor's arithmetic at `category`: `reached` of `of` by weight. An empty base is neither below nor above."""

    category: Category
    floor: Fraction
    reached: int
    of: int

    @property
    def below(self) -> bool:
        return self.of > 0 and self.reached * self.floor.denominator < self.of * self.floor.numerator


@dataclass(frozen=True, slots=True)
class Streak:
    """How many consecutive rounds there have been, and how many are needed."""

    rounds: int
    needed: int

    @property
    def long_enough(self) -> bool:
        return self.rounds >= self.needed


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What a round decided on an issue, and every figure that decided it.

    `before` and `after`: the issue's standing before and after the round. `test`: None at *prohibited*, unless a review
    put the issue to the test again; `floor`: None where the rules have none. `vetoed_by`: the veto seats that voted
    below the target, whether or not that decided anything.
    """

    code: RulingCode
    before: Standing
    after: Standing
    tally: Tally
    quorum: QuorumFigures
    test: Test | None = None
    vetoed_by: tuple[SeatId, ...] = ()
    sustained: Streak | None = None
    floor: FloorFigures | None = None
    wavering: Streak | None = None

    @property
    def moved(self) -> bool:
        return self.before.category is not self.after.category


def rule(standing: Standing, tally: Tally, rules: Rules) -> Ruling:
    """Decide one issue in one round.

    `standing`: the issue's before the round (see `Standing.carried_over`); `tally`: its counted ballots; `rules`: the
    round's frozen ones. The codes are checked in the order of PRODUCT §2.
    """
    quorum = _quorum(tally, rules)
    if not quorum.met:
        return Ruling(code=RulingCode.INQUORATE, before=standing, after=standing, tally=tally, quorum=quorum)
    target = standing.category.above
    test = None if target is None else examine(target, tally, rules)
    vetoed_by = () if target is None else vetoing(target, tally, rules)
    sustained = _sustained(standing, test, vetoed_by, rules)
    floor = _floor(standing.category, tally, rules)
    wavering = None if floor is None else _wavering(standing, floor, rules)
    if target is None and floor is None and standing.under_review:
        test = examine(standing.category, tally, rules)
    code = _code(
        standing,
        took_side=tally.voting.seats > 0,
        test=test,
        vetoed=bool(vetoed_by),
        sustained=sustained,
        wavering=wavering if floor is not None and floor.below else None,
    )
    return Ruling(
        code=code,
        before=standing,
        after=_after(standing, code, sustained=sustained, wavering=wavering),
        tally=tally,
        quorum=quorum,
        test=test,
        vetoed_by=vetoed_by,
        sustained=sustained,
        floor=floor,
        wavering=wavering,
    )


def examine(target: Category, tally: Tally, rules: Rules) -> Test:
    """The test for `target`: its criteria (one by weight is disregarded where a blocking minority is missing) and broad
    support."""
    rung = rules.rung(target)
    lenient = _blocking_minority_missing(target, tally, rules)
    return Test(
        target=target,
        criteria=tuple(_criterion(criterion, target, tally, lenient=lenient) for criterion in rung.criteria),
        blocs=_blocs(rung, target, tally),
    )


def vetoing(target: Category, tally: Tally, rules: Rules) -> tuple[SeatId, ...]:
    """The veto seats that voted below `target`, where that rung has vetoes. Abstention and absence block nothing."""
    if not rules.rung(target).vetoes:
        return ()
    against = (seat for seat, position in tally.vetoes.items() if _is_below(position.category, target))
    return tuple(sorted(against))


def _code(
    standing: Standing,
    *,
    took_side: bool,
    test: Test | None,
    vetoed: bool,
    sustained: Streak | None,
    wavering: Streak | None,
) -> RulingCode:
    rising = test is not None and test.met and standing.category is not Category.PROHIBITED
    if rising and vetoed:
        return RulingCode.VETOED
    if rising and sustained is not None:
        return RulingCode.PROMOTED if sustained.long_enough else RulingCode.SUSTAINING
    if wavering is not None:
        return RulingCode.RELEGATED if wavering.long_enough else RulingCode.WAVERING
    if standing.category is Category.PROHIBITED and test is not None and not test.met and took_side:
        return RulingCode.RELEGATED
    return RulingCode.HELD


def _after(standing: Standing, code: RulingCode, *, sustained: Streak | None, wavering: Streak | None) -> Standing:
    if code is RulingCode.PROMOTED and standing.category.above is not None:
        return Standing(category=standing.category.above)
    if code is RulingCode.RELEGATED and standing.category.below is not None:
        return Standing(category=standing.category.below)
    return Standing(
        category=standing.category,
        sustained=0 if sustained is None else sustained.rounds,
        wavering=0 if wavering is None else wavering.rounds,
        under_review=standing.under_review and code is not RulingCode.HELD,
    )


def _quorum(tally: Tally, rules: Rules) -> QuorumFigures:
    cast, entitled = tally.cast.seats, tally.entitled.seats
    return QuorumFigures(
        cast=cast, entitled=entitled, needed=rules.quorum.needed(entitled), met=rules.quorum.met(cast, entitled)
    )


def _criterion(criterion: Criterion, target: Category, tally: Tally, *, lenient: bool) -> CriterionFigures:
    reached = tally.support(target).by(criterion.measure)
    of = tally.base(criterion.base).by(criterion.measure)
    holds = criterion.threshold.passes(reached, of)
    by_weight = criterion.measure is Measure.WEIGHT
    return CriterionFigures(
        criterion=criterion,
        reached=reached,
        of=of,
        needed=criterion.threshold.needed(of),
        holds=holds,
        disregarded=lenient and by_weight and not holds and of > 0,
    )


def _blocking_minority_missing(target: Category, tally: Tally, rules: Rules) -> bool:
    """Whether fewer seats than a blocking minority withhold their support (TEU 16(4)). False in councils of fewer than
    three times as many seats."""
    minority = rules.blocking_minority
    if minority is None or tally.entitled.seats < 3 * minority:
        return False
    return tally.entitled.seats - tally.support(target).seats < minority


def _blocs(rung: Rung, target: Category, tally: Tally) -> tuple[BlocFigures, ...]:
    if rung.broad is None:
        return ()
    figures: list[BlocFigures] = []
    for name, bloc in sorted(tally.blocs.items()):
        if bloc.entitled.seats < rung.broad.least_seats:
            continue
        reached, of = bloc.support(target).weight, bloc.voting.weight
        figures.append(
            BlocFigures(
                bloc=name,
                threshold=rung.broad.threshold,
                reached=reached,
                of=of,
                holds=rung.broad.threshold.passes(reached, of),
                disregarded=bloc.voting.seats == 0,
            )
        )
    return tuple(figures)


def _sustained(standing: Standing, test: Test | None, vetoed_by: tuple[SeatId, ...], rules: Rules) -> Streak | None:
    """The streak of met tests after this round. A failed test or a veto starts it again."""
    if test is None or standing.category is Category.PROHIBITED:
        return None
    counts = test.met and not vetoed_by
    return Streak(standing.sustained + 1 if counts else 0, rules.rung(test.target).sustained)


def _floor(category: Category, tally: Tally, rules: Rules) -> FloorFigures | None:
    floor = rules.floor(category)
    if floor is None:
        return None
    return FloorFigures(category=category, floor=floor, reached=tally.support(category).weight, of=tally.voting.weight)


def _wavering(standing: Standing, floor: FloorFigures, rules: Rules) -> Streak:
    """The streak below the floor after this round. Where nobody took a side it stays as it was."""
    if floor.of == 0:
        return Streak(standing.wavering, rules.relegate_after)
    return Streak(standing.wavering + 1 if floor.below else 0, rules.relegate_after)


def _is_below(category: Category | None, target: Category) -> bool:
    return category is not None and category < target
