"""Printing a replay's rounds: as a table for people, as JSON lines or CSV for programs."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from rich import box
from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from deliberation.categories import Position
from deliberation.rules import Base, Criterion, Measure, Threshold
from deliberation.rulings import Ruling, RulingCode
from deliberation.texts.csv_cells import cell

from .playing import ReplayedRound

_BY_THE_FLOOR = (RulingCode.WAVERING, RulingCode.RELEGATED)


def as_json(rounds: Iterable[ReplayedRound]) -> str:
    """One object for each round, on a line of its own."""
    return "".join(json.dumps(line(played), ensure_ascii=False) + "\n" for played in rounds)


def as_csv(rounds: Iterable[ReplayedRound]) -> str:
    """The same figures, one row for each round; the ballots are in four columns, and null is left empty."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    for number, played in enumerate(rounds):
        row = dict(_flattened(line(played)))
        if number == 0:
            writer.writerow(row)
        writer.writerow(cell(value) for value in row.values())
    return written.getvalue()


def as_table(rounds: Iterable[ReplayedRound]) -> str:
    """A table for each issue and, at the end, the category of each; as wide as the terminal."""
    listed = [line(played) for played in rounds]
    parts: list[Table | Text] = []
    end = Table("Issue", "Rounds", "Stands at", box=box.SIMPLE_HEAD, title="In the end", title_justify="left")
    for issue, lines in groupby(listed, key=lambda one: one["issue"]):
        of_issue = list(lines)
        parts.append(_issue_table(issue, of_issue))
        end.add_row(_text(issue), str(len(of_issue)), of_issue[-1]["after"])
    console = Console(highlight=False, markup=False)
    with console.capture() as capture:
        console.print(Group(*parts, end))
    return capture.get()


FORMS: Mapping[str, Callable[[Iterable[ReplayedRound]], str]] = {"table": as_table, "json": as_json, "csv": as_csv}


def line(played: ReplayedRound) -> dict[str, Any]:
    """A round in figures; `support` and `needed` are those of the test that decided, None where nothing was tested."""
    ruling = played.ruling
    support, needed = _decided_by(ruling) or (None, None)
    return {
        "issue": played.recorded.issue,
        "round": played.recorded.label,
        "before": ruling.before.category.word,
        "ruling": ruling.code.value,
        "after": ruling.after.category.word,
        "ballots": {position.value: ruling.tally.counts[position].seats for position in Position},
        "support": support,
        "needed": needed,
        "quorum": ruling.quorum.met,
    }


def _decided_by(ruling: Ruling) -> tuple[str, str] | None:
    """Reached and needed of the test that decided: those of the floor, where an issue fell below it or could only
    fall."""
    if ruling.test is not None and ruling.code not in _BY_THE_FLOOR:
        # The rules of a replay have one criterion for each rung.
        [figures] = ruling.test.criteria
        return f"{figures.reached}/{figures.of}", _criterion_in_words(figures.criterion)
    floor = ruling.floor
    if floor is None or floor.of == 0:
        return None
    needed = Criterion(Threshold(floor.floor), Base.VOTING, Measure.WEIGHT)
    return f"{floor.reached}/{floor.of}", _criterion_in_words(needed)


def _criterion_in_words(criterion: Criterion) -> str:
    fraction = criterion.threshold.fraction
    how = "more than" if criterion.threshold.more_than else "at least"
    seats = " seats" if criterion.measure is Measure.SEATS else ""
    return f"{how} {fraction.numerator}/{fraction.denominator} of {criterion.base.value}{seats}"


def _flattened(figures: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in figures.items():
        if isinstance(value, Mapping):
            yield from _flattened(value)
        else:
            yield name, json.dumps(value) if isinstance(value, bool) else value


def _issue_table(issue: str, lines: Iterable[Mapping[str, Any]]) -> Table:
    """A row for each round. On a terminal of 80 columns only the column of what was needed may take a second line."""
    table = Table(
        box=box.SIMPLE_HEAD,
        pad_edge=False,
        padding=0,
        title=_text(issue),
        title_justify="left",
        title_style="bold",
    )
    table.add_column("Round", no_wrap=True)
    for name in ("Ind.", "Adj.", "Proh.", "Abst.", "Support"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("Needed")
    for name in ("Ruling", "Category"):
        table.add_column(name, no_wrap=True)
    for one in lines:
        table.add_row(
            _text(one["round"]),
            *(str(ballots) for ballots in one["ballots"].values()),
            one["support"] or "-",
            (one["needed"] or "-").replace("at least", "≥").replace("more than", ">"),
            one["ruling"],
            one["after"],
            style="bold" if one["before"] != one["after"] else None,
        )
    return table


def _text(written: str) -> Text:
    """A text from the file, without what would move the terminal's cursor."""
    return Text("".join(character if character.isprintable() else " " for character in written))
