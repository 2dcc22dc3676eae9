"""Invented councils: ballots by the dozen, rules with one thing set, and strategies for both."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from enum import Enum
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from deliberation.categories import Category, Position
from deliberation.fields import Kind, Within, fields_of
from deliberation.ids import SeatId
from deliberation.rules import Base, Criterion, Measure, Quorum, Rules, Rung, Secrecy, Threshold
from deliberation.rules._rules import BY_PRESET, BroadSupport
from deliberation.rulings import Ruling, rule
from deliberation.rulings.standings import Standing
from deliberation.rulings.tallies import SeatBallot, count
from deliberation.texts.durations import LONGEST, SHORTEST

HALF = Fraction(1, 2)
SECOND = timedelta(seconds=1)


def at_least(numerator: int, denominator: int = 1) -> Threshold:
    return Threshold(Fraction(numerator, denominator))


def more_than(numerator: int, denominator: int) -> Threshold:
    return Threshold(Fraction(numerator, denominator), more_than=True)


def group(
    *,
    independent: int = 0,
    adjustment: int = 0,
    prohibited: int = 0,
    abstain: int = 0,
    silent: int = 0,
    weight: int = 1,
    veto: bool = False,
    bloc: str | None = None,
) -> list[SeatBallot]:
    """So many seats of each position, alike in everything else."""
    numbers = {
        Position.INDEPENDENT: independent,
        Position.ADJUSTMENT: adjustment,
        Position.PROHIBITED: prohibited,
        Position.ABSTAIN: abstain,
        None: silent,
    }
    positions = [position for position, number in numbers.items() for _ in range(number)]
    return council(
        SeatBallot(seat=SeatId(0), position=position, weight=weight, veto=veto, bloc=bloc) for position in positions
    )


def council(*groups: Iterable[SeatBallot]) -> list[SeatBallot]:
    """These seats together, numbered from 1."""
    seats = [ballot for members in groups for ballot in members]
    return [replace(ballot, seat=SeatId(number)) for number, ballot in enumerate(seats, start=1)]


def rung(
    *thresholds: Threshold,
    base: Base = Base.VOTING,
    measure: Measure = Measure.WEIGHT,
    vetoes: bool = False,
    broad: BroadSupport | None = None,
    sustained: int = 1,
    floor: Fraction | None = None,
) -> Rung:
    """A rung with these thresholds, all on the same base and measure; more than half without any."""
    criteria = tuple(Criterion(threshold, base, measure) for threshold in thresholds or (more_than(1, 2),))
    return Rung(criteria=criteria, vetoes=vetoes, broad=broad, sustained=sustained, floor=floor)


def rules_of(
    *,
    adjustment: Rung | None = None,
    prohibited: Rung | None = None,
    quorum: Quorum | None = None,
    blocking_minority: int | None = None,
    relegate_after: int = 2,
) -> Rules:
    """Rules with these rungs; where only one is given, the other is like it, so that thresholds do not fall."""
    lower, upper = adjustment or prohibited or rung(), prohibited or adjustment or rung()
    return Rules(
        preset="invented",
        adjustment=lower,
        prohibited=upper,
        quorum=quorum or Quorum(),
        blocking_minority=blocking_minority,
        relegate_after=relegate_after,
    )


VETOES = rules_of(prohibited=rung(at_least(3, 5), vetoes=True))
THREE_ROUNDS = rules_of(prohibited=rung(at_least(3, 5), sustained=3))
FLOORS = rules_of(
    adjustment=rung(at_least(3, 5), floor=Fraction(2, 5)), prohibited=rung(at_least(4, 5), floor=Fraction(3, 5))
)

INDEPENDENT = Standing()
ADJUSTMENT = Standing(category=Category.ADJUSTMENT)
PROHIBITED = Standing(category=Category.PROHIBITED)


def ruled(standing: Standing, rules: Rules, *groups: Iterable[SeatBallot]) -> Ruling:
    """The ruling on an issue of this standing when these seats vote."""
    return rule(standing, count(council(*groups)), rules)


def in_turn(standing: Standing, rules: Rules, rounds: Sequence[list[SeatBallot]]) -> list[Ruling]:
    """The rulings of rounds that follow one another."""
    rulings: list[Ruling] = []
    for ballots in rounds:
        rulings.append(ruled(rulings[-1].after if rulings else standing, rules, ballots))
    return rulings


def codes(rulings: list[Ruling]) -> list[str]:
    return [ruling.code.value for ruling in rulings]


positions = st.sampled_from([*Position, None])
thresholds = st.builds(
    lambda numerator, denominator, more: (
        Threshold(Fraction(min(numerator, denominator), denominator), more)
        if numerator < denominator
        else Threshold(Fraction(1))
    ),
    st.integers(1, 6),
    st.integers(1, 6),
    st.booleans(),
)
standings = st.builds(
    Standing,
    category=st.sampled_from(Category),
    sustained=st.integers(0, 3),
    wavering=st.integers(0, 3),
    under_review=st.booleans(),
)


@st.composite
def ballots_of(
    draw: st.DrawFn,
    *,
    least: int = 0,
    most: int = 12,
    weights: st.SearchStrategy[int] | None = None,
    blocs: Sequence[str | None] = (None, "east", "west"),
) -> list[SeatBallot]:
    """A council's ballots on one issue."""
    heavy = st.integers(0, 4) if weights is None else weights
    seat = st.builds(
        SeatBallot,
        seat=st.just(SeatId(0)),
        position=positions,
        weight=heavy,
        veto=st.booleans(),
        bloc=st.sampled_from(blocs),
    )
    return council(draw(st.lists(seat, min_size=least, max_size=most)))


def values_of(kind: Kind) -> st.SearchStrategy[Any]:
    """Whatever a setting of that kind may be, and a chair can type."""
    within = kind.within
    if isinstance(kind.bare, type) and issubclass(kind.bare, Enum):
        values = st.sampled_from(kind.bare)
    elif kind.bare is int and within is not None:
        values = st.integers(within.least, within.most)
    elif kind.bare is timedelta:
        values = _lengths(within)
    elif kind.bare == tuple[timedelta, ...]:
        values = st.lists(_lengths(None), max_size=3).map(tuple)
    else:
        values = st.from_type(kind.bare)
    return st.none() | values if kind.optional else values


def _lengths(within: Within[timedelta] | None) -> st.SearchStrategy[timedelta]:
    least, most = (SHORTEST, LONGEST) if within is None else (within.least, min(within.most, LONGEST))
    typed = st.integers(max(least, SHORTEST) // SECOND, most // SECOND).map(lambda seconds: seconds * SECOND)
    return typed if least else st.just(least) | typed


@st.composite
def any_rules(draw: st.DrawFn) -> Rules:
    """Rules of every kind: one or two criteria, vetoes, breadth, streaks, floors, quorums, a blocking minority."""
    kinds = draw(
        st.lists(st.tuples(st.sampled_from(Base), st.sampled_from(Measure)), min_size=1, max_size=2, unique=True)
    )
    lower, upper = [], []
    for base, measure in kinds:
        low, high = sorted([draw(thresholds), draw(thresholds)])
        lower.append(Criterion(low, base, measure))
        upper.append(Criterion(high, base, measure))
    return Rules(
        preset="invented",
        adjustment=draw(_rung_with(lower)),
        prohibited=draw(_rung_with(upper)),
        quorum=Quorum(draw(st.none() | thresholds), draw(st.integers(0, 3))),
        blocking_minority=draw(st.none() | st.integers(1, 3)),
        relegate_after=draw(st.integers(1, 3)),
    )


@st.composite
def any_settings(draw: st.DrawFn) -> Rules:
    """Rules of every kind, with any settings for the conduct of rounds that they allow."""
    rules = draw(any_rules())
    conduct = {name: draw(values_of(kind)) for name, kind in fields_of(Rules).items() if BY_PRESET not in kind.notes}
    if conduct["open_seating"]:
        conduct |= {"early_close": False, "roll_call": False}
    if rules.adjustment.vetoes or rules.prohibited.vetoes:
        conduct["secrecy"] = Secrecy.SEALED
    return replace(rules, **conduct)


@st.composite
def _rung_with(draw: st.DrawFn, criteria: list[Criterion]) -> Rung:
    highest_floor = min(criterion.threshold.fraction for criterion in criteria)
    return Rung(
        criteria=tuple(criteria),
        vetoes=draw(st.booleans()),
        broad=draw(st.none() | st.builds(BroadSupport, thresholds, st.integers(1, 3))),
        sustained=draw(st.integers(1, 3)),
        floor=draw(st.none() | st.sampled_from([highest_floor, highest_floor / 2])),
    )
