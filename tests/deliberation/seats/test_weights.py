"""What a seat's weight does: nothing at all, a whole people, and nations of them (PRODUCT §2, "Per seat" in §6)."""

from dataclasses import replace

import pytest

from deliberation.categories import Category
from deliberation.rules import Base, Measure, Quorum, Rules
from deliberation.rules.presets import GENERAL_ASSEMBLY, SECURITY_COUNCIL, SIMPLE_MAJORITY
from deliberation.rulings import RulingCode
from deliberation.rulings.movement import what_would_move
from deliberation.rulings.tallies import SeatBallot, count
from deliberation.seats import MOST_WEIGHT
from tests.deliberation.councils import (
    ADJUSTMENT,
    FLOORS,
    INDEPENDENT,
    at_least,
    council,
    group,
    more_than,
    ruled,
    rules_of,
    rung,
)
from tests.deliberation.motions import IMPORTANT, ORDINARY, arithmetic, figures, put, votes

PEOPLE = 1_400_000_000
HALF_OF_ALL_WEIGHT = rules_of(prohibited=rung(more_than(1, 2), base=Base.ENTITLED))
HALF_OF_ALL_SEATS = rules_of(prohibited=rung(more_than(1, 2), base=Base.ENTITLED, measure=Measure.SEATS))


@pytest.mark.parametrize(
    ("rules", "ballots", "code", "expected"),
    [
        pytest.param(
            SIMPLE_MAJORITY,
            council(votes(f=1, weight=PEOPLE), votes(a=2, weight=PEOPLE // 2)),
            "held",
            (PEOPLE, 2 * PEOPLE, PEOPLE + 1),
            id="a whole people against two halves is a tie",
        ),
        pytest.param(
            SIMPLE_MAJORITY,
            council(votes(f=1, weight=PEOPLE), votes(a=2, weight=PEOPLE // 2), votes(f=1)),
            "promoted",
            (PEOPLE + 1, 2 * PEOPLE + 1, PEOPLE + 1),
            id="which one person breaks",
        ),
        pytest.param(
            SIMPLE_MAJORITY,
            council(votes(f=1, weight=PEOPLE), votes(a=2, weight=PEOPLE // 2), votes(f=9, weight=0)),
            "held",
            (PEOPLE, 2 * PEOPLE, PEOPLE + 1),
            id="and nine without weight do not",
        ),
        pytest.param(
            GENERAL_ASSEMBLY,
            council(votes(f=129, weight=PEOPLE), votes(a=64, weight=PEOPLE)),
            "promoted",
            (129 * PEOPLE, 193 * PEOPLE, 180_133_333_334),
            id="two thirds of 193 peoples, beyond 32 bits",
        ),
        pytest.param(
            GENERAL_ASSEMBLY,
            council(votes(f=128, weight=PEOPLE), votes(a=65, weight=PEOPLE)),
            "held",
            (128 * PEOPLE, 193 * PEOPLE, 180_133_333_334),
            id="two thirds of 193 peoples, one short",
        ),
        pytest.param(
            HALF_OF_ALL_WEIGHT,
            council(votes(f=10, weight=0), votes(s=1)),
            "held",
            (0, 1, 1),
            id="ten without weight, one silent with it",
        ),
        pytest.param(
            HALF_OF_ALL_SEATS,
            council(votes(f=2, weight=0), votes(a=1, weight=PEOPLE)),
            "promoted",
            (2, 3, 2),
            id="by seats a people counts once, and a seat without weight too",
        ),
        pytest.param(
            HALF_OF_ALL_WEIGHT,
            council(votes(f=1, weight=MOST_WEIGHT), votes(s=1, weight=MOST_WEIGHT)),
            "held",
            (MOST_WEIGHT, 2 * MOST_WEIGHT, MOST_WEIGHT + 1),
            id="the greatest weight a seat can have, half of it silent",
        ),
    ],
)
def test_to_the_last_person(rules: Rules, ballots: list[SeatBallot], code: str, expected: tuple[int, int, int]):
    ruling = put(IMPORTANT, rules, ballots)
    assert (ruling.code.value, *figures(ruling)) == (code, expected)


class TestWithoutWeight:
    @pytest.mark.parametrize(
        ("base", "of"), [(Base.VOTING, 0), (Base.CAST, 0), (Base.ENTITLED, 0)], ids=lambda given: str(given)
    )
    def test_a_council_in_which_nobody_weighs_anything_passes_nothing_by_weight(self, base: Base, of: int):
        rules = rules_of(prohibited=rung(at_least(1, 1000), base=base))
        ruling = put(IMPORTANT, rules, votes(f=9, weight=0))
        [criterion] = arithmetic(ruling).criteria
        assert (ruling.code, criterion.reached, criterion.of, criterion.holds) == (RulingCode.HELD, 0, of, False)

    def test_a_seat_counts_for_the_quorum(self):
        rules = replace(SIMPLE_MAJORITY, quorum=Quorum(at_least(1, 2), least=3))
        lacking = put(IMPORTANT, rules, votes(f=2), votes(s=2, weight=0))
        enough = put(IMPORTANT, rules, votes(f=2), votes(b=1, s=1, weight=0))
        assert [(each.code.value, each.quorum.cast, each.quorum.needed) for each in (lacking, enough)] == [
            ("inquorate", 2, 3),
            ("promoted", 3, 3),
        ]

    @pytest.mark.parametrize(("target", "reached"), [(ORDINARY, 14), (IMPORTANT, 14)], ids=["lower", "upper"])
    def test_a_permanent_member_keeps_its_veto(self, target: Category, reached: int):
        ruling = put(target, SECURITY_COUNCIL, votes(a=1, weight=0, veto=True), votes(f=14))
        assert (ruling.code, ruling.vetoed_by) == (RulingCode.VETOED, (1,))
        assert figures(ruling) == [(reached, 15, 9)]

    def test_a_seat_counts_towards_a_blocking_minority(self):
        rules = rules_of(prohibited=rung(at_least(3, 5), base=Base.ENTITLED), blocking_minority=4)
        heavy, light = votes(a=3, weight=PEOPLE), votes(f=24)
        three = put(IMPORTANT, rules, heavy, light)
        four = put(IMPORTANT, rules, heavy, votes(a=1, weight=0), light)
        assert [ruling.code for ruling in (three, four)] == [RulingCode.PROMOTED, RulingCode.HELD]
        assert [arithmetic(ruling).criteria[0].disregarded for ruling in (three, four)] == [True, False]

    def test_its_ballot_alone_leaves_the_floors_streak_as_it_was(self):
        wavering = replace(ADJUSTMENT, wavering=1)
        ruling = ruled(wavering, FLOORS, group(independent=5, weight=0))
        assert (ruling.code, ruling.after.wavering) == (RulingCode.HELD, 1)
        assert ruled(wavering, FLOORS, group(independent=5)).code is RulingCode.RELEGATED

    def test_it_is_not_counted_among_those_who_could_move_an_issue_by_weight(self):
        ballots = council(votes(a=1), votes(s=9, weight=0), votes(s=1, weight=2))
        movement = what_would_move(ballots, standing=INDEPENDENT, rules=SIMPLE_MAJORITY)
        assert movement.silent_needed == 1


class TestByProxy:
    def test_a_people_that_votes_by_proxy_counts_as_if_it_had_voted_itself(self):
        own = council(votes(f=1, weight=0), votes(a=1, weight=5), votes(s=1, weight=PEOPLE, veto=True))
        by_proxy = replace(own[2], position=own[0].position)
        assert count(own).with_ballots([by_proxy]) == count([*own[:2], by_proxy])

    def test_a_seat_without_weight_passes_on_its_position_and_not_its_weight(self):
        own = council(votes(f=1, weight=0), votes(s=1, weight=PEOPLE))
        tally = count(own).with_ballots([replace(own[1], position=own[0].position)])
        assert (tally.support(IMPORTANT).seats, tally.support(IMPORTANT).weight) == (2, PEOPLE)
        assert (tally.silent.seats, tally.silent.weight) == (0, 0)
