"""What would move an issue: by example, and against trying out every set of ballots."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deliberation.categories import Category, Position
from deliberation.rules import Quorum, Rules
from deliberation.rules._rules import BroadSupport
from deliberation.rules.presets import BROAD_CONSENSUS, EU_COUNCIL, GENERAL_ASSEMBLY, META_REGIME, SECURITY_COUNCIL
from deliberation.rulings import RulingCode, examine, rule
from deliberation.rulings.movement import Movement, what_would_move
from deliberation.rulings.standings import Standing
from deliberation.rulings.tallies import SeatBallot, count
from tests.deliberation.councils import (
    ADJUSTMENT,
    INDEPENDENT,
    PROHIBITED,
    any_rules,
    at_least,
    ballots_of,
    council,
    group,
    in_turn,
    rules_of,
    rung,
    standings,
)


def moving(standing: Standing, rules: Rules, *groups: list[SeatBallot]) -> Movement:
    return what_would_move(council(*groups), standing=standing, rules=rules)


class TestSilentSeats:
    def test_none_is_needed_where_the_test_is_met(self):
        movement = moving(INDEPENDENT, META_REGIME, group(prohibited=3, independent=2, silent=5))
        assert (movement.target, movement.met) == (Category.ADJUSTMENT, True)
        assert (movement.silent_needed, movement.changes_needed) == (0, None)

    def test_one_short_of_the_threshold_is_one_seat(self):
        movement = moving(INDEPENDENT, META_REGIME, group(adjustment=2, independent=2, silent=5))
        assert (movement.met, movement.silent_needed, movement.changes_needed) == (False, 1, None)

    def test_the_last_silent_seat_can_be_enough_and_one_fewer_is_not(self):
        rules = rules_of(prohibited=rung(at_least(2, 3)))
        enough = moving(INDEPENDENT, rules, group(independent=2, silent=4))
        short = moving(INDEPENDENT, rules, group(independent=2, silent=3))
        assert (enough.silent_needed, enough.changes_needed) == (4, None)
        assert (short.silent_needed, short.changes_needed) == (None, 1)

    def test_the_heaviest_are_asked_first(self):
        ballots = council(group(independent=1, weight=10), group(silent=10), group(silent=1, weight=11))
        assert what_would_move(ballots, standing=INDEPENDENT, rules=rules_of()).silent_needed == 1

    def test_an_empty_round_needs_one_seat(self):
        assert moving(INDEPENDENT, rules_of(), group(silent=5)).silent_needed == 1

    def test_by_the_eu_rule_the_states_are_needed_until_a_blocking_minority_is_missing(self):
        small, large = group(prohibited=20, silent=6), group(independent=1, weight=1000)
        assert moving(ADJUSTMENT, EU_COUNCIL, small, large).silent_needed == 4

    def test_every_bloc_is_asked_for_its_share_before_anybody_else(self):
        ballots = council(
            group(silent=9),
            group(prohibited=20, bloc="east"),
            group(independent=2, silent=4, bloc="west"),
        )
        movement = what_would_move(ballots, standing=ADJUSTMENT, rules=BROAD_CONSENSUS)
        assert (movement.silent_needed, movement.changes_needed) == (2, None)


class TestChanges:
    def test_an_opponent_counts_for_more_than_an_abstainer(self):
        rules = rules_of(prohibited=rung(at_least(2, 3)))
        movement = moving(INDEPENDENT, rules, group(prohibited=5, independent=4, abstain=3))
        assert (movement.silent_needed, movement.changes_needed) == (None, 1)

    def test_a_heavy_abstainer_counts_for_more_than_a_light_opponent(self):
        rules = rules_of(prohibited=rung(at_least(1, 2)))
        ballots = council(group(prohibited=1), group(independent=5), group(abstain=1, weight=4))
        assert what_would_move(ballots, standing=INDEPENDENT, rules=rules).changes_needed == 1

    def test_they_come_on_top_of_every_silent_seat(self):
        movement = moving(INDEPENDENT, rules_of(), group(independent=8, silent=4))
        assert (movement.silent_needed, movement.changes_needed) == (None, 3)

    def test_every_bloc_is_asked_for_its_share_before_anybody_else(self):
        ballots = council(
            group(independent=3),
            group(prohibited=40, bloc="east"),
            group(independent=5, prohibited=1, bloc="west"),
        )
        movement = what_would_move(ballots, standing=ADJUSTMENT, rules=BROAD_CONSENSUS)
        assert (movement.silent_needed, movement.changes_needed) == (None, 2)

    def test_all_opponents_must_change_for_consensus(self):
        rules = rules_of(prohibited=rung(at_least(1)))
        assert moving(INDEPENDENT, rules, group(independent=3, abstain=4)).changes_needed == 3

    def test_seats_without_weight_alone_move_nothing(self):
        movement = moving(INDEPENDENT, rules_of(), group(independent=1, silent=3, weight=0))
        assert movement.out_of_reach
        assert not moving(INDEPENDENT, rules_of(), group(silent=1)).out_of_reach

    def test_a_bloc_without_weight_keeps_nobody_from_moving(self):
        rules = rules_of(prohibited=rung(at_least(1, 2), broad=BroadSupport(at_least(1, 2), 1)))
        ballots = council(group(silent=2, weight=0, bloc="east"), group(independent=1, silent=1, bloc="west"))
        assert what_would_move(ballots, standing=INDEPENDENT, rules=rules).silent_needed == 1
        ballots = council(group(abstain=2, weight=0, bloc="east"), group(independent=2, bloc="west"))
        assert what_would_move(ballots, standing=INDEPENDENT, rules=rules).changes_needed == 1


class TestWhatStandsApart:
    def test_the_seats_whose_veto_blocks_are_named(self):
        ballots = council(group(prohibited=10), group(independent=2, abstain=1, silent=1, prohibited=1, veto=True))
        movement = what_would_move(ballots, standing=INDEPENDENT, rules=SECURITY_COUNCIL)
        assert (movement.met, movement.vetoes) == (True, (11, 12))

    def test_a_veto_seat_means_nothing_without_the_rule(self):
        assert moving(INDEPENDENT, META_REGIME, group(independent=3, veto=True)).vetoes == ()

    @pytest.mark.parametrize(("cast", "missing"), [(0, 4), (3, 1), (4, 0), (9, 0)])
    def test_a_missing_quorum_is_counted_in_seats(self, cast: int, missing: int):
        movement = moving(INDEPENDENT, META_REGIME, group(abstain=cast, silent=10 - cast))
        assert movement.quorum_missing == missing

    def test_a_quorum_is_missing_in_a_council_without_seats(self):
        assert moving(INDEPENDENT, META_REGIME).quorum_missing > 0

    @pytest.mark.parametrize(("had", "missing"), [(0, 2), (1, 1), (2, 0), (5, 0)])
    def test_a_streak_is_counted_in_rounds_after_this_one(self, had: int, missing: int):
        rules = rules_of(prohibited=rung(sustained=3))
        assert moving(Standing(sustained=had), rules, group(prohibited=1)).rounds_missing == missing

    def test_the_rounds_it_names_are_the_rounds_it_takes(self):
        rules = rules_of(prohibited=rung(sustained=4))
        rounds = [group(prohibited=3)] * (1 + moving(INDEPENDENT, rules, group(prohibited=3)).rounds_missing)
        codes = [ruling.code for ruling in in_turn(INDEPENDENT, rules, rounds)]
        assert codes == [RulingCode.SUSTAINING] * 3 + [RulingCode.PROMOTED]


class TestFloor:
    @pytest.mark.parametrize(("supporters", "distance"), [(10, 5), (7, 2), (6, 1), (5, 0), (0, 0)])
    def test_at_prohibited_it_is_all_there_is_to_ask(self, supporters: int, distance: int):
        ballots = group(prohibited=supporters, adjustment=10 - supporters, silent=5)
        movement = what_would_move(ballots, standing=PROHIBITED, rules=META_REGIME)
        assert movement == Movement(target=None, floor=distance)
        assert not movement.out_of_reach

    def test_at_adjustment_the_supporters_of_a_prohibition_hold_it_up_too(self):
        assert moving(ADJUSTMENT, META_REGIME, group(prohibited=3, adjustment=3, independent=4)).floor == 3

    def test_the_heaviest_supporter_is_the_one_to_lose(self):
        ballots = council(group(prohibited=4), group(prohibited=1, weight=6))
        assert what_would_move(ballots, standing=PROHIBITED, rules=META_REGIME).floor == 1

    def test_there_is_none_at_independent_nor_without_a_rule_nor_before_anybody_took_a_side(self):
        assert moving(INDEPENDENT, META_REGIME, group(independent=5)).floor is None
        assert moving(PROHIBITED, GENERAL_ASSEMBLY, group(independent=5)).floor is None
        assert moving(PROHIBITED, META_REGIME, group(abstain=5)).floor is None


bounded = settings(deadline=None, derandomize=True, max_examples=100)


def subsets(seats: list[SeatBallot]) -> Iterator[tuple[SeatBallot, ...]]:
    """Every subset, the smallest first."""
    for size in range(len(seats) + 1):
        yield from combinations(seats, size)


def turned(ballots: list[SeatBallot], seats: tuple[SeatBallot, ...], to: Category) -> list[SeatBallot]:
    return [replace(ballot, position=Position.on(to)) if ballot in seats else ballot for ballot in ballots]


def fewest(ballots: list[SeatBallot], among: list[SeatBallot], target: Category, rules: Rules) -> int | None:
    """The size of the smallest set of these seats whose votes for the target meet the test."""
    for seats in subsets(among):
        if examine(target, count(turned(ballots, seats, target)), rules).met:
            return len(seats)
    return None


def by_trying(ballots: list[SeatBallot], target: Category, rules: Rules) -> tuple[int | None, int | None]:
    silent = [ballot for ballot in ballots if ballot.position is None]
    enough = fewest(ballots, silent, target, rules)
    if enough is not None:
        return enough, None
    others = [ballot for ballot in ballots if ballot.position is not None]
    others = [ballot for ballot in others if ballot.position.category is None or ballot.position.category < target]  # type: ignore[union-attr]
    return None, fewest(turned(ballots, tuple(silent), target), others, target, rules)


def without_breadth(rules: Rules) -> Rules:
    return replace(
        rules, adjustment=replace(rules.adjustment, broad=None), prohibited=replace(rules.prohibited, broad=None)
    )


both_targets = st.sampled_from([INDEPENDENT, ADJUSTMENT])


@bounded
@given(ballots_of(most=7), both_targets, any_rules())
def test_without_blocs_both_figures_are_the_fewest(ballots: list[SeatBallot], standing: Standing, rules: Rules):
    rules = without_breadth(rules)
    movement = what_would_move(ballots, standing=standing, rules=rules)
    assert movement.target is not None
    found = by_trying(ballots, movement.target, rules)
    assert (movement.silent_needed, movement.changes_needed) == found


@bounded
@given(ballots_of(most=7, weights=st.just(2)), both_targets, any_rules())
def test_with_blocs_and_equal_weights_both_figures_are_the_fewest(
    ballots: list[SeatBallot], standing: Standing, rules: Rules
):
    movement = what_would_move(ballots, standing=standing, rules=rules)
    assert movement.target is not None
    found = by_trying(ballots, movement.target, rules)
    assert (movement.silent_needed, movement.changes_needed) == found


@bounded
@given(ballots_of(most=7, weights=st.integers(1, 5)), both_targets, any_rules())
def test_with_blocs_and_weights_the_changes_named_suffice_and_the_silent_seats_are_the_fewest(
    ballots: list[SeatBallot], standing: Standing, rules: Rules
):
    movement = what_would_move(ballots, standing=standing, rules=rules)
    assert movement.target is not None
    silent, changes = by_trying(ballots, movement.target, rules)
    assert movement.silent_needed == silent
    assert (movement.changes_needed is None) == (changes is None)
    assert changes is None or movement.changes_needed is None or changes <= movement.changes_needed


@bounded
@given(ballots_of(most=7), standings, any_rules())
def test_the_floor_is_as_far_as_the_fewest_supporters_who_could_leave(
    ballots: list[SeatBallot], standing: Standing, rules: Rules
):
    rules = replace(rules, quorum=Quorum())
    distance = what_would_move(ballots, standing=standing, rules=rules).floor
    floor = rule(standing, count(ballots), rules).floor
    if distance is None:
        assert floor is None or floor.of == 0
        return
    below = standing.category.below
    assert below is not None
    supporters = [ballot for ballot in ballots if ballot.position and (ballot.position.category or 0) > below]

    def wavers(leaving: tuple[SeatBallot, ...]) -> bool:
        figures = rule(standing, count(turned(ballots, leaving, below)), rules).floor
        return figures is not None and figures.below

    assert distance == next(len(leaving) for leaving in subsets(supporters) if wavers(leaving))


@bounded
@given(ballots_of(most=8), standings, any_rules())
def test_the_quorum_is_met_by_as_many_seats_as_are_missing_and_by_no_fewer(
    ballots: list[SeatBallot], standing: Standing, rules: Rules
):
    missing = what_would_move(ballots, standing=standing, rules=rules).quorum_missing
    silent = [ballot for ballot in ballots if ballot.position is None]

    def met(more: int) -> bool:
        casting = [replace(ballot, position=Position.ABSTAIN) for ballot in silent[:more]]
        others = [ballot for ballot in ballots if ballot.position is not None]
        return rule(standing, count([*others, *casting, *silent[more:]]), rules).quorum.met

    assert all(met(more) is (more >= missing) for more in range(len(silent) + 1))


def test_in_a_council_of_all_nations_four_fifths_are_reckoned_out():
    ballots = council(group(independent=150, silent=20, bloc="north"), group(silent=23, bloc="south"))
    movement = what_would_move(ballots, standing=ADJUSTMENT, rules=BROAD_CONSENSUS)
    assert (movement.silent_needed, movement.changes_needed) == (None, 155 - 43)
