"""Counting: from the ballots of a round on one issue to a tally, by seats and by weight (PRODUCT §2)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated

from deliberation.categories import Category, Position
from deliberation.fields import Listed
from deliberation.ids import SeatId
from deliberation.rules import Base, Measure


@dataclass(frozen=True, slots=True)
class Count:
    """A number of seats, and the sum of their weights."""

    seats: int = 0
    weight: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(self.seats + other.seats, self.weight + other.weight)

    def by(self, measure: Measure) -> int:
        """The figure that a criterion of this measure uses."""
        return self.weight if measure is Measure.WEIGHT else self.seats


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatBallot:
    """An entitled seat in a round and its position on one issue: None where it cast no ballot.

    `bloc` is the name of the bloc it was grouped with, if any.
    """

    seat: SeatId
    position: Position | None
    weight: int = 1
    veto: bool = False
    bloc: str | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """The counted ballots on one issue in one round.

    `counts` has an entry for every position; `entitled` counts every entitled seat, voting or not. `vetoes`: the
    positions of the veto seats that cast a ballot; `blocs`: the tally inside each bloc.
    """

    counts: Mapping[Position, Count]
    entitled: Count
    vetoes: Annotated[Mapping[SeatId, Position], Listed("seat", "position")] = field(
        default_factory=dict[SeatId, Position]
    )
    blocs: Mapping[str, "Tally"] = field(default_factory=dict[str, "Tally"])

    def support(self, category: Category) -> Count:
        """Ballots for `category` or any category above it. An abstention supports nothing."""
        return self._sum(position for position in Position if _at_least(position, category))

    def opposed(self, category: Category) -> Count:
        """Ballots for a category below `category`."""
        return self._sum(position for position in Position if _below(position, category))

    @property
    def abstained(self) -> Count:
        return self.counts[Position.ABSTAIN]

    @property
    def voting(self) -> Count:
        """Ballots that take a side."""
        return self._sum(position for position in Position if position is not Position.ABSTAIN)

    @property
    def cast(self) -> Count:
        """Every ballot, abstentions included."""
        return self.voting + self.abstained

    @property
    def silent(self) -> Count:
        """Entitled seats that cast no ballot."""
        return Count(self.entitled.seats - self.cast.seats, self.entitled.weight - self.cast.weight)

    def base(self, base: Base) -> Count:
        """The count of which a criterion on this base takes a share."""
        return {Base.VOTING: self.voting, Base.CAST: self.cast, Base.ENTITLED: self.entitled}[base]

    def with_ballots(self, ballots: Iterable[SeatBallot]) -> "Tally":
        """This tally with the further ballots of entitled seats that had cast none."""
        listed = [ballot for ballot in ballots if ballot.position is not None]
        counts = dict(self.counts)
        vetoes = dict(self.vetoes)
        for ballot in listed:
            if ballot.position is not None:
                counts[ballot.position] += Count(1, ballot.weight)
                if ballot.veto:
                    vetoes[ballot.seat] = ballot.position
        return replace(self, counts=counts, vetoes=vetoes)

    def _sum(self, positions: Iterable[Position]) -> Count:
        return sum((self.counts[position] for position in positions), Count())


def count(ballots: Iterable[SeatBallot]) -> Tally:
    """Count one issue's ballots: one entry for each entitled seat, in any order."""
    listed = list(ballots)
    blocs = {ballot.bloc for ballot in listed if ballot.bloc is not None}
    return Tally(
        counts=_counts(listed),
        entitled=_entitled(listed),
        vetoes={ballot.seat: ballot.position for ballot in listed if ballot.veto and ballot.position is not None},
        blocs={bloc: _inside(bloc, listed) for bloc in sorted(blocs)},
    )


def _inside(bloc: str, ballots: list[SeatBallot]) -> Tally:
    members = [ballot for ballot in ballots if ballot.bloc == bloc]
    return Tally(counts=_counts(members), entitled=_entitled(members))


def _counts(ballots: list[SeatBallot]) -> dict[Position, Count]:
    counts = {position: Count() for position in Position}
    for ballot in ballots:
        if ballot.position is not None:
            counts[ballot.position] += Count(1, ballot.weight)
    return counts


def _entitled(ballots: list[SeatBallot]) -> Count:
    return Count(len(ballots), sum(ballot.weight for ballot in ballots))


def _at_least(position: Position, category: Category) -> bool:
    return position.category is not None and position.category >= category


def _below(position: Position, category: Category) -> bool:
    return position.category is not None and position.category < category
