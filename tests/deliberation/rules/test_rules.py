from fractions import Fraction

import pytest

from deliberation.categories import Category, Position
from deliberation.rules import (
    Base,
    Criterion,
    FloorAboveThreshold,
    Measure,
    MoreThanAll,
    Quorum,
    Rules,
    RulesInvalid,
    Rung,
    Secrecy,
    SecretNeedsEquality,
    Threshold,
    ThresholdsFall,
)
from deliberation.rules._rules import BroadSupport
from deliberation.rules.presets import CONSENSUS, META_REGIME, SECURITY_COUNCIL
from tests.deliberation.councils import HALF, at_least, more_than, rules_of, rung


def changed(rules: Rules, **settings: object) -> Rules:
    """These rules with some settings changed, checked anew."""
    kept = {name: getattr(rules, name) for name in Rules.__slots__}
    return Rules(**{**kept, **settings})  # type: ignore[arg-type]


class TestThreshold:
    @pytest.mark.parametrize("fraction", [Fraction(0), Fraction(-1, 2), Fraction(1001, 1000)])
    def test_a_fraction_lies_above_nothing_and_at_most_at_all(self, fraction: Fraction):
        with pytest.raises(RulesInvalid) as refused:
            Threshold(fraction)
        assert refused.value.params == {"setting": "fraction", "given": str(fraction), "least": "0", "most": "1"}

    @pytest.mark.parametrize("fraction", [Fraction(1, 1000), Fraction(1)])
    def test_the_ends_of_the_range_are_allowed(self, fraction: Fraction):
        assert Threshold(fraction).fraction == fraction

    def test_more_than_all_is_refused_and_nearly_all_is_not(self):
        with pytest.raises(MoreThanAll):
            more_than(1, 1)
        assert more_than(999, 1000).passes(1000, 1000)

    @pytest.mark.parametrize(
        ("threshold", "reached", "of", "passes"),
        [
            (at_least(1, 2), 5, 10, True),
            (at_least(1, 2), 4, 10, False),
            (more_than(1, 2), 5, 10, False),
            (more_than(1, 2), 6, 10, True),
            (at_least(2, 3), 33, 50, False),
            (at_least(2, 3), 34, 50, True),
            (at_least(1), 9, 10, False),
            (at_least(1), 10, 10, True),
            (at_least(1, 1000), 0, 0, False),
            (at_least(1, 3), 10**30, 3 * 10**30, True),
            (at_least(1, 3), 10**30, 3 * 10**30 + 1, False),
        ],
    )
    def test_passes_exactly_from_its_fraction_on(self, threshold: Threshold, reached: int, of: int, passes: bool):
        assert threshold.passes(reached, of) is passes

    @pytest.mark.parametrize(
        "threshold", [at_least(1, 2), more_than(1, 2), at_least(2, 3), more_than(2, 3), at_least(1)]
    )
    @pytest.mark.parametrize("of", range(1, 20))
    def test_needed_is_the_least_number_that_passes(self, threshold: Threshold, of: int):
        assert threshold.needed(of) == min(number for number in range(of + 1) if threshold.passes(number, of))

    def test_more_than_a_fraction_is_stricter_than_at_least_and_laxer_than_at_least_a_greater_one(self):
        assert at_least(1, 2) < more_than(1, 2) < at_least(51, 100)


class TestQuorum:
    @pytest.mark.parametrize(
        ("quorum", "cast", "entitled", "met"),
        [
            (Quorum(at_least(1, 3)), 3, 10, False),
            (Quorum(at_least(1, 3)), 4, 10, True),
            (Quorum(at_least(1, 3)), 3, 9, True),
            (Quorum(more_than(1, 2)), 5, 10, False),
            (Quorum(more_than(1, 2)), 6, 10, True),
            (Quorum(at_least(1, 3), least=3), 2, 4, False),
            (Quorum(at_least(1, 3), least=3), 3, 4, True),
            (Quorum(least=3), 2, 100, False),
            (Quorum(least=3), 3, 100, True),
            (Quorum(), 0, 10, True),
            (Quorum(), 0, 0, True),
            (Quorum(at_least(1, 3)), 0, 0, False),
        ],
    )
    def test_both_the_share_and_the_least_number_count(self, quorum: Quorum, cast: int, entitled: int, met: bool):
        assert quorum.met(cast, entitled) is met

    @pytest.mark.parametrize(
        ("quorum", "entitled", "needed"),
        [(Quorum(), 9, 0), (Quorum(at_least(1, 3), 3), 7, 3), (Quorum(at_least(1, 3), 3), 193, 65)],
    )
    def test_needed_is_the_greater_of_the_two(self, quorum: Quorum, entitled: int, needed: int):
        assert quorum.needed(entitled) == needed

    def test_a_least_number_below_zero_is_refused(self):
        with pytest.raises(RulesInvalid):
            Quorum(least=-1)


class TestRung:
    @pytest.mark.parametrize("number", [0, 6])
    def test_a_rung_without_a_criterion_or_with_more_than_five_is_refused(self, number: int):
        with pytest.raises(RulesInvalid) as refused:
            Rung(criteria=(Criterion(at_least(1, 2)),) * number)
        assert refused.value.params["setting"] == "criteria"

    @pytest.mark.parametrize("number", [1, 5])
    def test_one_to_five_criteria_are_allowed(self, number: int):
        assert len(Rung(criteria=(Criterion(at_least(1, 2)),) * number).criteria) == number

    @pytest.mark.parametrize(("rounds", "allowed"), [(0, False), (1, True), (20, True), (21, False)])
    def test_a_test_is_sustained_for_one_to_twenty_rounds(self, rounds: int, allowed: bool):
        if allowed:
            assert rung(sustained=rounds).sustained == rounds
        else:
            with pytest.raises(RulesInvalid):
                rung(sustained=rounds)

    @pytest.mark.parametrize("floor", [Fraction(0), Fraction(3, 2)])
    def test_a_floor_lies_above_nothing_and_at_most_at_all(self, floor: Fraction):
        with pytest.raises(RulesInvalid):
            rung(at_least(1), floor=floor)

    def test_breadth_is_asked_of_blocs_of_at_least_one_seat(self):
        assert BroadSupport(at_least(1, 2), least_seats=1).least_seats == 1
        with pytest.raises(RulesInvalid):
            BroadSupport(at_least(1, 2), least_seats=0)


class TestRules:
    @pytest.mark.parametrize(
        ("setting", "least", "most"),
        [
            ("docket_limit", 1, 25),
            ("review_seconders", 0, 1_000),
            ("relegate_after", 1, 20),
            ("blocking_minority", 1, 1_000),
        ],
    )
    def test_each_number_has_a_range(self, setting: str, least: int, most: int):
        for allowed in (least, most):
            assert getattr(changed(META_REGIME, **{setting: allowed}), setting) == allowed
        for refused in (least - 1, most + 1):
            with pytest.raises(RulesInvalid) as error:
                changed(META_REGIME, **{setting: refused})
            assert error.value.params == {
                "setting": setting.replace("seconders", "seconds"),
                "given": str(refused),
                "least": str(least),
                "most": str(most),
            }

    @pytest.mark.parametrize(
        ("lower", "upper", "allowed"),
        [
            (at_least(2, 3), at_least(2, 3), True),
            (at_least(2, 3), at_least(66, 100), False),
            (at_least(1, 2), more_than(1, 2), True),
            (more_than(1, 2), at_least(1, 2), False),
            (more_than(1, 2), at_least(51, 100), True),
        ],
    )
    def test_thresholds_on_one_base_may_not_fall(self, lower: Threshold, upper: Threshold, allowed: bool):
        if allowed:
            assert rules_of(adjustment=rung(lower), prohibited=rung(upper)).preset == "invented"
        else:
            with pytest.raises(ThresholdsFall) as refused:
                rules_of(adjustment=rung(lower), prohibited=rung(upper))
            assert refused.value.params == {"base": "voting", "measure": "weight"}

    def test_thresholds_on_different_bases_or_measures_are_not_compared(self):
        higher = rung(at_least(9, 10))
        assert rules_of(adjustment=higher, prohibited=rung(at_least(1, 10), base=Base.ENTITLED))
        assert rules_of(adjustment=higher, prohibited=rung(at_least(1, 10), measure=Measure.SEATS))

    def test_of_several_thresholds_on_one_base_the_strictest_is_compared(self):
        assert rules_of(adjustment=rung(at_least(1, 2)), prohibited=rung(at_least(1, 3), at_least(2, 3)))
        with pytest.raises(ThresholdsFall):
            rules_of(adjustment=rung(at_least(1, 4), at_least(1, 2)), prohibited=rung(at_least(1, 3)))

    @pytest.mark.parametrize("name", ["adjustment", "prohibited"])
    def test_a_floor_may_equal_a_threshold_but_not_exceed_it(self, name: str):
        with_floor = rung(at_least(1, 2), floor=HALF)
        assert (
            changed(rules_of(adjustment=rung(at_least(1, 2))), **{name: with_floor}).rung(Category.of(name))
            == with_floor
        )
        with pytest.raises(FloorAboveThreshold) as refused:
            changed(rules_of(adjustment=rung(at_least(1, 2))), **{name: rung(at_least(1, 2), floor=Fraction(51, 100))})
        assert refused.value.params == {"category": name, "floor": "51/100"}

    def test_a_floor_is_held_against_every_criterion_of_its_rung(self):
        with pytest.raises(FloorAboveThreshold):
            rules_of(
                prohibited=rung(at_least(1, 2), at_least(3, 4), floor=Fraction(2, 3)), adjustment=rung(at_least(1, 3))
            )

    def test_secret_ballots_and_vetoes_exclude_each_other(self):
        with pytest.raises(SecretNeedsEquality):
            changed(SECURITY_COUNCIL, secrecy=Secrecy.SECRET)
        assert changed(SECURITY_COUNCIL, secrecy=Secrecy.SEALED).secrecy is Secrecy.SEALED
        assert changed(CONSENSUS, secrecy=Secrecy.SECRET).secrecy is Secrecy.SECRET

    def test_a_veto_on_either_rung_excludes_secrecy(self):
        for name in ("adjustment", "prohibited"):
            with pytest.raises(SecretNeedsEquality):
                changed(rules_of(), secrecy=Secrecy.SECRET, **{name: rung(vetoes=True)})

    def test_nothing_has_to_reach_independent_and_nothing_falls_below_it(self):
        with pytest.raises(ValueError, match="independent"):
            META_REGIME.rung(Category.INDEPENDENT)
        assert META_REGIME.floor(Category.INDEPENDENT) is None
        assert META_REGIME.floor(Category.ADJUSTMENT) == Fraction(2, 5)
        assert rules_of(adjustment=rung(floor=HALF), prohibited=rung()).floor(Category.PROHIBITED) is None


class TestLadder:
    def test_a_category_knows_its_neighbours(self):
        assert [category.above for category in Category] == [Category.ADJUSTMENT, Category.PROHIBITED, None]
        assert [category.below for category in Category] == [None, Category.INDEPENDENT, Category.ADJUSTMENT]

    def test_categories_and_ballots_share_their_words(self):
        assert [category.word for category in Category] == ["independent", "adjustment", "prohibited"]
        for category in Category:
            assert Category.of(category.word) is category
            assert Position.on(category).category is category
        assert Position.ABSTAIN.category is None
