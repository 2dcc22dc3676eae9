"""The oracle itself, against cases worked out by hand from PRODUCT §2."""

import csv
from pathlib import Path

import pytest

from tests.replay.oracle import PRESETS, replay_lines
from tests.replay.votes import COLUMNS, a_course, calendar, invented_files, thresholds

ROLL_CALLS = Path(__file__).parents[3] / "shared" / "data" / "un-roll-calls.csv"
TAKES_NO_SIDE = {"abstain": "abstain"}
UP, TOP = (0, 10, 0), (10, 0, 0)

Rounds = list[tuple[int, int, int]]


def course(preset: str, rounds: Rounds, *, mapping: dict[str, str] | None = None) -> list[dict]:
    """The lines of one issue whose rounds are given as (yes, abstain, no)."""
    return replay_lines(a_course("An issue", rounds), preset, mapping=mapping)


def figures(line: dict) -> tuple[str, str | None, str | None]:
    return line["ruling"], line["support"], line["needed"]


def rulings(preset: str, rounds: Rounds, *, mapping: dict[str, str] | None = None) -> list[str]:
    return [line["ruling"] for line in course(preset, rounds, mapping=mapping)]


@pytest.mark.parametrize(
    ("preset", "votes", "ruling", "support", "needed"),
    [
        ("meta-regime", (2, 4, 4), "promoted", "6/10", "at least 3/5 of voting"),
        ("meta-regime", (2, 3, 5), "held", "5/10", "at least 3/5 of voting"),
        ("meta-regime", (1, 1, 1), "promoted", "2/3", "at least 3/5 of voting"),
        ("meta-regime", (2, 0, 0), "inquorate", None, None),
        ("simple-majority", (5, 0, 5), "held", "5/10", "more than 1/2 of voting"),
        ("simple-majority", (0, 6, 5), "promoted", "6/11", "more than 1/2 of voting"),
        ("simple-majority", (1, 0, 0), "promoted", "1/1", "more than 1/2 of voting"),
        ("general-assembly", (25, 0, 25), "held", "25/50", "more than 1/2 of voting"),
        ("general-assembly", (20, 6, 24), "promoted", "26/50", "more than 1/2 of voting"),
        ("security-council", (5, 4, 6), "promoted", "9/15", "at least 3/5 of entitled seats"),
        ("security-council", (5, 3, 7), "held", "8/15", "at least 3/5 of entitled seats"),
        ("consensus", (8, 2, 0), "promoted", "10/10", "at least 1/1 of voting"),
        ("consensus", (9, 0, 1), "held", "9/10", "at least 1/1 of voting"),
    ],
)
def test_first_round_at_independent(
    preset: str, votes: tuple[int, int, int], ruling: str, support: str | None, needed: str | None
) -> None:
    [line] = course(preset, [votes])
    assert figures(line) == (ruling, support, needed)
    assert (line["before"], line["after"]) == ("independent", "adjustment" if ruling == "promoted" else "independent")


@pytest.mark.parametrize(
    ("preset", "votes", "ruling", "support", "needed"),
    [
        ("meta-regime", (8, 0, 2), "promoted", "8/10", "at least 4/5 of voting"),
        ("meta-regime", (7, 3, 0), "held", "7/10", "at least 4/5 of voting"),
        ("meta-regime", (0, 4, 6), "held", "0/10", "at least 4/5 of voting"),
        ("meta-regime", (1, 2, 7), "wavering", "3/10", "at least 2/5 of voting"),
        ("simple-majority", (5, 5, 0), "held", "5/10", "more than 1/2 of voting"),
        ("general-assembly", (33, 17, 0), "held", "33/50", "at least 2/3 of voting"),
        ("general-assembly", (34, 0, 16), "promoted", "34/50", "at least 2/3 of voting"),
        ("general-assembly", (4, 2, 0), "promoted", "4/6", "at least 2/3 of voting"),
        ("security-council", (9, 6, 0), "promoted", "9/15", "at least 3/5 of entitled seats"),
        ("security-council", (8, 7, 0), "held", "8/15", "at least 3/5 of entitled seats"),
        ("consensus", (9, 1, 0), "held", "9/10", "at least 1/1 of voting"),
        ("consensus", (3, 0, 0), "promoted", "3/3", "at least 1/1 of voting"),
    ],
)
def test_second_round_at_adjustment(
    preset: str, votes: tuple[int, int, int], ruling: str, support: str, needed: str
) -> None:
    _, line = course(preset, [UP, votes])
    assert figures(line) == (ruling, support, needed)
    assert (line["before"], line["after"]) == ("adjustment", "prohibited" if ruling == "promoted" else "adjustment")


def test_an_issue_climbs_one_rung_a_round_however_many_want_more() -> None:
    assert [line["after"] for line in course("consensus", [TOP, TOP, TOP])] == [
        "adjustment",
        "prohibited",
        "prohibited",
    ]


def test_at_prohibited_only_the_floor_is_tested() -> None:
    lines = course("meta-regime", [TOP, TOP, (6, 4, 0), (5, 5, 0), (5, 0, 5), (0, 10, 0)])
    assert [figures(line) for line in lines[2:]] == [
        ("held", "6/10", "at least 3/5 of voting"),
        ("wavering", "5/10", "at least 3/5 of voting"),
        ("relegated", "5/10", "at least 3/5 of voting"),
        ("held", "0/10", "at least 4/5 of voting"),
    ]
    assert [line["after"] for line in lines[2:]] == ["prohibited", "prohibited", "adjustment", "adjustment"]


@pytest.mark.parametrize("preset", ["simple-majority", "general-assembly", "security-council", "consensus"])
def test_nothing_is_tested_at_prohibited_without_a_floor(preset: str) -> None:
    line = course(preset, [TOP, TOP, (0, 0, 10)])[-1]
    assert line["after"] == "prohibited"
    assert figures(line) == ("held", None, None)


@pytest.mark.parametrize(
    ("between", "then"),
    [
        pytest.param((1, 1, 0), ["inquorate", "relegated"], id="an inquorate round neither counts nor breaks"),
        pytest.param((6, 0, 4), ["held", "wavering"], id="a round at the floor starts the streak anew"),
        pytest.param((4, 2, 4), ["relegated", "held"], id="two in a row relegate, and the streak is not taken along"),
    ],
)
def test_the_streak_below_the_floor(between: tuple[int, int, int], then: list[str]) -> None:
    below_both = (4, 2, 4)
    assert rulings("meta-regime", [TOP, TOP, below_both, between, below_both])[2:] == ["wavering", *then]


def test_a_streak_ends_with_a_promotion() -> None:
    assert rulings("meta-regime", [UP, (0, 0, 10), TOP, (0, 0, 10), (0, 0, 10), (0, 0, 10), (0, 0, 10)]) == [
        *["promoted", "wavering", "promoted"],
        *["wavering", "relegated", "wavering", "relegated"],
    ]


def test_nothing_wavers_at_independent() -> None:
    assert rulings("meta-regime", [(0, 0, 10)] * 3) == ["held"] * 3


def test_a_missed_quorum_leaves_nulls_also_at_prohibited() -> None:
    line = course("meta-regime", [TOP, TOP, (0, 0, 2)])[-1]
    assert line == {
        "issue": "An issue",
        "round": "1952",
        "before": "prohibited",
        "ruling": "inquorate",
        "after": "prohibited",
        "ballots": {"independent": 2, "adjustment": 0, "prohibited": 0, "abstain": 0},
        "support": None,
        "needed": None,
        "quorum": False,
    }


@pytest.mark.parametrize("preset", PRESETS)
def test_an_empty_base_passes_nothing(preset: str) -> None:
    lines = course(preset, [(0, 10, 0), TOP, (0, 10, 0)], mapping=TAKES_NO_SIDE)
    base = 10 if preset == "security-council" else 0
    assert [line["ruling"] for line in lines] == ["held", "promoted", "held"]
    assert [line["support"] for line in lines] == [f"0/{base}", "10/10", f"0/{base}"]
    assert lines[0]["ballots"] == {"independent": 0, "adjustment": 0, "prohibited": 0, "abstain": 10}


def test_an_empty_base_leaves_the_floors_streak_as_it_was() -> None:
    lines = course("meta-regime", [TOP, TOP, (1, 0, 9), (0, 10, 0), (1, 5, 4)], mapping=TAKES_NO_SIDE)
    assert [figures(line) for line in lines[2:]] == [
        ("wavering", "1/10", "at least 3/5 of voting"),
        ("held", None, None),
        ("relegated", "1/5", "at least 3/5 of voting"),
    ]


@pytest.mark.parametrize(
    ("preset", "ruling", "support"),
    [("consensus", "promoted", "1/1"), ("general-assembly", "promoted", "1/1"), ("security-council", "held", "1/15")],
)
def test_what_abstaining_does(preset: str, ruling: str, support: str) -> None:
    [line] = course(preset, [(1, 14, 0)], mapping=TAKES_NO_SIDE)
    assert figures(line)[:2] == (ruling, support)
    assert line["quorum"]


def test_abstentions_count_for_the_quorum() -> None:
    [line] = course("meta-regime", [(1, 2, 0)], mapping=TAKES_NO_SIDE)
    assert figures(line)[:2] == ("promoted", "1/1")


def test_a_map_changes_the_reading_of_the_votes_it_names() -> None:
    [line] = course("consensus", [(1, 2, 3)], mapping={"yes": "independent", "no": "prohibited"})
    assert line["ballots"] == {"independent": 1, "adjustment": 2, "prohibited": 3, "abstain": 0}


def test_lines_come_by_issue_and_date_with_the_year_as_a_label() -> None:
    lines = replay_lines(calendar(), "meta-regime")
    assert [(line["issue"], line["round"]) for line in lines] == [
        (issue, year) for issue in ("First", "Second") for year in ("1999", "2000", "2001", "1990")
    ]
    assert [line["ruling"] for line in lines] == ["promoted", "promoted", "wavering", "relegated"] * 2


def test_invented_files_are_sound_and_the_same_at_every_call() -> None:
    assert invented_files() == invented_files()
    for file in invented_files():
        states = {(row["issue"], row["year"], row["country"]) for row in file.rows}
        dates = {(row["issue"], row["year"], row["date"]) for row in file.rows}
        assert len(states) == len(file.rows), f"{file.name}: a state twice in a round"
        assert len({(issue, year) for issue, year, _ in dates}) == len(dates), f"{file.name}: two dates in a round"
        assert len({(issue, date) for issue, _, date in dates}) == len(dates), f"{file.name}: two rounds on a day"


def test_invented_files_reach_every_ruling_from_every_rung() -> None:
    seen = {
        (line["before"], line["ruling"])
        for file in invented_files()
        for line in replay_lines(file.rows, "meta-regime", mapping=file.mapping)
    }
    below = {(rung, ruling) for rung in ("independent", "adjustment") for ruling in ("promoted", "held", "inquorate")}
    above = {("adjustment", ruling) for ruling in ("wavering", "relegated")}
    top = {("prohibited", ruling) for ruling in ("wavering", "relegated", "held", "inquorate")}
    assert seen == below | above | top


@pytest.mark.parametrize("preset", PRESETS)
def test_invented_thresholds_stand_on_both_sides(preset: str) -> None:
    climbs = {(line["before"], line["ruling"]) for line in replay_lines(thresholds(), preset)}
    assert climbs >= {(rung, ruling) for rung in ("independent", "adjustment") for ruling in ("promoted", "held")}


def test_a_written_file_reads_back_as_its_rows(tmp_path: Path) -> None:
    for file in invented_files():
        with file.write(tmp_path).open(encoding="utf-8", newline="") as stream:
            assert [{name: row[name] for name in COLUMNS} for row in csv.DictReader(stream)] == file.rows


@pytest.mark.skipif(not ROLL_CALLS.exists(), reason="../shared/data/un-roll-calls.csv is absent")
@pytest.mark.parametrize("preset", PRESETS)
def test_the_roll_calls_of_the_general_assembly(preset: str) -> None:
    with ROLL_CALLS.open(encoding="utf-8", newline="") as stream:
        lines = replay_lines(csv.DictReader(stream), preset)
    assert len(lines) == 150
    assert sum(sum(line["ballots"].values()) for line in lines) == 21_938
    rulings_seen = [line["ruling"] for line in lines]
    moved = sum(("independent", "adjustment", "prohibited").index(rung) for rung in last_rungs(lines))
    wavering = 3 if preset == "meta-regime" else 0
    assert moved == rulings_seen.count("promoted") == (7 if preset == "consensus" else 16)
    assert rulings_seen.count("wavering") == wavering
    assert rulings_seen.count("held") == 150 - moved - wavering


def last_rungs(lines: list[dict]) -> list[str]:
    """Where each issue stands after its last round."""
    return list({line["issue"]: line["after"] for line in lines}.values())
