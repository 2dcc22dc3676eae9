"""The replay against the oracle: every ruling, with its figures, on the real roll calls and on invented ones."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.command_line import app
from bot.replay.choices import reading_of, rules_of
from bot.replay.playing import Replay, ReplayedRound, SetClock, timetable
from bot.replay.votes import RecordedRound, read_votes
from deliberation.categories import Position
from services import Services
from storage import Database, upgrade
from tests.conftest import ROOT
from tests.replay.oracle import PRESETS, replay_lines
from tests.replay.votes import InventedFile, Row, a_course, a_round, calendar, invented_files

EVERYTHING = {file.name: file for file in invented_files()}
FOR_EVERY_PRESET = ("ties", "abstaining")
"""Small, and full of empty bases and edges; the others are replayed under the default's richer rules."""


def replayed(file: Path, *options: str) -> str:
    """What `comity replay` prints."""
    answer = CliRunner().invoke(app, ["replay", str(file), *options], catch_exceptions=False)
    assert answer.exit_code == 0, answer.stderr
    return answer.stdout


def replayed_lines(file: Path, *options: str) -> list[dict]:
    return [json.loads(line) for line in replayed(file, "--format", "json", *options).splitlines()]


def written(folder: Path, rows: list[Row]) -> Path:
    return InventedFile("votes", rows).write(folder)


def as_option(mapping: dict[str, str]) -> list[str]:
    return ["--map", ",".join(f"{vote}={word}" for vote, word in mapping.items())] if mapping else []


@pytest.fixture(scope="module")
def roll_calls(shared_data: Path) -> Path:
    return shared_data / "un-roll-calls.csv"


@pytest.fixture(scope="module")
def printed_by_preset(roll_calls: Path) -> dict[str, str]:
    """What the program itself prints for the real file under each preset, two programs at a time."""

    def run(preset: str) -> str:
        command = [sys.executable, "-m", "bot", "replay", str(roll_calls), "--preset", preset, "--format", "json"]
        return subprocess.run(  # noqa: S603
            command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True, timeout=240
        ).stdout

    with ThreadPoolExecutor(2) as pool:
        return dict(zip(PRESETS, pool.map(run, PRESETS), strict=True))


@pytest.mark.parametrize("preset", PRESETS)
def test_every_ruling_on_the_roll_calls_of_the_general_assembly(
    roll_calls: Path, printed_by_preset: dict[str, str], preset: str
) -> None:
    with roll_calls.open(encoding="utf-8", newline="") as stream:
        expected = replay_lines(csv.DictReader(stream), preset)
    lines = [json.loads(line) for line in printed_by_preset[preset].splitlines()]
    assert len(lines) == 150
    assert lines == expected


@pytest.mark.parametrize("name", EVERYTHING)
def test_every_ruling_on_invented_files(tmp_path: Path, name: str) -> None:
    file = EVERYTHING[name]
    expected = replay_lines(file.rows, "meta-regime", mapping=file.mapping)
    assert replayed_lines(file.write(tmp_path), *as_option(file.mapping)) == expected


@pytest.mark.parametrize("name", FOR_EVERY_PRESET)
@pytest.mark.parametrize("preset", [preset for preset in PRESETS if preset != "meta-regime"])
def test_every_ruling_on_invented_files_under_other_presets(tmp_path: Path, preset: str, name: str) -> None:
    file = EVERYTHING[name]
    expected = replay_lines(file.rows, preset, mapping=file.mapping)
    assert replayed_lines(file.write(tmp_path), "--preset", preset, *as_option(file.mapping)) == expected


def test_a_line_of_json_is_written_as_the_manual_shows_it(tmp_path: Path) -> None:
    rows = a_round("Ächtung", 1956, yes=61, abstain=7, no=8)
    assert replayed(written(tmp_path, rows), "--format", "json") == (
        '{"issue": "Ächtung", "round": "1956", "before": "independent", "ruling": "promoted", "after": "adjustment", '
        '"ballots": {"independent": 8, "adjustment": 7, "prohibited": 61, "abstain": 0}, '
        '"support": "68/76", "needed": "at least 3/5 of voting", "quorum": true}\n'
    )


def test_csv_has_the_same_figures_in_columns(tmp_path: Path) -> None:
    rows = a_course('Ban, "first use"', [(10, 0, 0), (1, 1, 0)])
    assert replayed(written(tmp_path, rows), "--format", "csv").splitlines() == [
        "issue,round,before,ruling,after,independent,adjustment,prohibited,abstain,support,needed,quorum",
        '"Ban, ""first use""",1950,independent,promoted,adjustment,0,0,10,0,10/10,at least 3/5 of voting,true',
        '"Ban, ""first use""",1951,adjustment,inquorate,adjustment,0,1,1,0,,,false',
    ]


def test_no_title_of_a_csv_runs_as_a_formula(tmp_path: Path) -> None:
    rows = a_course("=HYPERLINK(1)", [(10, 0, 0)])
    [_, line] = replayed(written(tmp_path, rows), "--format", "csv").splitlines()
    assert line.startswith("'=HYPERLINK(1),")


def test_the_table_shows_each_round_and_where_each_issue_stands_in_the_end(tmp_path: Path) -> None:
    rows = a_course("Torture", [(10, 0, 0), (10, 0, 0), (0, 0, 2)]) + a_course("[bold]Tariffs[/bold]", [(0, 0, 5)])
    table = replayed(written(tmp_path, rows))
    lines = [" ".join(line.split()) for line in table.splitlines()]
    assert "1951 0 0 10 0 10/10 ≥ 4/5 of voting promoted prohibited" in lines
    assert "1952 2 0 0 0 - - inquorate prohibited" in lines
    assert "Torture 3 prohibited" in lines
    assert "[bold]Tariffs[/bold] 1 independent" in lines


def test_a_file_from_a_spreadsheet_is_read(tmp_path: Path) -> None:
    file = tmp_path / "votes.csv"
    text = "Date; ignored,issue,year,date,country,vote\r\n,Torture,1987, 1987-12-07 ,Perú, yes\r\n\r\n"
    file.write_bytes(b"\xef\xbb\xbf" + text.encode())
    [line] = replayed_lines(file, "--preset", "simple-majority")
    assert (line["issue"], line["round"], line["support"]) == ("Torture", "1987", "1/1")


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    assert replayed_lines(written(tmp_path, calendar()))
    assert list(temporary.iterdir()) == []


def test_a_replay_asks_for_no_settings_and_touches_no_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMITY_DATABASE_URL", "nonsense")
    assert replayed_lines(written(tmp_path, a_round("Torture", 1987, yes=3)))


def test_rounds_open_at_their_dates_and_one_after_another_on_the_same_date() -> None:
    def recorded(issue: str, label: str, day: str) -> RecordedRound:
        return RecordedRound(issue, label, date.fromisoformat(day), 2)

    rounds = [
        recorded("A", "1999", "1999-12-31"),
        recorded("A", "2000", "2000-01-01"),
        recorded("A", "2000 II", "2000-01-01"),
        recorded("B", "1950", "1950-12-05"),
        recorded("B", "1999", "1999-12-31"),
    ]
    assert timetable(rounds) == [
        (datetime(1950, 12, 5, tzinfo=UTC), [3]),
        (datetime(1999, 12, 31, tzinfo=UTC), [0, 4]),
        (datetime(2000, 1, 1, tzinfo=UTC), [1]),
        (datetime(2000, 1, 1, 1, tzinfo=UTC), [2]),
    ]


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_round_on_any_date_of_the_calendar(tmp_path: Path, day: str) -> None:
    rows = [row | {"date": day} for row in a_round("Torture", 1987, yes=3)]
    [line] = replayed_lines(written(tmp_path, rows))
    assert line["ruling"] == "promoted"


async def test_a_replayed_council_is_a_council_like_any_other(tmp_path: Path, database_url: str) -> None:
    rows = a_course("Torture", [(10, 0, 0), (8, 0, 2), (5, 5, 0), (0, 0, 2)]) + a_round("Tariffs", 1950, no=5)
    rounds = read_votes(written(tmp_path, rows), reading_of("yes=prohibited"))
    await upgrade(database_url)
    clock = SetClock(datetime(1945, 1, 1, tzinfo=UTC))
    store = Database(database_url, clock=clock)
    told: list[int] = []
    try:
        held = await Replay(store, clock, rules_of("meta-regime")).play(rounds, advance=told.append)
        report = await Services.over(store).audit.verify()
    finally:
        await store.dispose()
    assert [_course(one) for one in held] == [
        ("Tariffs", "1950", "held", 5),
        ("Torture", "1950", "promoted", 10),
        ("Torture", "1951", "promoted", 10),
        ("Torture", "1952", "wavering", 10),
        ("Torture", "1953", "inquorate", 2),
    ]
    assert sum(told) == 37
    assert report.sound
    assert (report.councils, report.ballots, report.rulings) == (2, 37, 5)


def _course(held: ReplayedRound) -> tuple[str, str, str, int]:
    entitled = held.ruling.tally.entitled.seats
    return held.recorded.issue, held.recorded.label, held.ruling.code.value, entitled


def test_a_map_keeps_the_usual_reading_of_votes_it_does_not_name() -> None:
    assert reading_of("yes = independent, Y=abstain") == {
        "yes": Position.INDEPENDENT,
        "abstain": Position.ADJUSTMENT,
        "no": Position.INDEPENDENT,
        "Y": Position.ABSTAIN,
    }
