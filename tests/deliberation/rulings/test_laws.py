"""What holds for every council, every set of rules and every round."""

import json
from dataclasses import replace
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from deliberation.categories import Category, Position
from deliberation.codec import rules_from_data, rules_to_data, ruling_from_data, ruling_to_data
from deliberation.rules import Measure, Rules
from deliberation.rulings import RulingCode, examine, rule
from deliberation.rulings.standings import Standing
from deliberation.rulings.tallies import SeatBallot, count
from tests.deliberation.councils import any_rules, ballots_of, standings

bounded = settings(deadline=None, derandomize=True, max_examples=100)
ladder: list[Position | None] = [Position.INDEPENDENT, Position.ADJUSTMENT, Position.PROHIBITED]


@bounded
@given(ballots_of(), standings, any_rules(), st.randoms(use_true_random=False))
def test_the_order_of_ballots_is_irrelevant(
    ballots: list[SeatBallot], standing: Standing, rules: Rules, random: Random
):
    shuffled = random.sample(ballots, len(ballots))
    assert rule(standing, count(shuffled), rules) == rule(standing, count(ballots), rules)


def raised(ballots: list[SeatBallot], index: int, to: Position | None) -> list[SeatBallot]:
    return [replace(ballot, position=to) if at == index else ballot for at, ballot in enumerate(ballots)]


@bounded
@given(ballots_of(least=1), st.data())
def test_raising_a_ballot_lowers_support_at_no_rung(ballots: list[SeatBallot], data: st.DataObject):
    index = data.draw(st.integers(0, len(ballots) - 1))
    position = ballots[index].position
    higher = ladder[ladder.index(position) + 1 :] if position in ladder else ladder
    for to in higher:
        before, after = count(ballots), count(raised(ballots, index, to))
        for category in Category:
            assert after.support(category).seats >= before.support(category).seats
            assert after.support(category).weight >= before.support(category).weight


@bounded
@given(ballots_of(least=1), st.sampled_from([Category.ADJUSTMENT, Category.PROHIBITED]), any_rules(), st.data())
def test_raising_a_ballot_that_took_a_side_never_fails_a_test_that_was_met(
    ballots: list[SeatBallot], target: Category, rules: Rules, data: st.DataObject
):
    index = data.draw(st.integers(0, len(ballots) - 1))
    position = ballots[index].position
    if position in ladder and examine(target, count(ballots), rules).met:
        for to in ladder[ladder.index(position) :]:
            assert examine(target, count(raised(ballots, index, to)), rules).met


@bounded
@given(ballots_of(), standings, any_rules())
def test_an_issue_moves_at_most_one_rung_and_only_by_promotion_or_relegation(
    ballots: list[SeatBallot], standing: Standing, rules: Rules
):
    ruling = rule(standing, count(ballots), rules)
    step = ruling.after.category - ruling.before.category
    assert step == {RulingCode.PROMOTED: 1, RulingCode.RELEGATED: -1}.get(ruling.code, 0)


@bounded
@given(ballots_of(), standings, any_rules())
def test_a_move_leaves_no_streak_and_no_review_behind(ballots: list[SeatBallot], standing: Standing, rules: Rules):
    after = rule(standing, count(ballots), rules).after
    if after.category is not standing.category:
        assert after == Standing(category=after.category)


@bounded
@given(ballots_of(), standings, any_rules())
def test_the_same_ballots_under_the_same_rules_give_the_same_ruling_for_ever(
    ballots: list[SeatBallot], standing: Standing, rules: Rules
):
    ruling = rule(standing, count(ballots), rules)
    stored_rules, stored_ruling = json.dumps(rules_to_data(rules)), json.dumps(ruling_to_data(ruling))
    assert ruling_from_data(json.loads(stored_ruling)) == ruling
    again = rule(standing, count(ballots), rules_from_data(json.loads(stored_rules)))
    assert json.dumps(ruling_to_data(again)) == stored_ruling


@bounded
@given(ballots_of(), standings, any_rules())
def test_nothing_passes_where_nobody_takes_a_side(ballots: list[SeatBallot], standing: Standing, rules: Rules):
    nobody = [replace(ballot, position=None if ballot.position is None else Position.ABSTAIN) for ballot in ballots]
    ruling = rule(standing, count(nobody), rules)
    assert ruling.code in (RulingCode.INQUORATE, RulingCode.HELD)
    assert ruling.after.category is standing.category
    assert ruling.after.wavering == standing.wavering or ruling.floor is None


@bounded
@given(ballots_of(), st.sampled_from([Category.ADJUSTMENT, Category.PROHIBITED]), any_rules())
def test_no_criterion_holds_on_an_empty_base(ballots: list[SeatBallot], target: Category, rules: Rules):
    test = examine(target, count([replace(ballot, weight=0) for ballot in ballots]), rules)
    for figures in (*test.criteria, *test.blocs):
        assert figures.of > 0 or not figures.holds
    for figures in test.criteria:
        assert figures.of > 0 or not figures.disregarded
        if figures.criterion.measure is Measure.WEIGHT:
            assert not test.met


@bounded
@given(ballots_of(), standings, any_rules(), st.integers(2, 10**12))
def test_multiplying_every_weight_changes_no_outcome(
    ballots: list[SeatBallot], standing: Standing, rules: Rules, factor: int
):
    heavier = [replace(ballot, weight=ballot.weight * factor) for ballot in ballots]
    before, after = rule(standing, count(ballots), rules), rule(standing, count(heavier), rules)
    assert (after.code, after.after) == (before.code, before.after)
    if before.test is not None and after.test is not None:
        assert [figures.holds for figures in after.test.criteria] == [figures.holds for figures in before.test.criteria]


@bounded
@given(ballots_of(), standings, any_rules())
def test_every_figure_of_a_ruling_can_be_checked_by_hand(ballots: list[SeatBallot], standing: Standing, rules: Rules):
    ruling = rule(standing, count(ballots), rules)
    for figures in ruling.test.criteria if ruling.test is not None else ():
        assert figures.holds is (figures.of > 0 and figures.reached >= figures.needed)
    assert ruling.quorum.cast + ruling.tally.silent.seats == ruling.quorum.entitled == len(ballots)
    if ruling.quorum.entitled:
        assert ruling.quorum.met is (ruling.quorum.cast >= ruling.quorum.needed)
