"""The Council of the European Union by the people of its 27 states, as they are seated: each row of its voting rules.

A qualified majority is 15 states with 65 % of 449,206,579 people, which are 291,984,277 (TEU Art. 16(4)). A state that
is against, abstains or stays away withholds both itself and its people.
"""

import tomllib
from collections.abc import Iterable
from importlib import resources

import pytest

from deliberation.categories import Category, Position
from deliberation.ids import SeatId
from deliberation.rules import Base, Criterion, Measure, Rules, Rung
from deliberation.rules.presets import CONSENSUS, EU_COUNCIL
from deliberation.rulings.movement import what_would_move
from deliberation.rulings.tallies import SeatBallot
from tests.deliberation.councils import ADJUSTMENT, at_least, council, rules_of
from tests.deliberation.motions import IMPORTANT, ORDINARY, arithmetic, figures, put

WEIGHTS: dict[str, int] = tomllib.loads(
    resources.files("services.seats").joinpath("seatings.toml").read_text(encoding="utf-8")
)["eu"]["weights"]
PEOPLE, SIXTY_FIVE = 449_206_579, 291_984_277
LARGEST_FIRST = sorted(WEIGHTS, key=lambda state: -WEIGHTS[state])
HOW = pytest.mark.parametrize(
    "others", [Position.INDEPENDENT, Position.ABSTAIN, None], ids=["against", "abstaining", "absent"]
)
QUALIFIED = EU_COUNCIL.prohibited.criteria
REINFORCED = rules_of(
    prohibited=Rung(criteria=(Criterion(at_least(72, 100), Base.ENTITLED, Measure.SEATS), QUALIFIED[1]))
)


def states(withholding: Iterable[str], *, others: Position | None, of: Iterable[str] = WEIGHTS) -> list[SeatBallot]:
    """All states vote for it but these, which do as `others` says."""
    withheld = set(withholding)
    return council(
        SeatBallot(seat=SeatId(0), position=others if state in withheld else Position.PROHIBITED, weight=WEIGHTS[state])
        for state in of
    )


def all_but(*supporting: str) -> list[str]:
    return [state for state in WEIGHTS if state not in supporting]


def test_the_weights_are_those_that_the_figures_here_are_reckoned_from():
    assert (len(WEIGHTS), sum(WEIGHTS.values())) == (27, PEOPLE)
    assert LARGEST_FIRST[:5] == ["DE", "FR", "IT", "ES", "PL"]


@HOW
@pytest.mark.parametrize(
    ("withholding", "code", "for_it", "people"),
    [
        pytest.param([], "promoted", 27, PEOPLE, id="all"),
        pytest.param(all_but(*LARGEST_FIRST[:15]), "promoted", 15, 412_585_613, id="the 15 largest"),
        pytest.param(all_but(*LARGEST_FIRST[:14]), "held", 14, 406_140_132, id="the 14 largest, with 90 %"),
        pytest.param(all_but(*LARGEST_FIRST[-15:]), "held", 15, 61_809_824, id="the 15 smallest, with 14 %"),
        pytest.param(["FR", "IT", "NL", "BE"], "promoted", 23, 292_039_842, id="four withhold 34.99 %"),
        pytest.param(["FR", "IT", "RO", "CZ"], "held", 23, 291_849_869, id="four withhold 35.03 %"),
        pytest.param(["DE", "FR", "IT", "ES"], "held", 23, 189_759_375, id="the four largest withhold"),
        pytest.param(["DE", "FR", "IT", "MT"], "held", 23, 237_806_390, id="the three largest and the smallest"),
        pytest.param(LARGEST_FIRST[-4:], "promoted", 23, 445_662_894, id="the four smallest"),
    ],
)
def test_qualified_majority(withholding: list[str], others: Position | None, code: str, for_it: int, people: int):
    ruling = put(IMPORTANT, EU_COUNCIL, states(withholding, others=others))
    assert ruling.code.value == code
    assert figures(ruling) == [(for_it, 27, 15), (people, PEOPLE, SIXTY_FIVE)]
    assert not any(criterion.disregarded for criterion in arithmetic(ruling).criteria)


@HOW
def test_three_states_are_no_blocking_minority_though_they_withhold_forty_seven_per_cent(others: Position | None):
    ruling = put(IMPORTANT, EU_COUNCIL, states(["DE", "FR", "IT"], others=others))
    assert ruling.code.value == "promoted"
    assert figures(ruling) == [(24, 27, 15), (238_369_833, PEOPLE, SIXTY_FIVE)]
    assert [(each.holds, each.disregarded) for each in arithmetic(ruling).criteria] == [(True, False), (False, True)]


@pytest.mark.parametrize(
    ("people", "code"), [pytest.param(650, "promoted", id="exactly 65 %"), pytest.param(649, "held", id="one fewer")]
)
def test_sixty_five_per_cent_is_reached_by_the_very_person(people: int, code: str):
    seats = [(Position.PROHIBITED, 1)] * 14 + [(Position.PROHIBITED, people - 14)]
    seats += [(Position.INDEPENDENT, 1)] * 11 + [(Position.INDEPENDENT, 1000 - people - 11)]
    ballots = council(SeatBallot(seat=SeatId(0), position=position, weight=weight) for position, weight in seats)
    ruling = put(IMPORTANT, EU_COUNCIL, ballots)
    assert (ruling.code.value, figures(ruling)) == (code, [(15, 27, 15), (people, 1000, 650)])


@HOW
@pytest.mark.parametrize(
    ("withholding", "code", "for_it", "people"),
    [
        pytest.param(all_but(*LARGEST_FIRST[:20]), "promoted", 20, 438_781_172, id="20 states"),
        pytest.param(all_but(*LARGEST_FIRST[:19]), "held", 19, 434_919_205, id="19 states, with 97 %"),
        pytest.param(["FR", "IT", "RO", "CZ"], "held", 23, 291_849_869, id="23 states, below 65 %"),
        pytest.param(["DE", "FR", "IT"], "held", 24, 238_369_833, id="24 states, without the clause of four"),
    ],
)
def test_reinforced_qualified_majority(
    withholding: list[str], others: Position | None, code: str, for_it: int, people: int
):
    ruling = put(IMPORTANT, REINFORCED, states(withholding, others=others))
    assert ruling.code.value == code
    assert figures(ruling) == [(for_it, 27, 20), (people, PEOPLE, SIXTY_FIVE)]


@HOW
@pytest.mark.parametrize(
    ("for_it", "code"), [pytest.param(14, "promoted", id="14 of 27"), pytest.param(13, "held", id="13 of 27")]
)
def test_simple_majority_counts_the_smallest_state_like_the_largest(for_it: int, code: str, others: Position | None):
    ruling = put(ORDINARY, EU_COUNCIL, states(LARGEST_FIRST[: 27 - for_it], others=others))
    assert (ruling.code.value, figures(ruling)) == (code, [(for_it, 27, 14)])


@pytest.mark.parametrize(
    ("others", "code", "figure"),
    [
        pytest.param(Position.ABSTAIN, "promoted", (189_759_375, 189_759_375, 189_759_375), id="abstain"),
        pytest.param(Position.INDEPENDENT, "held", (189_759_375, PEOPLE, PEOPLE), id="against"),
    ],
)
def test_unanimity_is_stopped_by_a_vote_against_and_not_by_abstaining(
    others: Position, code: str, figure: tuple[int, int, int]
):
    ruling = put(IMPORTANT, CONSENSUS, states(LARGEST_FIRST[:4], others=others))
    assert (ruling.code.value, figures(ruling)) == (code, [figure])


EURO = [state for state in WEIGHTS if state not in ("BG", "CZ", "DK", "HU", "PL", "RO", "SE")]


@pytest.mark.parametrize(
    ("for_it", "code"), [pytest.param(11, "promoted", id="11 of 20"), pytest.param(10, "held", id="10 of 20")]
)
def test_where_some_states_take_no_part_the_shares_are_those_of_the_participants(for_it: int, code: str):
    """As where the members of the euro area decide among themselves."""
    largest = [state for state in LARGEST_FIRST if state in EURO]
    ruling = put(IMPORTANT, EU_COUNCIL, states(largest[for_it:], others=None, of=EURO))
    assert (len(EURO), ruling.code.value) == (20, code)
    by_state, by_people = arithmetic(ruling).criteria
    assert (by_state.reached, by_state.of, by_state.needed) == (for_it, 20, 11)
    assert (by_people.of, by_people.needed, by_people.holds) == (350_077_581, 227_550_428, True)


@pytest.mark.parametrize(
    ("rules", "needed"),
    [pytest.param(EU_COUNCIL, 1, id="with the clause of four"), pytest.param(REINFORCED, 2, id="without it")],
)
def test_what_would_move_it_names_the_fewest_states_that_still_have_to_vote(rules: Rules, needed: int):
    movement = what_would_move(states(LARGEST_FIRST[:4], others=None), standing=ADJUSTMENT, rules=rules)
    assert (movement.target, movement.met, movement.silent_needed) == (Category.PROHIBITED, False, needed)
