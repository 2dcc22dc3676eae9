"""What rounds leave behind for the next: streaks of met tests, streaks below the floor, and reviews."""

from dataclasses import replace
from fractions import Fraction

import pytest

from deliberation.categories import Category
from deliberation.rules import Quorum
from deliberation.rules.presets import BROAD_CONSENSUS, GENERAL_ASSEMBLY, META_REGIME
from deliberation.rulings import RulingCode
from deliberation.rulings.standings import Standing, Terms
from tests.deliberation.councils import (
    ADJUSTMENT,
    FLOORS,
    INDEPENDENT,
    PROHIBITED,
    THREE_ROUNDS,
    VETOES,
    at_least,
    codes,
    council,
    group,
    in_turn,
    ruled,
    rules_of,
    rung,
)

VETOES_AND_ROUNDS = rules_of(prohibited=rung(at_least(3, 5), vetoes=True, sustained=3))

FOR, AGAINST = group(prohibited=5), group(independent=5)
ABSENT, ABSTAINING = group(silent=5), group(abstain=5)


class TestSustainedStreak:
    def test_the_test_must_hold_in_rounds_that_follow_one_another(self):
        assert codes(in_turn(INDEPENDENT, THREE_ROUNDS, [FOR, FOR, FOR])) == ["sustaining", "sustaining", "promoted"]

    def test_a_failed_test_starts_it_anew(self):
        rulings = in_turn(INDEPENDENT, THREE_ROUNDS, [FOR, FOR, AGAINST, FOR, FOR, FOR])
        assert codes(rulings) == ["sustaining", "sustaining", "held", "sustaining", "sustaining", "promoted"]

    def test_a_round_in_which_nobody_took_a_side_fails_the_test_and_starts_it_anew(self):
        assert in_turn(INDEPENDENT, THREE_ROUNDS, [FOR, FOR, ABSTAINING])[-1].after.sustained == 0

    def test_an_inquorate_round_neither_counts_nor_breaks(self):
        rules = replace(THREE_ROUNDS, quorum=Quorum(least=1))
        rulings = in_turn(INDEPENDENT, rules, [FOR, ABSENT, FOR, ABSENT, FOR])
        assert codes(rulings) == ["sustaining", "inquorate", "sustaining", "inquorate", "promoted"]

    def test_a_veto_starts_it_anew_and_is_named_before_the_rounds_are_complete(self):
        vetoed = council(FOR, group(independent=1, veto=True))
        rulings = in_turn(INDEPENDENT, VETOES_AND_ROUNDS, [FOR, FOR, vetoed, FOR])
        assert codes(rulings) == ["sustaining", "sustaining", "vetoed", "sustaining"]
        assert [ruling.after.sustained for ruling in rulings] == [1, 2, 0, 1]

    def test_a_move_starts_it_anew(self):
        rulings = in_turn(INDEPENDENT, THREE_ROUNDS, [FOR] * 6)
        assert codes(rulings) == ["sustaining", "sustaining", "promoted"] * 2

    def test_a_relegation_starts_it_anew(self):
        standing = replace(ADJUSTMENT, sustained=1, wavering=1)
        assert ruled(standing, FLOORS, group(independent=5)).after == INDEPENDENT

    def test_broad_consensus_asks_for_two_rounds_for_a_prohibition_only(self):
        assert codes(in_turn(INDEPENDENT, BROAD_CONSENSUS, [FOR] * 3)) == ["promoted", "sustaining", "promoted"]


class TestFloorStreak:
    BELOW, ABOVE = group(independent=5), group(prohibited=2, adjustment=8)

    def test_as_many_rounds_running_as_the_rules_say_relegate(self):
        for after in (1, 2, 3):
            rulings = in_turn(PROHIBITED, replace(FLOORS, relegate_after=after), [self.BELOW] * after)
            assert codes(rulings) == ["wavering"] * (after - 1) + ["relegated"]

    def test_a_round_at_the_floor_starts_it_anew(self):
        at_floor = group(prohibited=3, independent=2)
        rulings = in_turn(PROHIBITED, FLOORS, [self.BELOW, at_floor, self.BELOW, self.BELOW])
        assert codes(rulings) == ["wavering", "held", "wavering", "relegated"]

    def test_an_inquorate_round_neither_counts_nor_breaks(self):
        rulings = in_turn(PROHIBITED, replace(FLOORS, quorum=Quorum(least=1)), [self.BELOW, ABSENT, self.BELOW])
        assert codes(rulings) == ["wavering", "inquorate", "relegated"]

    def test_a_round_in_which_nobody_took_a_side_leaves_it_as_it_was(self):
        rulings = in_turn(PROHIBITED, FLOORS, [self.BELOW, ABSTAINING, self.BELOW])
        assert codes(rulings) == ["wavering", "held", "relegated"]
        assert rulings[1].after.wavering == 1

    def test_a_relegation_starts_it_anew_on_the_rung_below(self):
        rulings = in_turn(PROHIBITED, FLOORS, [self.BELOW] * 4)
        assert codes(rulings) == ["wavering", "relegated", "wavering", "relegated"]
        assert [ruling.after.category for ruling in rulings] == [2, 1, 1, 0]

    def test_a_promotion_starts_it_anew(self):
        assert ruled(replace(ADJUSTMENT, wavering=1), FLOORS, FOR).after == PROHIBITED

    def test_between_floor_and_threshold_an_issue_neither_rises_nor_falls(self):
        between = group(adjustment=5, independent=5)
        assert codes(in_turn(INDEPENDENT, FLOORS, [between] * 3)) == ["held"] * 3
        assert codes(in_turn(ADJUSTMENT, FLOORS, [between] * 3)) == ["held"] * 3

    def test_the_floor_is_counted_by_weight(self):
        ruling = ruled(PROHIBITED, FLOORS, group(prohibited=1, weight=6), group(adjustment=4))
        assert ruling.code is RulingCode.HELD


class TestStreaksAcrossChanges:
    STANDING = Standing(category=Category.ADJUSTMENT, sustained=2, wavering=1, under_review=False)

    def carried(self, **changes: object) -> tuple[int, int]:
        now = replace(BROAD_CONSENSUS, **changes)  # type: ignore[arg-type]
        standing = self.STANDING.carried_over(Terms(BROAD_CONSENSUS, version=1), Terms(now, version=1))
        assert standing.category is self.STANDING.category
        return standing.sustained, standing.wavering

    def test_nothing_changed_keeps_them(self):
        assert self.carried() == (2, 1)

    def test_an_amended_text_starts_both_anew(self):
        before, now = Terms(BROAD_CONSENSUS, version=1), Terms(BROAD_CONSENSUS, version=2)
        assert self.STANDING.carried_over(before, now) == ADJUSTMENT

    def test_changed_rules_of_the_next_rung_start_the_rise_anew(self):
        assert self.carried(prohibited=replace(BROAD_CONSENSUS.prohibited, sustained=4)) == (0, 1)

    def test_changed_rules_of_its_own_rung_start_the_fall_anew(self):
        assert self.carried(adjustment=replace(BROAD_CONSENSUS.adjustment, floor=Fraction(1, 5))) == (2, 0)

    def test_a_changed_number_of_rounds_below_the_floor_starts_the_fall_anew(self):
        assert self.carried(relegate_after=3) == (2, 0)

    def test_a_changed_blocking_minority_starts_the_rise_anew(self):
        assert self.carried(blocking_minority=4) == (0, 1)

    @pytest.mark.parametrize(
        "unrelated",
        [{"docket_limit": 5}, {"reason_required": True}, {"preset": "other"}, {"quorum": Quorum(least=2)}],
        ids=str,
    )
    def test_an_unrelated_rule_keeps_them(self, unrelated: dict[str, object]):
        assert self.carried(**unrelated) == (2, 1)

    def test_at_the_top_there_is_no_next_rung_to_change(self):
        top = Standing(category=Category.PROHIBITED, wavering=1, under_review=True)
        other = replace(BROAD_CONSENSUS, adjustment=rung(at_least(1, 2)))
        assert top.carried_over(Terms(BROAD_CONSENSUS, 1), Terms(other, 1)) == top

    def test_a_review_outlasts_an_editorial_amendment(self):
        top = Standing(category=Category.PROHIBITED, wavering=1, under_review=True)
        amended = top.carried_over(Terms(BROAD_CONSENSUS, 1), Terms(BROAD_CONSENSUS, 2))
        assert amended == replace(PROHIBITED, under_review=True)


class TestReview:
    REVIEWED = replace(PROHIBITED, under_review=True)

    @pytest.mark.parametrize(("supporters", "code", "after"), [(6, "held", 2), (5, "relegated", 1)])
    def test_without_a_floor_the_rounds_own_test_decides_at_once(self, supporters: int, code: str, after: int):
        ruling = ruled(self.REVIEWED, GENERAL_ASSEMBLY, group(prohibited=supporters, independent=3))
        assert (ruling.code.value, ruling.after.category, ruling.after.under_review) == (code, after, False)
        assert ruling.test is not None
        assert ruling.test.target is Category.PROHIBITED

    def test_without_a_floor_it_goes_on_until_a_round_has_a_quorum(self):
        rulings = in_turn(self.REVIEWED, GENERAL_ASSEMBLY, [group(independent=3, silent=7), group(independent=10)])
        assert codes(rulings) == ["inquorate", "relegated"]
        assert rulings[0].after.under_review

    def test_without_a_floor_and_with_nobody_taking_a_side_the_issue_is_held(self):
        ruling = ruled(self.REVIEWED, GENERAL_ASSEMBLY, group(abstain=10))
        assert (ruling.code, ruling.after) == (RulingCode.HELD, PROHIBITED)

    def test_without_a_floor_a_veto_does_not_save_nor_sink_it(self):
        kept = ruled(self.REVIEWED, VETOES, group(prohibited=3), group(independent=2, veto=True))
        assert (kept.code, kept.vetoed_by) == (RulingCode.HELD, ())

    def test_with_a_floor_it_goes_on_while_the_issue_wavers_and_ends_with_its_fall(self):
        rulings = in_turn(self.REVIEWED, META_REGIME, [group(independent=5)] * 2)
        assert codes(rulings) == ["wavering", "relegated"]
        assert [ruling.after.under_review for ruling in rulings] == [True, False]

    def test_with_a_floor_it_ends_where_the_issue_is_held_though_its_own_test_would_fail(self):
        ruling = ruled(self.REVIEWED, META_REGIME, group(prohibited=3, adjustment=2))
        assert (ruling.code, ruling.after) == (RulingCode.HELD, PROHIBITED)

    def test_without_a_review_and_a_floor_a_prohibition_stays(self):
        ruling = ruled(PROHIBITED, GENERAL_ASSEMBLY, group(independent=9))
        assert (ruling.code, ruling.test) == (RulingCode.HELD, None)
