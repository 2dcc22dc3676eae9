"""Every ruling on both sides of each boundary, with the figures it carries."""

from dataclasses import replace
from fractions import Fraction

import pytest

from deliberation.categories import Category
from deliberation.rules import Base, Measure, Quorum, Rules
from deliberation.rules._rules import BroadSupport
from deliberation.rules.presets import GENERAL_ASSEMBLY, META_REGIME
from deliberation.rulings import RulingCode
from deliberation.rulings._rulings import Streak
from deliberation.rulings.standings import Standing
from deliberation.rulings.tallies import SeatBallot
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
    more_than,
    ruled,
    rules_of,
    rung,
)

ONE_ROUND_BELOW = replace(FLOORS, relegate_after=1)
FOR = group(prohibited=5)


class TestCodes:
    """PRODUCT §2's table, from the first row that applies."""

    @pytest.mark.parametrize(
        ("standing", "rules", "ballots", "code", "after"),
        [
            # No quorum: a third of ten seats, and three.
            (INDEPENDENT, META_REGIME, group(prohibited=3, silent=7), "inquorate", Category.INDEPENDENT),
            (INDEPENDENT, META_REGIME, group(prohibited=4, silent=6), "promoted", Category.ADJUSTMENT),
            (INDEPENDENT, META_REGIME, group(prohibited=1, abstain=3, silent=6), "promoted", Category.ADJUSTMENT),
            (INDEPENDENT, META_REGIME, group(prohibited=2), "inquorate", Category.INDEPENDENT),
            (PROHIBITED, ONE_ROUND_BELOW, group(independent=3), "relegated", Category.ADJUSTMENT),
            (PROHIBITED, replace(ONE_ROUND_BELOW, quorum=Quorum(least=4)), group(independent=3), "inquorate", 2),
            # The threshold: three fifths, then four fifths.
            (INDEPENDENT, META_REGIME, group(adjustment=6, independent=4), "promoted", Category.ADJUSTMENT),
            (INDEPENDENT, META_REGIME, group(adjustment=5, independent=4), "held", Category.INDEPENDENT),
            (ADJUSTMENT, META_REGIME, group(prohibited=8, independent=2), "promoted", Category.PROHIBITED),
            (ADJUSTMENT, META_REGIME, group(prohibited=7, adjustment=3), "held", Category.ADJUSTMENT),
            # A veto seat below the target; only once the test is met, and on that rung alone.
            (INDEPENDENT, VETOES, group(prohibited=3, independent=2, veto=True), "vetoed", Category.INDEPENDENT),
            (INDEPENDENT, VETOES, group(prohibited=2, independent=2, veto=True), "held", Category.INDEPENDENT),
            (INDEPENDENT, VETOES, group(prohibited=3, abstain=2, veto=True), "promoted", Category.ADJUSTMENT),
            (INDEPENDENT, VETOES, group(prohibited=3, silent=2, veto=True), "promoted", Category.ADJUSTMENT),
            (INDEPENDENT, VETOES, group(prohibited=3, adjustment=2, veto=True), "promoted", Category.ADJUSTMENT),
            (ADJUSTMENT, VETOES, group(prohibited=3, adjustment=2, veto=True), "vetoed", Category.ADJUSTMENT),
            (PROHIBITED, VETOES, group(prohibited=3, adjustment=2, veto=True), "held", Category.PROHIBITED),
            (INDEPENDENT, META_REGIME, group(prohibited=3, independent=2, veto=True), "promoted", Category.ADJUSTMENT),
            # Rounds running.
            (Standing(sustained=1), THREE_ROUNDS, FOR, "sustaining", Category.INDEPENDENT),
            (Standing(sustained=2), THREE_ROUNDS, FOR, "promoted", Category.ADJUSTMENT),
            # The floor: two fifths at adjustment, three fifths at prohibited.
            (ADJUSTMENT, FLOORS, group(adjustment=4, independent=6), "held", Category.ADJUSTMENT),
            (ADJUSTMENT, FLOORS, group(adjustment=3, independent=6), "wavering", Category.ADJUSTMENT),
            (PROHIBITED, FLOORS, group(prohibited=6, adjustment=4), "held", Category.PROHIBITED),
            (PROHIBITED, FLOORS, group(prohibited=5, adjustment=5), "wavering", Category.PROHIBITED),
            (replace(PROHIBITED, wavering=1), FLOORS, group(prohibited=5, adjustment=5), "relegated", 1),
            (replace(ADJUSTMENT, wavering=1), FLOORS, group(adjustment=3, independent=6), "relegated", 0),
            (replace(ADJUSTMENT, wavering=1), FLOORS, group(adjustment=4, independent=6), "held", 1),
            (INDEPENDENT, FLOORS, group(independent=9), "held", Category.INDEPENDENT),
            (PROHIBITED, GENERAL_ASSEMBLY, group(independent=9), "held", Category.PROHIBITED),
            # Nobody took a side.
            (INDEPENDENT, META_REGIME, group(abstain=9), "held", Category.INDEPENDENT),
            (ADJUSTMENT, ONE_ROUND_BELOW, group(abstain=9), "held", Category.ADJUSTMENT),
            (replace(PROHIBITED, under_review=True), GENERAL_ASSEMBLY, group(abstain=9), "held", Category.PROHIBITED),
        ],
    )
    def test_the_first_that_applies_decides(
        self, standing: Standing, rules: Rules, ballots: list[SeatBallot], code: str, after: Category
    ):
        ruling = ruled(standing, rules, ballots)
        assert (ruling.code.value, ruling.after.category) == (code, after)
        assert ruling.moved is (standing.category != after)

    def test_a_met_test_comes_before_a_floor_that_is_missed(self):
        # By seats the next rung is reached; by weight the present one is not held.
        by_seats = rung(at_least(1, 2), base=Base.ENTITLED, measure=Measure.SEATS)
        rules = rules_of(adjustment=replace(by_seats, floor=Fraction(1, 2)), prohibited=by_seats, relegate_after=1)
        light, heavy = group(prohibited=3), group(independent=1, weight=9)
        assert ruled(ADJUSTMENT, rules, light, heavy).code is RulingCode.PROMOTED
        lasting = replace(rules, prohibited=replace(by_seats, sustained=2))
        assert ruled(ADJUSTMENT, lasting, light, heavy).code is RulingCode.SUSTAINING

    def test_unanimity_for_a_prohibition_still_moves_an_issue_one_rung(self):
        assert ruled(INDEPENDENT, META_REGIME, group(prohibited=20)).after.category is Category.ADJUSTMENT

    def test_an_issue_rises_to_the_top_in_two_rounds_and_no_further(self):
        rulings = in_turn(INDEPENDENT, META_REGIME, [group(prohibited=9)] * 3)
        assert codes(rulings) == ["promoted", "promoted", "held"]


class TestFigures:
    def test_a_ruling_carries_the_whole_arithmetic_of_its_test(self):
        ruling = ruled(
            INDEPENDENT, META_REGIME, group(prohibited=11, adjustment=20, independent=7, abstain=2, silent=3)
        )
        assert ruling.test is not None
        (criterion,) = ruling.test.criteria
        assert (ruling.test.target, ruling.test.met) == (Category.ADJUSTMENT, True)
        assert (criterion.reached, criterion.of, criterion.needed, criterion.holds) == (31, 38, 23, True)
        assert (ruling.quorum.cast, ruling.quorum.entitled, ruling.quorum.needed, ruling.quorum.met) == (
            40,
            43,
            15,
            True,
        )
        assert (ruling.sustained, ruling.floor, ruling.wavering) == (Streak(1, 1), None, None)

    def test_an_inquorate_ruling_tests_nothing(self):
        ruling = ruled(ADJUSTMENT, META_REGIME, group(prohibited=1, silent=9))
        assert (ruling.test, ruling.floor, ruling.sustained, ruling.wavering) == (None, None, None, None)
        assert (ruling.quorum.cast, ruling.quorum.needed, ruling.quorum.met) == (1, 4, False)

    def test_a_floor_shows_its_support_and_its_streak(self):
        ruling = ruled(PROHIBITED, META_REGIME, group(prohibited=5, adjustment=5, abstain=3))
        assert ruling.floor is not None
        assert (ruling.floor.floor, ruling.floor.reached, ruling.floor.of) == (Fraction(3, 5), 5, 10)
        assert (ruling.test, ruling.wavering) == (None, Streak(1, 2))

    def test_veto_seats_below_the_target_are_named_though_the_test_failed(self):
        ruling = ruled(INDEPENDENT, VETOES, group(independent=3, veto=True))
        assert (ruling.code, ruling.vetoed_by) == (RulingCode.HELD, (1, 2, 3))

    def test_every_criterion_of_a_rung_must_hold(self):
        both = rules_of(prohibited=rung(at_least(1, 2), more_than(3, 4)))
        assert ruled(INDEPENDENT, both, group(prohibited=4, independent=1)).code is RulingCode.PROMOTED
        ruling = ruled(INDEPENDENT, both, group(prohibited=3, independent=1))
        assert ruling.test is not None
        assert [criterion.holds for criterion in ruling.test.criteria] == [True, False]
        assert ruling.code is RulingCode.HELD

    @pytest.mark.parametrize(
        ("base", "code"), [(Base.VOTING, "promoted"), (Base.CAST, "promoted"), (Base.ENTITLED, "held")]
    )
    def test_each_base_takes_in_its_own_seats(self, base: Base, code: str):
        ballots = group(prohibited=3, independent=1, abstain=2, silent=1)
        assert ruled(INDEPENDENT, rules_of(prohibited=rung(at_least(1, 2), base=base)), ballots).code.value == code

    @pytest.mark.parametrize(("measure", "code"), [(Measure.SEATS, "promoted"), (Measure.WEIGHT, "held")])
    def test_seats_and_weight_can_disagree(self, measure: Measure, code: str):
        rules = rules_of(prohibited=rung(at_least(1, 2), measure=measure))
        assert ruled(INDEPENDENT, rules, group(prohibited=3), group(independent=1, weight=4)).code.value == code


class TestBlockingMinority:
    """Of weight, three fifths are asked for; a large opponent withholds them."""

    def rules(self, minority: int | None) -> Rules:
        return rules_of(
            prohibited=rung(at_least(3, 5), base=Base.ENTITLED, measure=Measure.WEIGHT), blocking_minority=minority
        )

    @pytest.mark.parametrize(("withholding", "code"), [(1, "promoted"), (2, "promoted"), (3, "held")])
    @pytest.mark.parametrize("how", ["against", "abstain", "absent"])
    def test_too_few_to_block_are_disregarded_however_they_withhold(self, withholding: int, code: str, how: str):
        heavy = {
            "against": group(independent=withholding, weight=100),
            "abstain": group(abstain=withholding, weight=100),
            "absent": group(silent=withholding, weight=100),
        }[how]
        assert ruled(INDEPENDENT, self.rules(3), group(prohibited=9), heavy).code.value == code

    def test_it_applies_from_three_times_as_many_seats_on(self):
        heavy = group(independent=1, weight=100)
        assert ruled(INDEPENDENT, self.rules(3), group(prohibited=7), heavy).code is RulingCode.HELD
        assert ruled(INDEPENDENT, self.rules(3), group(prohibited=8), heavy).code is RulingCode.PROMOTED

    def test_without_one_a_large_opponent_blocks_alone(self):
        ruling = ruled(INDEPENDENT, self.rules(None), group(prohibited=20), group(independent=1, weight=100))
        assert ruling.code is RulingCode.HELD

    def test_a_criterion_by_seats_is_never_disregarded(self):
        by_seats = rung(at_least(1), base=Base.ENTITLED, measure=Measure.SEATS)
        rules = rules_of(prohibited=by_seats, blocking_minority=3)
        assert ruled(INDEPENDENT, rules, group(prohibited=9, independent=1)).code is RulingCode.HELD

    def test_seats_without_weight_do_not_pass_by_it(self):
        assert ruled(INDEPENDENT, self.rules(3), group(prohibited=9, weight=0)).code is RulingCode.HELD

    def test_a_criterion_that_holds_is_not_shown_as_disregarded(self):
        ruling = ruled(INDEPENDENT, self.rules(3), group(prohibited=9))
        assert ruling.test is not None
        assert [(each.holds, each.disregarded) for each in ruling.test.criteria] == [(True, False)]


class TestBroadSupport:
    RULES = rules_of(prohibited=rung(at_least(3, 5), broad=BroadSupport(at_least(1, 2), least_seats=3)))
    EAST = group(prohibited=20, bloc="east")

    @pytest.mark.parametrize(("supporters", "code"), [(2, "promoted"), (1, "held")])
    def test_every_bloc_must_lend_its_share(self, supporters: int, code: str):
        west = group(prohibited=supporters, independent=2, bloc="west")
        assert ruled(INDEPENDENT, self.RULES, self.EAST, west).code.value == code

    @pytest.mark.parametrize(("size", "code"), [(2, "promoted"), (3, "held")])
    def test_a_bloc_counts_from_its_least_number_of_seats_on(self, size: int, code: str):
        ruling = ruled(INDEPENDENT, self.RULES, self.EAST, group(independent=size, bloc="west"))
        assert ruling.code.value == code
        assert ruling.test is not None
        assert [bloc.bloc for bloc in ruling.test.blocs] == ["east", "west"][: size - 1]

    def test_silent_seats_make_a_bloc_large_enough_but_do_not_vote_in_it(self):
        assert ruled(INDEPENDENT, self.RULES, self.EAST, group(independent=1, silent=2, bloc="west")).code == "held"
        assert ruled(INDEPENDENT, self.RULES, self.EAST, group(prohibited=1, silent=2, bloc="west")).code == "promoted"

    @pytest.mark.parametrize(
        "west", [group(abstain=3, bloc="west"), group(silent=3, bloc="west")], ids=["abstain", "silent"]
    )
    def test_a_bloc_without_a_voting_ballot_is_disregarded_and_named(self, west: list[SeatBallot]):
        ruling = ruled(INDEPENDENT, self.RULES, self.EAST, west)
        assert ruling.code is RulingCode.PROMOTED
        assert ruling.test is not None
        assert [(bloc.bloc, bloc.disregarded) for bloc in ruling.test.blocs] == [("east", False), ("west", True)]

    def test_a_bloc_is_measured_by_weight(self):
        west = council(group(prohibited=1, weight=5, bloc="west"), group(independent=4, bloc="west"))
        ruling = ruled(INDEPENDENT, self.RULES, self.EAST, west)
        assert ruling.test is not None
        assert [(bloc.reached, bloc.of, bloc.holds) for bloc in ruling.test.blocs] == [(20, 20, True), (5, 9, True)]

    def test_breadth_does_not_replace_the_criteria(self):
        loose = group(independent=40)
        assert ruled(INDEPENDENT, self.RULES, self.EAST, loose).code is RulingCode.HELD

    def test_seats_outside_any_bloc_count_in_the_criteria_alone(self):
        ruling = ruled(INDEPENDENT, self.RULES, group(prohibited=4, independent=1))
        assert ruling.code is RulingCode.PROMOTED
        assert ruling.test is not None
        assert ruling.test.blocs == ()
