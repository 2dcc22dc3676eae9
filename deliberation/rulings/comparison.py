"""Comparing rules: what every preset would rule on the same ballots (PRODUCT §2, "Dry run")."""

from collections.abc import Sequence

from deliberation.rules.presets import PRESETS

from ._rulings import Ruling, rule
from .standings import Standing
from .tallies import SeatBallot, count


def under_presets(ballots: Sequence[SeatBallot], standing: Standing) -> tuple[tuple[str, Ruling], ...]:
    """What each preset would rule on these ballots, in the order of `PRESETS`, given one entry for each entitled seat.

    Streaks begin with this round: those under the council's own rules say nothing about other rules.
    """
    fresh = Standing(category=standing.category, under_review=standing.under_review)
    tally = count(ballots)
    return tuple((name, rule(fresh, tally, rules)) for name, rules in PRESETS.items())
