"""Each preset against its row in PRODUCT §2."""

from fractions import Fraction

import pytest

from deliberation.rules import Base, Criterion, Measure, Quorum, Rung, Secrecy, Threshold
from deliberation.rules.presets import PRESETS
from tests.deliberation.councils import HALF, at_least, more_than


def of_voting(threshold: Threshold) -> tuple[Criterion, ...]:
    return (Criterion(threshold, Base.VOTING, Measure.WEIGHT),)


def of_entitled_seats(threshold: Threshold) -> tuple[Criterion, ...]:
    return (Criterion(threshold, Base.ENTITLED, Measure.SEATS),)


ROWS = {
    "meta-regime": (of_voting(at_least(3, 5)), of_voting(at_least(4, 5)), Quorum(at_least(1, 3), 3)),
    "simple-majority": (of_voting(more_than(1, 2)), of_voting(more_than(1, 2)), Quorum(at_least(1, 3))),
    "general-assembly": (of_voting(more_than(1, 2)), of_voting(at_least(2, 3)), Quorum(more_than(1, 2))),
    "security-council": (of_entitled_seats(at_least(3, 5)), of_entitled_seats(at_least(3, 5)), Quorum()),
    "eu-council": (
        of_entitled_seats(more_than(1, 2)),
        (*of_entitled_seats(at_least(55, 100)), Criterion(at_least(65, 100), Base.ENTITLED, Measure.WEIGHT)),
        Quorum(),
    ),
    "consensus": (of_voting(at_least(1)), of_voting(at_least(1)), Quorum(at_least(1, 2))),
    "broad-consensus": (of_voting(at_least(3, 5)), of_voting(at_least(4, 5)), Quorum(at_least(1, 2))),
}
FLOORS = {"meta-regime": (Fraction(2, 5), Fraction(3, 5)), "broad-consensus": (Fraction(2, 5), Fraction(3, 5))}


def test_the_presets_are_those_of_the_table_with_the_default_first():
    assert list(PRESETS) == list(ROWS)


@pytest.mark.parametrize("name", ROWS)
class TestEveryPreset:
    def test_carries_its_own_name(self, name: str):
        assert PRESETS[name].preset == name

    def test_asks_what_its_row_says(self, name: str):
        rules = PRESETS[name]
        assert (rules.adjustment.criteria, rules.prohibited.criteria, rules.quorum) == ROWS[name]

    def test_has_the_floors_of_its_row(self, name: str):
        rules = PRESETS[name]
        assert (rules.adjustment.floor, rules.prohibited.floor) == FLOORS.get(name, (None, None))
        assert rules.relegate_after == 2

    def test_gives_vetoes_on_both_rungs_only_to_the_security_council(self, name: str):
        rungs: tuple[Rung, ...] = (PRESETS[name].adjustment, PRESETS[name].prohibited)
        assert {each.vetoes for each in rungs} == {name == "security-council"}

    def test_knows_a_blocking_minority_only_as_the_eu_does(self, name: str):
        assert PRESETS[name].blocking_minority == (4 if name == "eu-council" else None)

    def test_asks_for_breadth_and_two_rounds_only_for_a_prohibition_by_broad_consensus(self, name: str):
        rules = PRESETS[name]
        assert (rules.adjustment.broad, rules.adjustment.sustained) == (None, 1)
        if name == "broad-consensus":
            assert rules.prohibited.broad is not None
            assert rules.prohibited.broad.threshold == Threshold(HALF)
            assert (rules.prohibited.broad.least_seats, rules.prohibited.sustained) == (3, 2)
        else:
            assert (rules.prohibited.broad, rules.prohibited.sustained) == (None, 1)

    def test_requires_reasons_only_by_default(self, name: str):
        assert PRESETS[name].reason_required is (name == "meta-regime")

    def test_starts_with_the_usual_conduct_of_rounds(self, name: str):
        rules = PRESETS[name]
        assert (rules.docket_limit, rules.review_seconders, rules.secrecy) == (10, 2, Secrecy.OPEN)
        assert [offset.total_seconds() / 3600 for offset in rules.reminders] == [24, 1]
