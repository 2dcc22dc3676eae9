"""The voting rules of real bodies, counted exactly, and the mistakes that other voting bots made with them.

F votes for (*prohibited*), A against (*independent*), B abstains, S keeps silent. Their tables stand row by
row in `test_voting_tables` and `test_populations`, the mistakes in `test_traps`; what is said here holds around them.
"""

from dataclasses import replace

import pytest

from deliberation.categories import Category, Position
from deliberation.ids import SeatId
from deliberation.rules import Base, Criterion, Measure, Quorum, Rules, Rung
from deliberation.rules.presets import (
    CONSENSUS,
    EU_COUNCIL,
    GENERAL_ASSEMBLY,
    PRESETS,
    SECURITY_COUNCIL,
    SIMPLE_MAJORITY,
)
from deliberation.rulings import RulingCode, examine
from deliberation.rulings import _rulings as rulings
from deliberation.rulings.tallies import SeatBallot, count
from tests.deliberation.councils import (
    ADJUSTMENT,
    INDEPENDENT,
    at_least,
    council,
    group,
    more_than,
    ruled,
    rules_of,
    rung,
)
from tests.deliberation.motions import IMPORTANT, ORDINARY, put, votes


def examined(target: Category, rules: Rules, *groups: list[SeatBallot]) -> rulings.Test:
    return examine(target, count(council(*groups)), rules)


def passes(target: Category, rules: Rules, *groups: list[SeatBallot]) -> bool:
    """Whether the issue rises to `target` when these seats vote."""
    return put(target, rules, *groups).code is RulingCode.PROMOTED


def shared(total: int, number: int) -> list[int]:
    """So many whole weights, as equal as can be, that add up to the total."""
    return [total // number + (1 if index < total % number else 0) for index in range(number)]


class TestGeneralAssembly:
    """UN Charter Art. 18, Rules 67 and 86."""

    @pytest.mark.parametrize("against", range(0, 64))
    def test_an_important_question_takes_twice_as_many_for_as_against(self, against: int):
        rest = 193 - 3 * against
        assert passes(IMPORTANT, GENERAL_ASSEMBLY, votes(f=2 * against, a=against, b=rest)) is (against > 0)
        assert not passes(IMPORTANT, GENERAL_ASSEMBLY, votes(f=2 * against, a=against + 1, b=rest - 1))

    def test_abstaining_and_staying_away_change_nothing_once_there_is_a_quorum(self):
        for others in (votes(b=90), votes(s=90)):
            assert passes(ORDINARY, GENERAL_ASSEMBLY, votes(f=52, a=51), others)
            assert not passes(ORDINARY, GENERAL_ASSEMBLY, votes(f=51, a=51), others)

    def test_a_majority_of_the_members_must_be_present_to_decide(self):
        assert ruled(INDEPENDENT, GENERAL_ASSEMBLY, votes(f=96, s=97)).code is RulingCode.INQUORATE
        assert ruled(INDEPENDENT, GENERAL_ASSEMBLY, votes(f=97, s=96)).code is RulingCode.PROMOTED

    def test_those_who_abstain_are_present(self):
        assert passes(ORDINARY, GENERAL_ASSEMBLY, votes(f=1, b=96, s=96))


class TestConsensus:
    """The Assembly without a vote, the WTO, CFSP unanimity, acclamation: an objection stops it, abstaining assents."""

    def test_nobody_objects(self):
        assert passes(IMPORTANT, CONSENSUS, votes(f=10))
        assert passes(IMPORTANT, CONSENSUS, votes(f=1, b=9))

    def test_one_objection_stops_it(self):
        assert not passes(IMPORTANT, CONSENSUS, votes(f=9, a=1))
        assert not passes(IMPORTANT, CONSENSUS, group(prohibited=9, adjustment=1))

    def test_silence_assents_once_half_have_spoken(self):
        assert passes(IMPORTANT, CONSENSUS, votes(f=1, b=4, s=5))
        assert not passes(IMPORTANT, CONSENSUS, votes(f=4, s=6))

    def test_somebody_must_be_for_it(self):
        assert not passes(IMPORTANT, CONSENSUS, votes(b=10))


PERMANENT = 5


@pytest.mark.parametrize("target", [Category.ADJUSTMENT, Category.PROHIBITED])
class TestSecurityCouncil:
    """UN Charter Art. 27(3), on either rung."""

    def test_nine_of_fifteen_pass_without_anybody_against(self, target: Category):
        assert passes(target, SECURITY_COUNCIL, votes(f=PERMANENT, veto=True), votes(f=4, b=6))

    def test_eight_fail_though_nobody_is_against(self, target: Category):
        assert not passes(target, SECURITY_COUNCIL, votes(f=PERMANENT, veto=True), votes(f=3, b=7))

    @pytest.mark.parametrize("other", [{"b": 1}, {"s": 1}])
    def test_a_permanent_member_that_abstains_or_stays_away_blocks_nothing(
        self, target: Category, other: dict[str, int]
    ):
        assert passes(target, SECURITY_COUNCIL, votes(f=4, **other, veto=True), votes(f=5, b=5))

    def test_fourteen_against_one_permanent_member_fail(self, target: Category):
        standing = INDEPENDENT if target is Category.ADJUSTMENT else ADJUSTMENT
        ruling = ruled(standing, SECURITY_COUNCIL, votes(f=10), votes(a=1, veto=True), votes(f=4, veto=True))
        assert ruling.code is RulingCode.VETOED
        assert ruling.vetoed_by == (11,)

    def test_fourteen_against_one_elected_member_pass(self, target: Category):
        assert passes(target, SECURITY_COUNCIL, votes(f=PERMANENT, veto=True), votes(f=9, a=1))

    def test_no_veto_on_procedure(self, target: Category):
        procedure = rules_of(prohibited=replace(SECURITY_COUNCIL.prohibited, vetoes=False))
        assert passes(target, procedure, votes(f=4, a=1, veto=True), votes(f=10))
        assert not passes(target, procedure, votes(f=4, a=1, veto=True), votes(f=4, b=6))


def states(*, for_it: int, with_percent: int, others: Position | None) -> list[SeatBallot]:
    """27 states with 100 of population between them; those for it have so much of it. The others vote as said."""
    opposed = SeatBallot(seat=SeatId(0), position=others)
    return council(
        *(votes(f=1, weight=weight) for weight in shared(with_percent * 10, for_it)),
        (replace(opposed, weight=weight) for weight in shared(1000 - with_percent * 10, 27 - for_it)),
    )


@pytest.mark.parametrize("others", [Position.INDEPENDENT, Position.ABSTAIN, None], ids=["against", "abstain", "absent"])
class TestCouncilOfTheEuropeanUnion:
    """TEU Art. 16(4). Opposing, abstaining and staying away weigh alike."""

    @pytest.mark.parametrize(
        ("for_it", "with_percent", "adopted"),
        [(15, 65, True), (15, 64, False), (24, 60, True), (23, 60, False), (14, 70, False), (23, 64, False)],
    )
    def test_qualified_majority(self, for_it: int, with_percent: int, adopted: bool, others: Position | None):
        ballots = states(for_it=for_it, with_percent=with_percent, others=others)
        assert passes(Category.PROHIBITED, EU_COUNCIL, ballots) is adopted

    def test_without_a_blocking_minority_the_population_is_disregarded_and_the_figures_say_so(
        self, others: Position | None
    ):
        test = examined(Category.PROHIBITED, EU_COUNCIL, states(for_it=24, with_percent=60, others=others))
        by_state, by_population = test.criteria
        assert (by_state.reached, by_state.of, by_state.needed, by_state.holds) == (24, 27, 15, True)
        assert (by_population.reached, by_population.of, by_population.needed) == (600, 1000, 650)
        assert (by_population.holds, by_population.disregarded) == (False, True)

    @pytest.mark.parametrize(("for_it", "adopted"), [(14, True), (13, False)])
    def test_simple_majority_is_fourteen_of_twenty_seven(self, for_it: int, adopted: bool, others: Position | None):
        ballots = states(for_it=for_it, with_percent=50, others=others)
        assert passes(Category.ADJUSTMENT, EU_COUNCIL, ballots) is adopted

    @pytest.mark.parametrize(("for_it", "adopted"), [(20, True), (19, False)])
    def test_reinforced_majority_is_twenty_of_twenty_seven(self, for_it: int, adopted: bool, others: Position | None):
        reinforced = Rung(
            criteria=(
                Criterion(at_least(72, 100), Base.ENTITLED, Measure.SEATS),
                Criterion(at_least(65, 100), Base.ENTITLED, Measure.WEIGHT),
            )
        )
        ballots = states(for_it=for_it, with_percent=80, others=others)
        assert passes(Category.PROHIBITED, rules_of(prohibited=reinforced, blocking_minority=4), ballots) is adopted


class TestModelUnitedNations:
    @pytest.mark.parametrize(("f", "a", "adopted"), [(2, 1, True), (20, 10, True), (19, 10, False), (0, 0, False)])
    def test_substance_takes_two_thirds_of_yes_and_no(self, f: int, a: int, adopted: bool):
        assert passes(IMPORTANT, GENERAL_ASSEMBLY, votes(f=f, a=a, b=30)) is adopted

    @pytest.mark.parametrize(("f", "a", "adopted"), [(11, 10, True), (10, 10, False), (9, 10, False)])
    def test_a_tie_fails(self, f: int, a: int, adopted: bool):
        assert passes(IMPORTANT, SIMPLE_MAJORITY, votes(f=f, a=a, b=5)) is adopted

    @pytest.mark.parametrize(("f", "adopted"), [(10, False), (11, True)])
    def test_one_school_asks_for_more_than_half_of_all_delegates(self, f: int, adopted: bool):
        of_all = rules_of(prohibited=rung(more_than(1, 2), base=Base.ENTITLED, measure=Measure.SEATS))
        assert passes(IMPORTANT, of_all, votes(f=f, b=20 - f)) is adopted


class TestWorldAssembly:
    """NationStates: a delegate's ballot weighs one and its endorsements."""

    @pytest.mark.parametrize(("endorsements", "adopted"), [(9, False), (10, True)])
    def test_more_weight_for_than_against_passes(self, endorsements: int, adopted: bool):
        ballots = council(votes(f=1, weight=1 + endorsements), votes(a=10))
        assert passes(IMPORTANT, rules_of(), ballots) is adopted


@pytest.mark.parametrize("rules", PRESETS.values(), ids=PRESETS)
@pytest.mark.parametrize("target", [Category.ADJUSTMENT, Category.PROHIBITED], ids=lambda category: category.word)
class TestTrapsUnderEveryPreset:
    def test_nothing_passes_when_all_abstain(self, target: Category, rules: Rules):
        standing = INDEPENDENT if target is Category.ADJUSTMENT else ADJUSTMENT
        assert ruled(standing, rules, votes(b=10)).code is RulingCode.HELD

    def test_nothing_passes_before_anybody_has_voted(self, target: Category, rules: Rules):
        assert not examined(target, rules, votes(s=10)).met
        assert not passes(target, rules, votes(s=10))

    def test_nothing_passes_in_a_council_without_seats(self, target: Category, rules: Rules):
        assert not passes(target, rules)

    def test_nothing_passes_on_ballots_that_weigh_nothing(self, target: Category, rules: Rules):
        by_weight = replace(rules, blocking_minority=None)
        if any(each.measure is Measure.WEIGHT for each in rules.rung(target).criteria):
            assert not passes(target, by_weight, votes(f=15, weight=0))

    def test_five_against_five_fails(self, target: Category, rules: Rules):
        assert not passes(target, rules, votes(f=5, a=5))


class TestLargeNumbers:
    def test_a_third_is_a_third_however_large_the_weights(self):
        exactly = rules_of(prohibited=rung(at_least(1, 3)), quorum=Quorum())
        assert passes(IMPORTANT, exactly, votes(f=1, weight=10**20), votes(a=2, weight=10**20))
        assert not passes(IMPORTANT, exactly, votes(f=1, weight=10**20), votes(a=2, weight=10**20), votes(a=1))
