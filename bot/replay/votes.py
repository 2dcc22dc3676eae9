"""Reading recorded votes from a CSV: as rounds, or with an error that names the line to mend."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from bot.faults import OperatorFault
from deliberation.categories import Position
from deliberation.errors import DomainError
from deliberation.seats import delegation_name
from deliberation.texts import NAME_LIMIT, TITLE_LIMIT, TextEmpty, TextTooLong, checked

COLUMNS = ("issue", "year", "date", "country", "vote")
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_SHOWN = 60

Row = dict[str, str]


@dataclass(slots=True)
class RecordedRound:
    """One issue-year: its label as written, its date, and each country's position with the number of its line."""

    issue: str
    label: str
    date: date
    line: int
    votes: dict[str, Position] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)


def read_votes(file: Path, reading: Mapping[str, Position]) -> tuple[RecordedRound, ...]:
    """The file's rounds, by issue (in the order of code points), then by date.

    Raises OperatorFault, with the line's number, for anything that cannot be read.
    """
    rounds: dict[tuple[str, str], RecordedRound] = {}
    for line, row in _rows(file):
        try:
            _enter(rounds, line, row, reading)
        except OperatorFault as fault:
            raise OperatorFault(f"{file}, line {line}: {fault}") from None
    if not rounds:
        raise OperatorFault(f"{file} holds no votes: below the line of columns it needs a line for each vote.")
    return tuple(sorted(rounds.values(), key=lambda found: (found.issue, found.date, found.label)))


def _enter(rounds: dict[tuple[str, str], RecordedRound], line: int, row: Row, reading: Mapping[str, Position]) -> None:
    """Add one vote to its round."""
    issue, label = row["issue"], row["year"]
    _require_name(issue, column="issue", limit=TITLE_LIMIT)
    _require_name(label, column="year", limit=NAME_LIMIT)
    day = _date(row["date"])
    country = _require_name(row["country"], column="country", limit=NAME_LIMIT)
    if row["vote"] not in reading:
        known = ", ".join(reading)
        raise OperatorFault(f'the vote "{_short(row["vote"])}" is none of: {known}. --map can add to them.')
    found = rounds.setdefault((issue, label), RecordedRound(issue, label, day, line))
    if found.date != day:
        raise OperatorFault(
            f'the round "{_short(issue)}" {_short(label)} has two dates, {found.date} (line {found.line}) and {day}: '
            "an issue has one round for each year."
        )
    if country in found.votes:
        raise OperatorFault(
            f'{_short(country)} votes twice in the round "{_short(issue)}" {_short(label)}, '
            f"first on line {found.lines[country]}."
        )
    found.votes[country] = reading[row["vote"]]
    found.lines[country] = line


def _rows(file: Path) -> Iterator[tuple[int, Row]]:
    """Each row's cells without outer white space, by column, with the number of the line on which it begins."""
    reader = csv.reader(io.StringIO(_text(file), newline=""), strict=True)
    header: list[str] | None = None
    line = 1
    try:
        for cells in reader:
            first, line = line, reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if header is None:
                header = _header(file, cells)
                continue
            if len(cells) != len(header):
                raise OperatorFault(f"{file}, line {first}: {len(cells)} values for {len(header)} columns.")
            row = dict(zip(header, cells, strict=True))
            yield first, {column: row[column].strip() for column in COLUMNS}
    except csv.Error as error:
        raise OperatorFault(f"{file}, line {line}: this is no CSV: {error}.") from None
    if header is None:
        raise OperatorFault(f"{file} is empty: it needs the columns {', '.join(COLUMNS)}.")


def _header(file: Path, cells: Sequence[str]) -> list[str]:
    header = [cell.strip() for cell in cells]
    missing = [column for column in COLUMNS if column not in header]
    if missing:
        what = f"the column {missing[0]} is" if len(missing) == 1 else f"the columns {', '.join(missing)} are"
        raise OperatorFault(f"{file}, line 1: {what} missing; found: {_short(', '.join(header))}.")
    twice = [column for column in COLUMNS if header.count(column) > 1]
    if twice:
        raise OperatorFault(f"{file}, line 1: the column {twice[0]} stands there twice.")
    return header


def _text(file: Path) -> str:
    try:
        written = file.read_bytes()
    except FileNotFoundError:
        raise OperatorFault(f"There is no file {file}.") from None
    except OSError as error:
        raise OperatorFault(f"{file} cannot be read: {error.strerror or error}.") from None
    try:
        return written.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise OperatorFault(f"{file}, line {line}: this is not UTF-8 text: save the file as UTF-8.") from None


def _require_name(text: str, *, column: str, limit: int) -> str:
    """The name as the council stores it; raises where it cannot."""
    try:
        return delegation_name(text) if column == "country" else checked(text, field=column, limit=limit, lines=False)
    except TextEmpty:
        raise OperatorFault(f"the {column} is empty.") from None
    except TextTooLong as refusal:
        length = refusal.params["length"]
        raise OperatorFault(f"the {column} has {length} characters, and {limit} are the most.") from None
    except DomainError:
        raise OperatorFault(f'the {column} "{_short(text)}" is no name that can be shown.') from None


def _date(text: str) -> date:
    if _ISO_DATE.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError as error:
            raise OperatorFault(f'the date "{text}" does not exist: {error}.') from None
    raise OperatorFault(f'the date "{_short(text)}" is not written as YYYY-MM-DD.')


def _short(text: str) -> str:
    """A quotation that fits on a line, without what would move a terminal's cursor."""
    plain = "".join(character if character.isprintable() else " " for character in text)
    return plain if len(plain) <= _SHOWN else f"{plain[:_SHOWN]}…"
