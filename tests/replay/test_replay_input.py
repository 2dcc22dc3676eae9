"""What `comity replay` says to a file or an option that it cannot use: a line or two that name the place to mend."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.command_line import app

COLUMNS = "issue,year,date,country,vote"
ALLOWED = "meta-regime, simple-majority, general-assembly, security-council, consensus"


def refusal(file: Path, *options: str) -> str:
    """What stands on stderr: one line or two, no traceback, and nothing on stdout."""
    answer = CliRunner().invoke(app, ["replay", str(file), *options])
    assert answer.exit_code == 1
    assert isinstance(answer.exception, SystemExit)
    assert answer.stdout == ""
    assert len(answer.stderr.splitlines()) in (1, 2)
    return answer.stderr.strip().replace(str(file), "votes.csv")


def refusal_of(folder: Path, *lines: str) -> str:
    """The refusal of a file of these lines below its columns."""
    file = folder / "votes.csv"
    file.write_text("\n".join([COLUMNS, *lines, ""]), encoding="utf-8")
    return refusal(file)


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    file = tmp_path / "votes.csv"
    file.write_text(f"{COLUMNS}\nTorture,1987,1987-12-07,Peru,yes\n", encoding="utf-8")
    return file


def test_a_missing_file(tmp_path: Path) -> None:
    assert refusal(tmp_path / "votes.csv") == "There is no file votes.csv."


def test_a_folder_instead_of_a_file(tmp_path: Path) -> None:
    assert refusal(tmp_path).endswith("cannot be read: Is a directory.")


def test_a_file_that_is_not_utf_8(tmp_path: Path) -> None:
    file = tmp_path / "votes.csv"
    file.write_bytes(f"{COLUMNS}\nTorture,1987,1987-12-07,Perú,yes\n".encode("latin-1"))
    assert refusal(file) == "votes.csv, line 2: this is not UTF-8 text: save the file as UTF-8."


@pytest.mark.parametrize("content", ["", "\n \n", "\ufeff"])
def test_an_empty_file(tmp_path: Path, content: str) -> None:
    file = tmp_path / "votes.csv"
    file.write_text(content, encoding="utf-8")
    assert refusal(file) == "votes.csv is empty: it needs the columns issue, year, date, country, vote."


def test_a_file_of_columns_alone(tmp_path: Path) -> None:
    assert refusal_of(tmp_path).startswith("votes.csv holds no votes:")


def test_a_missing_column(tmp_path: Path) -> None:
    file = tmp_path / "votes.csv"
    file.write_text("issue,year,country,vote\nTorture,1987,Peru,yes\n", encoding="utf-8")
    assert refusal(file) == "votes.csv, line 1: the column date is missing; found: issue, year, country, vote."


def test_another_separator_than_the_comma(tmp_path: Path) -> None:
    file = tmp_path / "votes.csv"
    file.write_text("issue;year;date;country;vote\n", encoding="utf-8")
    assert refusal(file) == (
        "votes.csv, line 1: the columns issue, year, date, country, vote are missing; "
        "found: issue;year;date;country;vote."
    )


def test_a_column_twice(tmp_path: Path) -> None:
    file = tmp_path / "votes.csv"
    file.write_text(f"{COLUMNS},vote\n", encoding="utf-8")
    assert refusal(file) == "votes.csv, line 1: the column vote stands there twice."


def test_a_row_that_is_cut_off(tmp_path: Path) -> None:
    assert refusal_of(tmp_path, "Torture,1987,1987-12-07") == "votes.csv, line 2: 3 values for 5 columns."


def test_a_quotation_that_never_ends(tmp_path: Path) -> None:
    told = refusal_of(tmp_path, "Torture,1987,1987-12-07,Peru,yes", '"Torture,1987,1987-12-07,Chile,yes')
    assert told == "votes.csv, line 3: this is no CSV: unexpected end of data."


def test_an_unknown_vote(tmp_path: Path) -> None:
    told = refusal_of(tmp_path, "Torture,1987,1987-12-07,Peru,yes", "Torture,1987,1987-12-07,Chile,maybe")
    assert told == 'votes.csv, line 3: the vote "maybe" is none of: yes, abstain, no. --map can add to them.'


@pytest.mark.parametrize("written", ["07.12.1987", "1987-12-7", "19871207", "1987-W50-1", "soon", ""])
def test_a_date_written_otherwise(tmp_path: Path, written: str) -> None:
    told = refusal_of(tmp_path, f"Torture,1987,{written},Peru,yes")
    assert told == f'votes.csv, line 2: the date "{written}" is not written as YYYY-MM-DD.'


def test_a_date_that_does_not_exist(tmp_path: Path) -> None:
    told = refusal_of(tmp_path, "Torture,1987,1987-02-29,Peru,yes")
    assert told.startswith('votes.csv, line 2: the date "1987-02-29" does not exist:')


def test_a_country_twice_in_one_round(tmp_path: Path) -> None:
    told = refusal_of(
        tmp_path,
        "Torture,1987,1987-12-07,Peru,yes",
        "Torture,1988,1988-12-07,Peru,yes",
        "Torture,1987,1987-12-07,Peru,no",
    )
    assert told == 'votes.csv, line 4: Peru votes twice in the round "Torture" 1987, first on line 2.'


def test_two_dates_in_one_issue_year(tmp_path: Path) -> None:
    told = refusal_of(tmp_path, "Torture,1987,1987-12-07,Peru,yes", "Torture,1987,1987-12-08,Chile,no")
    assert told == (
        'votes.csv, line 3: the round "Torture" 1987 has two dates, 1987-12-07 (line 2) and 1987-12-08: '
        "an issue has one round for each year."
    )


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (" ,1987,1987-12-07,Peru,yes", "issue"),
        ("Torture,,1987-12-07,Peru,yes", "year"),
        ("Torture,1987,1987-12-07,\u200b,yes", "country"),
    ],
)
def test_an_empty_name(tmp_path: Path, row: str, column: str) -> None:
    assert refusal_of(tmp_path, row) == f"votes.csv, line 2: the {column} is empty."


def test_an_issue_that_is_too_long(tmp_path: Path) -> None:
    told = refusal_of(tmp_path, f"{'x' * 101},1987,1987-12-07,Peru,yes")
    assert told == "votes.csv, line 2: the issue has 101 characters, and 100 are the most."


def test_a_country_that_is_too_long(tmp_path: Path) -> None:
    told = refusal_of(tmp_path, f"Torture,1987,1987-12-07,{'x' * 81},yes")
    assert told == "votes.csv, line 2: the country has 81 characters, and 80 are the most."


def test_a_name_that_turns_the_text_around_it(tmp_path: Path) -> None:
    told = refusal_of(tmp_path, "Torture,1987,1987-12-07,Pe\u202eru,yes")
    assert told == 'votes.csv, line 2: the country "Pe ru" is no name that can be shown.'


def test_the_line_of_a_row_after_one_of_several_lines(tmp_path: Path) -> None:
    told = refusal_of(tmp_path, '"Torture\nand worse",1987,1987-12-07,Peru,yes', "", "Torture,1987,1987-12-07,Peru,?")
    assert told.startswith('votes.csv, line 5: the vote "?"')


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("yes", '--map cannot read "yes": write it as yes=prohibited,no=independent'),
        ("yes=prohibited,,no=independent", '--map cannot read "": write it as yes=prohibited,no=independent'),
        ("yes=", '--map cannot read "yes=": write it as yes=prohibited,no=independent'),
        (
            "yes=forbidden",
            '--map gives "yes" the category "forbidden", which is none of: '
            "independent, adjustment, prohibited, abstain",
        ),
        ("yes=prohibited,yes=abstain", '--map names "yes" twice: give each vote one category'),
    ],
)
def test_a_map_that_cannot_be_read(sound: Path, written: str, told: str) -> None:
    assert refusal(sound, "--map", written) == told


def test_an_unknown_preset(sound: Path) -> None:
    told = refusal(sound, "--preset", "two-thirds")
    assert told == f'There is no preset "two-thirds". Use one of: {ALLOWED}.'


@pytest.mark.parametrize(("preset", "lacking"), [("eu-council", "populations"), ("broad-consensus", "blocs")])
def test_a_preset_that_recorded_votes_cannot_serve(sound: Path, preset: str, lacking: str) -> None:
    told = refusal(sound, "--preset", preset)
    assert told == (
        f"The preset {preset} counts with {lacking}, which recorded votes do not tell.\nUse one of: {ALLOWED}."
    )


def test_a_temporary_folder_that_cannot_be_used(sound: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(sound))
    assert refusal(sound).startswith("The temporary folder cannot hold the replay's database:")
