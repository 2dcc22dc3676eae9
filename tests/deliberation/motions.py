"""A motion put to the vote: F for it, A against, B abstaining, S silent, and what a member reads of the ruling."""

from deliberation.categories import Category
from deliberation.rules import Rules
from deliberation.rulings import Ruling
from deliberation.rulings import _rulings as rulings
from deliberation.rulings.standings import Standing
from deliberation.rulings.tallies import SeatBallot
from tests.deliberation.councils import ADJUSTMENT, INDEPENDENT, group, ruled

ORDINARY, IMPORTANT = Category.ADJUSTMENT, Category.PROHIBITED
"""The preset `general-assembly` asks a simple majority of the one rung and two thirds of the other."""

BEFORE: dict[Category, Standing] = {ORDINARY: INDEPENDENT, IMPORTANT: ADJUSTMENT}
"""Where an issue stands that may rise to the category."""


def votes(*, f: int = 0, a: int = 0, b: int = 0, s: int = 0, weight: int = 1, veto: bool = False) -> list[SeatBallot]:
    """Those for vote *prohibited*, those against *independent*."""
    return group(prohibited=f, independent=a, abstain=b, silent=s, weight=weight, veto=veto)


def put(target: Category, rules: Rules, *groups: list[SeatBallot]) -> Ruling:
    """The ruling on whether an issue rises to `target` when these seats vote."""
    return ruled(BEFORE[target], rules, *groups)


def arithmetic(ruling: Ruling) -> rulings.Test:
    """The test that the ruling is told with."""
    assert ruling.test is not None
    return ruling.test


def figures(ruling: Ruling) -> list[tuple[int, int, int]]:
    """Of each criterion what was reached, of how many, and what was needed."""
    return [(each.reached, each.of, each.needed) for each in arithmetic(ruling).criteria]
