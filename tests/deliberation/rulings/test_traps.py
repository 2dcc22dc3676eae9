"""Mistakes that other voting bots made with the rules of real bodies (VOTING-RULES, PRODUCT §2), each as a test.

Those that a procedure alone cannot make are tested where they could be made: a ballot lost after its receipt, buttons
that are dead after a restart, a round that closes twice.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from deliberation.categories import Category
from deliberation.ids import CouncilId, RoundId
from deliberation.rounds import DeadlinePassed, Round, RoundStatus
from deliberation.rules import Base, Measure, Rules, Threshold
from deliberation.rules.presets import CONSENSUS, GENERAL_ASSEMBLY, META_REGIME, PRESETS, SIMPLE_MAJORITY
from deliberation.rulings import RulingCode
from deliberation.rulings.movement import what_would_move
from tests.deliberation.councils import at_least, in_turn, more_than, rules_of, rung
from tests.deliberation.motions import BEFORE, IMPORTANT, ORDINARY, arithmetic, figures, put, votes

MAJORITIES = {
    "a thousandth": at_least(1, 1000),
    "half": at_least(1, 2),
    "more than half": more_than(1, 2),
    "three fifths": at_least(3, 5),
    "two thirds": at_least(2, 3),
    "66 %": at_least(66, 100),
    "three quarters": at_least(3, 4),
    "all": at_least(1),
}
TARGETS = pytest.mark.parametrize("target", [ORDINARY, IMPORTANT], ids=lambda category: category.word)


@TARGETS
@pytest.mark.parametrize("measure", Measure)
@pytest.mark.parametrize("majority", MAJORITIES.values(), ids=MAJORITIES)
class TestAnEmptyBase:
    """Votum: where all abstain the base is 0 and 0 are needed, and the motion passes."""

    def test_where_all_abstain_nothing_passes(self, majority: Threshold, measure: Measure, target: Category):
        ruling = put(target, rules_of(prohibited=rung(majority, measure=measure)), votes(b=10))
        assert ruling.code is RulingCode.HELD
        assert [(each.reached, each.of, each.holds) for each in arithmetic(ruling).criteria] == [(0, 0, False)]

    def test_where_nobody_votes_nothing_passes(self, majority: Threshold, measure: Measure, target: Category):
        for base in Base:
            ruling = put(target, rules_of(prohibited=rung(majority, base=base, measure=measure)), votes(s=10))
            assert ruling.code is RulingCode.HELD
            assert not arithmetic(ruling).met

    def test_one_vote_for_it_is_all_of_a_base_of_one(self, majority: Threshold, measure: Measure, target: Category):
        ruling = put(target, rules_of(prohibited=rung(majority, measure=measure)), votes(f=1, b=9))
        assert (ruling.code, figures(ruling)) == (RulingCode.PROMOTED, [(1, 1, 1)])


class TestAtExpiry:
    """Votum: at expiry more yes than no passes, whatever was asked for, and a tie stays open."""

    @pytest.mark.parametrize(
        ("rules", "cast", "needed"),
        [
            pytest.param(GENERAL_ASSEMBLY, 1, 6, id="two thirds of those voting, half of the seats present"),
            pytest.param(META_REGIME, 1, 4, id="the default"),
            pytest.param(CONSENSUS, 1, 5, id="unanimity"),
            pytest.param(SIMPLE_MAJORITY, 1, 4, id="simple majority"),
        ],
    )
    def test_one_to_nothing_without_the_quorum_decides_nothing(self, rules: Rules, cast: int, needed: int):
        ruling = put(IMPORTANT, rules, votes(f=1, s=9))
        assert (ruling.code, ruling.after) == (RulingCode.INQUORATE, ruling.before)
        assert (ruling.quorum.cast, ruling.quorum.entitled, ruling.quorum.needed) == (cast, 10, needed)

    @pytest.mark.parametrize(
        ("rules", "f", "a", "needed"),
        [
            pytest.param(GENERAL_ASSEMBLY, 3, 2, 4, id="two thirds, 3 to 2"),
            pytest.param(GENERAL_ASSEMBLY, 6, 4, 7, id="two thirds, 6 to 4"),
            pytest.param(META_REGIME, 7, 3, 8, id="four fifths, 7 to 3"),
            pytest.param(CONSENSUS, 9, 1, 10, id="unanimity, 9 to 1"),
        ],
    )
    def test_more_for_than_against_is_not_enough(self, rules: Rules, f: int, a: int, needed: int):
        ruling = put(IMPORTANT, rules, votes(f=f, a=a, b=10 - f - a))
        assert (ruling.code, figures(ruling)) == (RulingCode.HELD, [(f, f + a, needed)])

    def test_a_tie_is_ruled_and_the_next_round_begins_without_it(self):
        rules = rules_of(prohibited=rung(sustained=2))
        rulings = in_turn(BEFORE[ORDINARY], rules, [votes(f=6, a=4), votes(f=5, a=5), votes(f=6, a=4)])
        assert [ruling.code.value for ruling in rulings] == ["sustaining", "held", "sustaining"]


class TestTwoThirdsIsNotSixtySixPerCent:
    """Votum's README takes the one for the other."""

    @pytest.mark.parametrize(
        ("majority", "f", "code", "needed"),
        [
            pytest.param(at_least(2, 3), 34, "promoted", 34, id="two thirds, 34 of 50"),
            pytest.param(at_least(2, 3), 33, "held", 34, id="two thirds, 33 of 50"),
            pytest.param(at_least(66, 100), 33, "promoted", 33, id="66 %, 33 of 50"),
            pytest.param(at_least(66, 100), 32, "held", 33, id="66 %, 32 of 50"),
        ],
    )
    def test_of_fifty(self, majority: Threshold, f: int, code: str, needed: int):
        ruling = put(IMPORTANT, rules_of(prohibited=rung(majority)), votes(f=f, a=50 - f))
        assert (ruling.code.value, figures(ruling)) == (code, [(f, 50, needed)])

    @pytest.mark.parametrize(
        ("majority", "f", "of"),
        [
            pytest.param(at_least(55, 100), 11, 20, id="55 % of 20"),
            pytest.param(at_least(55, 100), 55, 100, id="55 % of 100"),
            pytest.param(at_least(7, 100), 7, 100, id="7 % of 100"),
            pytest.param(at_least(1, 3), 3, 9, id="a third of 9"),
            pytest.param(at_least(2, 3), 2 * 10**17, 3 * 10**17, id="two thirds of 3 * 10^17"),
        ],
    )
    def test_exactly_the_share_is_enough_and_one_fewer_is_not(self, majority: Threshold, f: int, of: int):
        rules = rules_of(prohibited=rung(majority))
        enough = put(IMPORTANT, rules, votes(f=1, weight=f), votes(a=1, weight=of - f))
        short = put(IMPORTANT, rules, votes(f=1, weight=f - 1), votes(a=1, weight=of - f + 1))
        assert (enough.code, figures(enough)) == (RulingCode.PROMOTED, [(f, of, f)])
        assert (short.code, figures(short)) == (RulingCode.HELD, [(f - 1, of, f)])


@pytest.mark.parametrize("half", [1, 2, 5, 96])
class TestATie:
    """Muncoordinated: half of an even number, rounded up, is "at least" reached, and 5 to 5 reads "Passed"."""

    @TARGETS
    def test_fails_by_a_simple_majority(self, half: int, target: Category):
        ruling = put(target, SIMPLE_MAJORITY, votes(f=half, a=half))
        assert (ruling.code, figures(ruling)) == (RulingCode.HELD, [(half, 2 * half, half + 1)])

    @TARGETS
    def test_is_broken_by_one_vote(self, half: int, target: Category):
        assert put(target, SIMPLE_MAJORITY, votes(f=half + 1, a=half)).code is RulingCode.PROMOTED
        assert put(target, SIMPLE_MAJORITY, votes(f=half, a=half + 1)).code is RulingCode.HELD


@TARGETS
@pytest.mark.parametrize("rules", PRESETS.values(), ids=PRESETS)
def test_before_any_vote_no_motion_reads_as_passed(rules: Rules, target: Category):
    """Muncoordinated: two thirds of no votes are none, and 0 of 0 reads "Passed"."""
    movement = what_would_move(votes(s=15), standing=BEFORE[target], rules=rules)
    assert (movement.target, movement.met) == (target, False)
    assert movement.silent_needed is not None
    assert movement.silent_needed > 0


DEADLINE = datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
"""The instant at which most of Europe's clocks go from two to three, or from one to two."""


class TestTheDeadline:
    """Polls closed hours early or late by a clock error, and votes taken until the closing loop came round."""

    ROUND = Round(
        id=RoundId(1),
        council=CouncilId(1),
        number=1,
        status=RoundStatus.OPEN,
        rules=META_REGIME,
        opened_at=DEADLINE - timedelta(days=3),
        closes_at=DEADLINE,
    )

    @pytest.mark.parametrize("hours", [-11, -5, 0, 1, 2, 5.5, 14])
    def test_is_one_instant_wherever_the_clock_is_read(self, hours: float):
        there = timezone(timedelta(hours=hours))
        last, late = DEADLINE - timedelta(microseconds=1), DEADLINE
        assert self.ROUND.accepts(last.astimezone(there))
        assert not self.ROUND.accepts(late.astimezone(there))

    @pytest.mark.parametrize("late", [0, 1, 30, 3600])
    @pytest.mark.parametrize("status", [RoundStatus.OPEN, RoundStatus.CLOSING], ids=lambda status: status.value)
    def test_nothing_counts_after_it_though_the_round_has_not_been_closed_yet(self, status: RoundStatus, late: int):
        waiting = replace(self.ROUND, status=status)
        now = DEADLINE + timedelta(seconds=late)
        assert not waiting.accepts(now)
        with pytest.raises(DeadlinePassed) as refused:
            waiting.require_accepting(now)
        assert refused.value.params == {"number": 1, "closes_at": DEADLINE}
