"""Rulings and rules in words: each decision with the figures that made it, as a member reads them."""

import dataclasses
from collections.abc import Mapping

import pytest

import cogs.showing.rules_lines
import cogs.showing.rulings
from cogs.showing.localizer import Localizer
from cogs.showing.rules_lines import abstaining_sentence
from deliberation.categories import Category, Position
from deliberation.ids import SeatId
from deliberation.rules import Rules
from deliberation.rules.presets import (
    BROAD_CONSENSUS,
    EU_COUNCIL,
    GENERAL_ASSEMBLY,
    META_REGIME,
    PRESETS,
    SECURITY_COUNCIL,
)
from deliberation.rulings import Ruling, rule
from deliberation.rulings.standings import Standing
from deliberation.rulings.tallies import SeatBallot, Tally, count
from tests.cogs.voting import tally_of

ADJUSTMENT = Standing(category=Category.ADJUSTMENT)
PROHIBITED = Standing(category=Category.PROHIBITED)


def ruled(tally: Tally, standing: Standing | None = None, rules: Rules = META_REGIME) -> Ruling:
    return rule(standing or Standing(), tally, rules)


def ruling_sentence(ruling: Ruling, say: Localizer, names: Mapping[SeatId, str] | None = None) -> str:
    """The sentence, its non-breaking spaces as spaces."""
    return cogs.showing.rulings.ruling_sentence(ruling, say, names=names or {}).replace("\u00a0", " ")


def ruling_line(ruling: Ruling, say: Localizer, names: Mapping[SeatId, str] | None = None) -> str:
    return cogs.showing.rulings.ruling_line(ruling, say, names=names or {}).replace("\u00a0", " ")


def rules_lines(rules: Rules, say: Localizer) -> list[str]:
    return [line.replace("\u00a0", " ") for line in cogs.showing.rules_lines.rules_lines(rules, say)]


def weighed(*ballots: tuple[Position | None, int], bloc: str | None = None, veto: bool = False) -> list[SeatBallot]:
    return [
        SeatBallot(seat=SeatId(place), position=position, weight=weight, bloc=bloc, veto=veto)
        for place, (position, weight) in enumerate(ballots, 1)
    ]


def test_a_promotion_says_what_was_reached_and_what_was_needed(say: Localizer) -> None:
    ruling = ruled(tally_of(independent=7, adjustment=20, prohibited=11))
    assert ruling_sentence(ruling, say) == (
        "31 of 38 voting seats put it at adjustment or above: 81.6 %, and 60 % was needed. Promoted to adjustment."
    )
    assert ruling_line(ruling, say) == "Promoted to adjustment: 31 of 38 (81.6 %), 60 % needed"


def test_a_share_that_no_decimal_says_exactly_is_a_fraction_and_the_seats_it_takes_are_named(say: Localizer) -> None:
    ruling = ruled(tally_of(adjustment=17, prohibited=33), ADJUSTMENT, GENERAL_ASSEMBLY)
    assert ruling_sentence(ruling, say) == (
        "33 of 50 voting seats put it at prohibited: 66 %, and 2/3 was needed (34). It stays at adjustment."
    )


def test_a_tie_says_that_more_than_half_was_needed(say: Localizer) -> None:
    ruling = ruled(tally_of(independent=5, adjustment=5), None, GENERAL_ASSEMBLY)
    assert "5 of 10 voting seats put it at adjustment or above: 50 %, and more than 50 % was needed (6)" in (
        ruling_sentence(ruling, say)
    )


def test_a_missed_quorum_says_how_many_voted_and_how_many_had_to(say: Localizer) -> None:
    ruling = ruled(tally_of(prohibited=4, silent=11))
    assert ruling_sentence(ruling, say) == (
        "4 of 15 seats voted and 5 were needed. No quorum, so nothing changes: it stays at independent."
    )
    assert ruling_line(ruling, say) == "No quorum: 4 of 15 seats voted, 5 needed"


def test_when_all_abstain_nobody_took_a_side(say: Localizer) -> None:
    assert ruling_sentence(ruled(tally_of(abstain=9)), say) == "Nobody took a side. It stays at independent."


def test_entitled_seats_are_called_all_seats_and_a_veto_is_named(say: Localizer) -> None:
    members = [SeatBallot(seat=SeatId(n), position=Position.ADJUSTMENT) for n in range(1, 11)]
    members += [SeatBallot(seat=SeatId(11), position=Position.INDEPENDENT, veto=True)]
    members += [SeatBallot(seat=SeatId(n), position=None) for n in range(12, 16)]
    ruling = ruled(count(members), None, SECURITY_COUNCIL)
    assert ruling_sentence(ruling, say, names={SeatId(11): "Fr*nce"}) == (
        "10 of all 15 seats put it at adjustment or above: 66.7 %, and 60 % was needed. "
        "That would suffice, but Fr\\*nce has a veto and voted below it. Vetoed: it stays at independent."
    )
    assert "1 seat with a veto voted below it" in ruling_sentence(ruling, say)
    assert ruling_line(ruling, say, names={SeatId(11): "China"}) == "Vetoed: by China"


def test_weights_are_spoken_of_where_they_differ(say: Localizer) -> None:
    ballots = weighed((Position.ADJUSTMENT, 30), (Position.ADJUSTMENT, 20), (Position.INDEPENDENT, 10))
    sentence = ruling_sentence(ruled(count(ballots)), say)
    assert "50 of the voting weight of 60 put it at adjustment or above: 83.3 %, and 60 % was needed." in sentence


def test_two_criteria_are_two_sentences(say: Localizer) -> None:
    ballots = weighed(*[(Position.PROHIBITED, 10)] * 6, *[(Position.ADJUSTMENT, 20)] * 4)
    sentence = ruling_sentence(ruled(count(ballots), ADJUSTMENT, EU_COUNCIL), say)
    assert "6 of all 10 seats put it at prohibited: 60 %, and 55 % was needed." in sentence
    assert "60 of the whole weight of 140 put it at prohibited: 42.9 %, and 65 % was needed (91)." in sentence
    assert sentence.endswith("It stays at adjustment.")


def test_a_missing_blocking_minority_sets_the_weights_aside(say: Localizer) -> None:
    ballots = weighed(*[(Position.PROHIBITED, 1)] * 9, *[(Position.ADJUSTMENT, 50)] * 3)
    sentence = ruling_sentence(ruled(count(ballots), ADJUSTMENT, EU_COUNCIL), say)
    assert "set aside, because only 3 seats withheld their support" in sentence
    assert sentence.endswith("Promoted to prohibited.")


def test_a_test_to_be_met_twice_counts_its_rounds(say: Localizer) -> None:
    once = ruled(tally_of(prohibited=9, adjustment=1), ADJUSTMENT, BROAD_CONSENSUS)
    assert "this was round 1 of 2. It stays at adjustment for now." in ruling_sentence(once, say)
    assert ruling_line(once, say).endswith("round 1 of 2")
    twice = ruled(tally_of(prohibited=9, adjustment=1), once.after, BROAD_CONSENSUS)
    assert "It held in 2 rounds running, as needed. Promoted to prohibited." in ruling_sentence(twice, say)


def test_blocs_are_told_one_by_one(say: Localizer) -> None:
    ballots = [
        SeatBallot(seat=SeatId(n), position=Position.PROHIBITED if n > 3 or n == 1 else Position.ADJUSTMENT, bloc=bloc)
        for n, bloc in enumerate(["North"] * 3 + ["South"] * 17, 1)
    ]
    ballots += [SeatBallot(seat=SeatId(n), position=None, bloc="West") for n in range(21, 24)]
    sentence = ruling_sentence(ruled(count(ballots), ADJUSTMENT, BROAD_CONSENSUS), say)
    assert "Inside North: 1 of 3, 33.3 %, and 50 % was needed." in sentence
    assert "West took no side and was left out." in sentence


def test_wavering_and_relegation_count_rounds_below_the_floor(say: Localizer) -> None:
    low = tally_of(independent=8, adjustment=2)
    first = ruled(low, ADJUSTMENT)
    assert ruling_sentence(first, say) == (
        "2 of 10 voting seats put it at adjustment or above: 20 %, below the floor of 40 %. "
        "1 of 2 rounds below the floor. It stays at adjustment for now."
    )
    second = ruled(low, first.after)
    assert ruling_sentence(second, say).endswith("2 of 2 rounds below the floor. Relegated to independent.")
    assert ruling_line(second, say) == "Relegated to independent: 2 of 10 (20 %), floor 40 %"


def test_a_review_speaks_of_the_floor_or_of_the_test(say: Localizer) -> None:
    held = ruled(tally_of(independent=2, prohibited=8), dataclasses.replace(PROHIBITED, under_review=True))
    assert ruling_sentence(held, say) == (
        "8 of 10 voting seats put it at prohibited: 80 %, and the floor is 60 %. It stays at prohibited."
    )
    review = dataclasses.replace(PROHIBITED, under_review=True)
    fallen = ruled(tally_of(independent=5, prohibited=5), review, GENERAL_ASSEMBLY)
    assert ruling_sentence(fallen, say) == (
        "5 of 10 voting seats put it at prohibited: 50 %, and 2/3 was needed (7). Relegated to adjustment."
    )


@pytest.mark.parametrize(
    ("preset", "said"),
    [
        ("meta-regime", "left out of the share, but counts for the quorum"),
        ("security-council", "weighs like voting against a move."),
        ("eu-council", "weighs like voting against a move."),
    ],
)
def test_the_ballot_says_what_abstaining_does(preset: str, said: str, say: Localizer) -> None:
    assert said in abstaining_sentence(PRESETS[preset], say)


@pytest.mark.parametrize("preset", PRESETS)
def test_every_preset_can_be_read(preset: str, say: Localizer) -> None:
    lines = rules_lines(PRESETS[preset], say)
    assert lines[0].startswith("To reach adjustment: ")
    assert lines[1].startswith("To reach prohibited: ")
    assert sum(len(line) + 1 for line in lines) < 2_000


def test_the_default_rules_in_words(say: Localizer) -> None:
    lines = rules_lines(META_REGIME, say)
    assert lines[:5] == [
        "To reach adjustment: at least 60 % of those voting.",
        "To reach prohibited: at least 80 % of those voting.",
        "Back down from adjustment: below 40 % of those voting in 2 rounds running.",
        "Back down from prohibited: below 60 % of those voting in 2 rounds running.",
        "Quorum: at least 1/3 of the seats, and never fewer than 3, cast a ballot on the issue.",
    ]
