"""What would move an issue: how far a round's ballots are from the next rung, and from the floor (PRODUCT §2)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from deliberation.categories import Category, Position
from deliberation.ids import SeatId
from deliberation.rules import Rules, Threshold

from ._rulings import Test, examine, vetoing
from .standings import Standing
from .tallies import Count, SeatBallot, Tally, count


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """What an issue lacks for the next rung, `target`: None at *prohibited*, where only `floor` applies.

    `met`: the ballots as they are meet the test for `target`. `silent_needed`: the fewest seats without a ballot that
    would have to vote `target`; 0 where the test is met, None where all of them together would not suffice. In that
    case `changes_needed` is the fewest ballots that would have to change to `target` in addition; None where no ballots
    could meet the test.

    What is not part of the test is named separately. `vetoes`: the veto seats that voted below `target`;
    `quorum_missing`: how many more seats must cast a ballot; `rounds_missing`: in how many more quorate rounds after
    this one the test would have to be met.

    `floor`: the fewest supporting seats that would have to vote below the issue's category before it wavers there; 0
    where it wavers already; None without a floor, and where no weight has taken a side.
    """

    target: Category | None
    met: bool = False
    silent_needed: int | None = None
    changes_needed: int | None = None
    vetoes: tuple[SeatId, ...] = ()
    quorum_missing: int = 0
    rounds_missing: int = 0
    floor: int | None = None

    @property
    def out_of_reach(self) -> bool:
        """Whether no ballots of the entitled seats could meet the test."""
        return self.target is not None and self.silent_needed is None and self.changes_needed is None


def what_would_move(ballots: Sequence[SeatBallot], *, standing: Standing, rules: Rules) -> Movement:
    """What would move an issue of this standing, given one entry for each entitled seat.

    The figures are exact, with one exception: where broad support of blocs is needed and weights differ,
    `changes_needed` is a number that suffices, but not always the smallest. The seats of a bloc without any weight are
    not counted on: they could only do harm.
    """
    tally = count(ballots)
    floor = _floor_distance(ballots, tally, standing.category, rules)
    missing = _quorum_missing(tally, rules)
    target = standing.category.above
    if target is None:
        return Movement(target=None, quorum_missing=missing, floor=floor)
    silent, changes = _ballots_needed(ballots, tally, target, rules)
    return Movement(
        target=target,
        met=silent == 0,
        silent_needed=silent,
        changes_needed=changes,
        vetoes=vetoing(target, tally, rules),
        quorum_missing=missing,
        rounds_missing=max(0, rules.rung(target).sustained - standing.sustained - 1),
        floor=floor,
    )


def _quorum_missing(tally: Tally, rules: Rules) -> int:
    cast, entitled = tally.cast.seats, tally.entitled.seats
    return 0 if rules.quorum.met(cast, entitled) else max(1, rules.quorum.needed(entitled) - cast)


def _floor_distance(ballots: Sequence[SeatBallot], tally: Tally, category: Category, rules: Rules) -> int | None:
    floor, of = rules.floor(category), tally.voting.weight
    if floor is None or of == 0:
        return None
    reached = tally.support(category).weight
    leaving = 0
    for ballot in _heaviest(ballot for ballot in ballots if _supports(ballot, category)):
        if reached < floor * of:
            break
        reached -= ballot.weight
        leaving += 1
    return leaving


def _ballots_needed(
    ballots: Sequence[SeatBallot], tally: Tally, target: Category, rules: Rules
) -> tuple[int | None, int | None]:
    """`silent_needed` and `changes_needed`."""
    ballots = _without_hopeless(ballots, examine(target, tally, rules), tally.blocs)
    silent = [ballot for ballot in ballots if ballot.position is None]
    search = _Search(tally, target, rules)
    search.broaden(silent)
    for ballot in _heaviest(silent):
        if search.met:
            break
        search.turn(ballot)
    if search.met:
        return len(search.turned), None
    for ballot in silent:
        search.turn(ballot)
    already = len(search.turned)
    others = [ballot for ballot in ballots if ballot.position is not None and not _supports(ballot, target)]
    search.broaden(others)
    fewest = search.fewest_of_two(
        _heaviest(ballot for ballot in others if ballot.position is not Position.ABSTAIN),
        _heaviest(ballot for ballot in others if ballot.position is Position.ABSTAIN),
    )
    return None, None if fewest is None else fewest - already


class _Search:
    """A tally in which ballots are turned to the target and back, one by one."""

    def __init__(self, tally: Tally, target: Category, rules: Rules) -> None:
        self._tally, self._target, self._rules = tally, target, rules
        self._vote = Position.on(target)
        self.turned: set[SeatId] = set()

    @property
    def met(self) -> bool:
        return examine(self._target, self._tally, self._rules).met

    def turn(self, ballot: SeatBallot) -> None:
        if ballot.seat not in self.turned:
            self.turned.add(ballot.seat)
            self._tally = _with_position(self._tally, ballot, before=ballot.position, now=self._vote)

    def turn_back(self, ballot: SeatBallot) -> None:
        self.turned.remove(ballot.seat)
        self._tally = _with_position(self._tally, ballot, before=self._vote, now=ballot.position)

    def broaden(self, candidates: Sequence[SeatBallot]) -> None:
        """Turn the fewest candidates with which every bloc gives its support, as far as that is possible."""
        broad = self._rules.rung(self._target).broad
        if broad is None:
            return
        for figures in examine(self._target, self._tally, self._rules).blocs:
            members = [ballot for ballot in candidates if ballot.bloc == figures.bloc]
            for ballot in sorted(members, key=lambda each: _by_gain(each, broad.threshold)):
                bloc = self._tally.blocs[figures.bloc]
                reached, of = bloc.support(self._target).weight, bloc.voting.weight
                if not bloc.voting.seats or broad.threshold.passes(reached, of):
                    break
                self.turn(ballot)

    def fewest_of_two(self, opposed: Sequence[SeatBallot], abstaining: Sequence[SeatBallot]) -> int | None:
        """The fewest turned seats, including those turned so far, with which the test is met when some of the heaviest
        opposed and some of the heaviest abstaining seats are turned too. The more of the one are turned, the fewer of
        the other are needed: so each ballot is turned at most once, and turned back at most once."""
        opposed = [ballot for ballot in opposed if ballot.seat not in self.turned]
        dispensable = [ballot for ballot in abstaining if ballot.seat not in self.turned]
        for ballot in dispensable:
            self.turn(ballot)
        fewest: int | None = None
        for ballot in [*opposed, None]:
            while self.met:
                fewest = len(self.turned) if fewest is None else min(fewest, len(self.turned))
                if not dispensable:
                    return fewest
                self.turn_back(dispensable.pop())
            if ballot is not None:
                self.turn(ballot)
        return fewest


def _without_hopeless(ballots: Sequence[SeatBallot], test: Test, blocs: Mapping[str, Tally]) -> list[SeatBallot]:
    """The ballots without those of a bloc that has no weight: it is disregarded only while none of its seats takes a
    side."""
    hopeless = {
        figures.bloc for figures in test.blocs if figures.disregarded and not blocs[figures.bloc].entitled.weight
    }
    return [ballot for ballot in ballots if ballot.bloc not in hopeless]


def _supports(ballot: SeatBallot, category: Category) -> bool:
    voted = ballot.position.category if ballot.position is not None else None
    return voted is not None and voted >= category


def _heaviest(ballots: Iterable[SeatBallot]) -> list[SeatBallot]:
    """The ballots, the heaviest first."""
    return sorted(ballots, key=lambda ballot: -ballot.weight)


def _by_gain(ballot: SeatBallot, threshold: Threshold) -> tuple[Fraction, bool, int]:
    """Sorts those first that bring a bloc nearest to its threshold when they turn. A ballot that already took a side
    adds to the support alone, any other to the base as well."""
    takes_side = ballot.position not in (None, Position.ABSTAIN)
    gain = Fraction(ballot.weight) if takes_side else ballot.weight * (1 - threshold.fraction)
    return -gain, not takes_side, -ballot.weight


def _with_position(tally: Tally, ballot: SeatBallot, *, before: Position | None, now: Position | None) -> Tally:
    """The tally with this seat's position changed. Vetoes stay as they are: they are not part of the test."""
    blocs = tally.blocs
    if ballot.bloc is not None:
        inside = blocs[ballot.bloc]
        blocs = {**blocs, ballot.bloc: replace(inside, counts=_recounted(inside, ballot, before=before, now=now))}
    return replace(tally, counts=_recounted(tally, ballot, before=before, now=now), blocs=blocs)


def _recounted(
    tally: Tally, ballot: SeatBallot, *, before: Position | None, now: Position | None
) -> Mapping[Position, Count]:
    counts = dict(tally.counts)
    if before is not None:
        counts[before] += Count(-1, -ballot.weight)
    if now is not None:
        counts[now] += Count(1, ballot.weight)
    return counts
