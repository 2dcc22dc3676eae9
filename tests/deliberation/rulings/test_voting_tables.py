"""The tables of voting rules of real bodies, row by row: the ruling, and the figures it is told with.

The figures of a criterion are what was reached, of how many, and what was needed. The European Union has a file of its
own.
"""

from dataclasses import replace

import pytest

from deliberation.categories import Category, Position
from deliberation.rules import Base, Measure, Quorum, Rules, Threshold
from deliberation.rules.presets import CONSENSUS, GENERAL_ASSEMBLY, SECURITY_COUNCIL, SIMPLE_MAJORITY
from deliberation.rulings.comparison import under_presets
from deliberation.rulings.tallies import SeatBallot
from tests.deliberation.councils import ADJUSTMENT, at_least, council, group, more_than, rules_of, rung
from tests.deliberation.motions import IMPORTANT, ORDINARY, arithmetic, figures, put, votes

Figures = tuple[int, int, int]


def of_members(threshold: Threshold) -> Rules:
    """A share of all members, present or not."""
    return rules_of(prohibited=rung(threshold, base=Base.ENTITLED, measure=Measure.SEATS))


COLUMNS = {
    "two thirds": (IMPORTANT, GENERAL_ASSEMBLY),
    "simple": (ORDINARY, GENERAL_ASSEMBLY),
    "55 % of all": (IMPORTANT, of_members(at_least(55, 100))),
}
TEN_SEATS: dict[tuple[int, int, int], dict[str, tuple[str, Figures]]] = {
    (2, 1, 7): {
        "two thirds": ("promoted", (2, 3, 2)),
        "simple": ("promoted", (2, 3, 2)),
        "55 % of all": ("held", (2, 10, 6)),
    },
    (3, 2, 5): {
        "two thirds": ("held", (3, 5, 4)),
        "simple": ("promoted", (3, 5, 3)),
        "55 % of all": ("held", (3, 10, 6)),
    },
    (6, 3, 1): {
        "two thirds": ("promoted", (6, 9, 6)),
        "simple": ("promoted", (6, 9, 5)),
        "55 % of all": ("promoted", (6, 10, 6)),
    },
    (2, 2, 6): {
        "two thirds": ("held", (2, 4, 3)),
        "simple": ("held", (2, 4, 3)),
        "55 % of all": ("held", (2, 10, 6)),
    },
    (0, 0, 10): {
        "two thirds": ("held", (0, 0, 0)),
        "simple": ("held", (0, 0, 1)),
        "55 % of all": ("held", (0, 10, 6)),
    },
    (5, 5, 0): {
        "two thirds": ("held", (5, 10, 7)),
        "simple": ("held", (5, 10, 6)),
        "55 % of all": ("held", (5, 10, 6)),
    },
}


@pytest.mark.parametrize(
    ("case", "column"),
    [
        pytest.param(case, column, id=f"F{case[0]} A{case[1]} B{case[2]}, {column}")
        for case in TEN_SEATS
        for column in COLUMNS
    ],
)
def test_ten_seats(case: tuple[int, int, int], column: str):
    f, a, b = case
    ruling = put(*COLUMNS[column], votes(f=f, a=a, b=b))
    assert (ruling.code.value, *figures(ruling)) == TEN_SEATS[case][column]


def test_only_where_nobody_takes_a_side_does_a_base_without_abstainers_need_nothing_and_that_does_not_pass():
    """Votum's formula asks for 0 of 0 there, and passes."""
    [criterion] = arithmetic(put(IMPORTANT, GENERAL_ASSEMBLY, votes(b=10))).criteria
    assert (criterion.reached, criterion.of, criterion.needed, criterion.holds) == (0, 0, 0, False)


WITHOUT_QUORUM = replace(CONSENSUS, quorum=Quorum())
WAIVER = of_members(at_least(3, 4))
MORE_THAN_HALF_OF_ALL = of_members(more_than(1, 2))
Row = tuple[Category, Rules, list[SeatBallot], str, Figures]

ASSEMBLY: dict[str, Row] = {
    # Ordinary questions: F > A of those voting. Abstainers are not voting, and the absent matter to the quorum alone.
    "ordinary, one vote more": (ORDINARY, GENERAL_ASSEMBLY, votes(f=52, a=51, b=90), "promoted", (52, 103, 52)),
    "ordinary, others absent": (ORDINARY, GENERAL_ASSEMBLY, votes(f=52, a=51, s=90), "promoted", (52, 103, 52)),
    "ordinary, tie": (ORDINARY, GENERAL_ASSEMBLY, votes(f=51, a=51, b=91), "held", (51, 102, 52)),
    "ordinary, one votes": (ORDINARY, GENERAL_ASSEMBLY, votes(f=1, b=96, s=96), "promoted", (1, 1, 1)),
    "ordinary, nobody votes": (ORDINARY, GENERAL_ASSEMBLY, votes(b=193), "held", (0, 0, 1)),
    # Important questions: F >= 2A, some F. That a question is one of them takes only F > A.
    "important, two to one": (IMPORTANT, GENERAL_ASSEMBLY, votes(f=100, a=50, b=43), "promoted", (100, 150, 100)),
    "important, others absent": (IMPORTANT, GENERAL_ASSEMBLY, votes(f=100, a=50, s=43), "promoted", (100, 150, 100)),
    "important, one short": (IMPORTANT, GENERAL_ASSEMBLY, votes(f=99, a=50, b=44), "held", (99, 149, 100)),
    "important, one more against": (IMPORTANT, GENERAL_ASSEMBLY, votes(f=100, a=51, b=42), "held", (100, 151, 101)),
    "important, nobody votes": (IMPORTANT, GENERAL_ASSEMBLY, votes(b=193), "held", (0, 0, 0)),
    "a new category of them": (ORDINARY, GENERAL_ASSEMBLY, votes(f=65, a=60, b=68), "promoted", (65, 125, 63)),
    "the same votes under it": (IMPORTANT, GENERAL_ASSEMBLY, votes(f=65, a=60, b=68), "held", (65, 125, 84)),
}
CONSENSUSES: dict[str, Row] = {
    "UNGA, nobody objects": (IMPORTANT, CONSENSUS, votes(f=193), "promoted", (193, 193, 193)),
    "UNGA, one objects": (IMPORTANT, CONSENSUS, votes(f=192, a=1), "held", (192, 193, 193)),
    "UNGA, to the lower rung": (ORDINARY, CONSENSUS, group(adjustment=192, independent=1), "held", (192, 193, 193)),
    "UNGA, one asks for less": (IMPORTANT, CONSENSUS, group(prohibited=192, adjustment=1), "held", (192, 193, 193)),
    "UNGA, silence assents": (IMPORTANT, WITHOUT_QUORUM, votes(f=1, s=192), "promoted", (1, 1, 1)),
    "UNGA, one objects amid silence": (IMPORTANT, WITHOUT_QUORUM, votes(f=1, a=1, s=191), "held", (1, 2, 2)),
    "UNGA, nobody is for it": (IMPORTANT, WITHOUT_QUORUM, votes(b=1, s=192), "held", (0, 0, 0)),
    "WTO, abstaining and absence assent": (IMPORTANT, WITHOUT_QUORUM, votes(f=1, b=80, s=83), "promoted", (1, 1, 1)),
    "WTO, a member present objects": (IMPORTANT, WITHOUT_QUORUM, votes(f=80, a=1, s=83), "held", (80, 81, 81)),
    "WTO, put to the vote": (IMPORTANT, SIMPLE_MAJORITY, votes(f=42, a=41, b=81), "promoted", (42, 83, 42)),
    "WTO, waiver by three quarters": (IMPORTANT, WAIVER, votes(f=123, a=41), "promoted", (123, 164, 123)),
    "WTO, waiver one short": (IMPORTANT, WAIVER, votes(f=122, b=20, s=22), "held", (122, 164, 123)),
    "CFSP, nobody against": (IMPORTANT, CONSENSUS, votes(f=14, b=13), "promoted", (14, 14, 14)),
    "CFSP, one against": (IMPORTANT, CONSENSUS, votes(f=26, a=1), "held", (26, 27, 27)),
    "MUN, acclaimed": (IMPORTANT, CONSENSUS, votes(f=20), "promoted", (20, 20, 20)),
    "MUN, acclamation objected to": (IMPORTANT, CONSENSUS, votes(f=19, a=1), "held", (19, 20, 20)),
}
CLUBS: dict[str, Row] = {
    "MUN substance, strict": (IMPORTANT, GENERAL_ASSEMBLY, votes(f=20, a=10, b=30), "promoted", (20, 30, 20)),
    "MUN substance, strict, one short": (IMPORTANT, GENERAL_ASSEMBLY, votes(f=19, a=10, b=31), "held", (19, 29, 20)),
    "MUN substance, simple": (IMPORTANT, SIMPLE_MAJORITY, votes(f=11, a=10, b=39), "promoted", (11, 21, 11)),
    "MUN substance, simple, tie": (IMPORTANT, SIMPLE_MAJORITY, votes(f=10, a=10, b=40), "held", (10, 20, 11)),
    "MUN, of all delegates": (IMPORTANT, MORE_THAN_HALF_OF_ALL, votes(f=11, b=9), "promoted", (11, 20, 11)),
    "MUN, of all delegates, half": (IMPORTANT, MORE_THAN_HALF_OF_ALL, votes(f=10, b=10), "held", (10, 20, 11)),
    "MUN procedure": (ORDINARY, SIMPLE_MAJORITY, votes(f=11, a=10), "promoted", (11, 21, 11)),
    "MUN procedure, tie": (ORDINARY, SIMPLE_MAJORITY, votes(f=10, a=10), "held", (10, 20, 11)),
    "World Assembly, a delegate and its endorsements": (
        IMPORTANT,
        SIMPLE_MAJORITY,
        council(votes(f=1, weight=1 + 10), votes(a=10)),
        "promoted",
        (11, 21, 11),
    ),
    "World Assembly, tie": (
        IMPORTANT,
        SIMPLE_MAJORITY,
        council(votes(f=1, weight=1 + 9), votes(a=10)),
        "held",
        (10, 20, 11),
    ),
    "World Assembly, abstaining and absence": (
        IMPORTANT,
        SIMPLE_MAJORITY,
        council(votes(f=2, a=1), votes(b=1, s=1, weight=500)),
        "promoted",
        (2, 3, 2),
    ),
}
SUBSTANCE = SECURITY_COUNCIL
PROCEDURE = rules_of(prohibited=replace(SECURITY_COUNCIL.prohibited, vetoes=False))


def fifteen(rules: Rules, permanent: list[SeatBallot], elected: list[SeatBallot], code: str, reached: int) -> Row:
    """Of fifteen seats nine are needed. The permanent members are those of numbers 1 to 5."""
    assert (len(permanent), len(elected)) == (5, 10)
    seats = council((replace(ballot, veto=True) for ballot in permanent), elected)
    return IMPORTANT, rules, seats, code, (reached, 15, 9)


SECURITY: dict[str, Row] = {
    "F9 A0 B6": fifteen(SUBSTANCE, votes(f=5), votes(f=4, b=6), "promoted", 9),
    "F9, a permanent member abstains": fifteen(SUBSTANCE, votes(f=4, b=1), votes(f=5, b=5), "promoted", 9),
    "F9, a permanent member is absent": fifteen(SUBSTANCE, votes(f=4, s=1), votes(f=5, s=5), "promoted", 9),
    "F9, no permanent member for it": fifteen(SUBSTANCE, votes(b=3, s=2), votes(f=9, a=1), "promoted", 9),
    "F9 A6, all of them elected": fifteen(SUBSTANCE, votes(f=5), votes(f=4, a=6), "promoted", 9),
    "F8 A0": fifteen(SUBSTANCE, votes(f=5), votes(f=3, b=7), "held", 8),
    "F8 A1, a permanent member": fifteen(SUBSTANCE, votes(f=4, a=1), votes(f=4, b=6), "held", 8),
    "F14 A1, a permanent member": fifteen(SUBSTANCE, votes(f=4, a=1), votes(f=10), "vetoed", 14),
    "F14, a permanent member asks for less": fifteen(
        SUBSTANCE, group(prohibited=4, adjustment=1), votes(f=10), "vetoed", 14
    ),
    "procedure, F14 A1, a permanent member": fifteen(PROCEDURE, votes(f=4, a=1), votes(f=10), "promoted", 14),
    "procedure, F9 A5, every permanent member": fifteen(PROCEDURE, votes(a=5), votes(f=9, b=1), "promoted", 9),
    "procedure, F8 A0": fifteen(PROCEDURE, votes(f=5), votes(f=3, b=5, s=2), "held", 8),
}


def rows(table: dict[str, Row]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(
        ("target", "rules", "ballots", "code", "expected"),
        [pytest.param(*values, id=name) for name, values in table.items()],
    )


@rows(ASSEMBLY)
def test_general_assembly(target: Category, rules: Rules, ballots: list[SeatBallot], code: str, expected: Figures):
    ruling = put(target, rules, ballots)
    assert (ruling.code.value, *figures(ruling)) == (code, expected)


@rows(CONSENSUSES)
def test_consensus(target: Category, rules: Rules, ballots: list[SeatBallot], code: str, expected: Figures):
    ruling = put(target, rules, ballots)
    assert (ruling.code.value, *figures(ruling)) == (code, expected)


@rows(CLUBS)
def test_model_united_nations_and_nationstates(
    target: Category, rules: Rules, ballots: list[SeatBallot], code: str, expected: Figures
):
    ruling = put(target, rules, ballots)
    assert (ruling.code.value, *figures(ruling)) == (code, expected)


@rows(SECURITY)
def test_security_council(target: Category, rules: Rules, ballots: list[SeatBallot], code: str, expected: Figures):
    ruling = put(target, rules, ballots)
    assert (ruling.code.value, *figures(ruling)) == (code, expected)
    against = [ballot.seat for ballot in ballots[:5] if ballot.position in (Position.INDEPENDENT, Position.ADJUSTMENT)]
    assert list(ruling.vetoed_by) == (against if rules is SUBSTANCE else [])


@pytest.mark.parametrize(
    ("quorum", "needed"),
    [
        pytest.param(more_than(1, 2), 97, id="to decide, a majority"),
        pytest.param(at_least(1, 3), 65, id="to open the debate, a third"),
        pytest.param(at_least(1, 4), 49, id="in a Main Committee, a quarter"),
    ],
)
def test_quorums_of_the_general_assembly(quorum: Threshold, needed: int):
    rules = replace(GENERAL_ASSEMBLY, quorum=Quorum(quorum))
    short = put(ORDINARY, rules, votes(f=1, b=needed - 2, s=194 - needed))
    enough = put(ORDINARY, rules, votes(f=1, b=needed - 1, s=193 - needed))
    assert [
        (ruling.code.value, ruling.quorum.cast, ruling.quorum.entitled, ruling.quorum.needed)
        for ruling in (short, enough)
    ] == [("inquorate", needed - 1, 193, needed), ("promoted", needed, 193, needed)]


def test_a_motion_not_acclaimed_is_put_to_a_normal_vote_by_the_same_ballots():
    """The dry run shows both: a chair takes up the preset that the floor has fallen back to."""
    ballots = votes(f=19, a=1)
    found = {name: ruling.code.value for name, ruling in under_presets(ballots, ADJUSTMENT)}
    assert (found["consensus"], found["simple-majority"]) == ("held", "promoted")
