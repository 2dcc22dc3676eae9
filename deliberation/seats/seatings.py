"""Seatings: lists of seats with their weights and powers, written as CSV (PRODUCT §6, "Ready-made seatings").

Reading any text takes time in proportion to its length: the numbers of lines, cells and faults are bounded.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import StringIO
from itertools import islice
from typing import ClassVar

from deliberation.errors import DomainError
from deliberation.ids import PersonId
from deliberation.texts import NAME_LIMIT, TextEmpty, TextPiledUp, TextRedirected, TextTooLong, TextWithoutWords
from deliberation.texts.invisible import without_ignorable

from ._seats import MOST_WEIGHT, NameMarked, delegation_name, same_name

MOST_SEATS = 1_000
MOST_LINES = 5_000
"""How many lines are read, including empty ones between and after the seats."""
LONGEST_LINE = 5_000
"""In characters: enough for a delegation of more than two hundred holders."""
MOST_FAULTS = 25
"""After so many faults nothing more is read: the chair corrects these and sends the text again."""
COLUMNS = ("name", "country", "members", "weight", "veto", "observer")
_YES, _NO = ("yes", "true", "1", "x"), ("", "no", "false", "0")
_MEMBER = re.compile(r"<@!?([0-9]{15,19})>|([0-9]{15,19})")
_MOST_MEMBER = 2**63 - 1
"""Discord's ids are stored as signed integers of 64 bits."""
_BETWEEN_MEMBERS = re.compile(r"[\s;,]+")
_DIGITS = len(str(MOST_WEIGHT))
_UNFIT = (TextPiledUp, TextRedirected, TextWithoutWords)


class SeatingUnreadable(DomainError):
    """Lines of a seating cannot be read; none was imported. Parameter: `faults` (of SeatingFault)."""

    code: ClassVar[str] = "seating_unreadable"


@dataclass(frozen=True, slots=True)
class SeatingFault:
    """What is wrong with a line, counted from 1: a stable `code` and the text it is about."""

    line: int
    code: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatingLine:
    """A seat to be made. `country`: ISO 3166 alpha-2, or None; `line`: the number of its line, counted from 1."""

    name: str
    country: str | None = None
    members: tuple[PersonId, ...] = ()
    weight: int = 1
    veto: bool = False
    observer: bool = False
    line: int = field(default=0, compare=False)


def parse_seating(text: str) -> tuple[SeatingLine, ...]:
    """The seats that a CSV asks for. Its first line names the columns, of which only `name` must be there; they are
    separated by commas, semicolons or tabs. Members are Discord ids or mentions.

    Raises SeatingUnreadable with every fault of every line, up to MOST_FAULTS: a text with a fault is refused as a
    whole. The argument, the result and the error can be sent to another process and back.
    """
    reading = _Reading()
    number, columns = 1, None
    for number, cells in _rows(text.removeprefix("\ufeff")):
        if columns is None:
            columns = _columns(number, cells)
        else:
            reading.read(number, columns, cells)
    if not reading.faults and not reading.lines:
        reading.note(number, "empty")
    reading.require_sound()
    return tuple(reading.lines)


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not empty, with the number of the line on which each ends."""
    first = next((line for line in _lines(text) if line.strip()), "")
    separator = max(",;\t", key=first.count)
    reader = csv.reader(_lines(text), delimiter=separator, skipinitialspace=True, strict=True)
    try:
        for row in reader:
            if any(cell.strip() for cell in filter(None, row)):
                yield reader.line_num, row
    except csv.Error as error:
        raise _unreadable(reader.line_num, "not_csv", str(error)) from error


def _lines(text: str) -> Iterator[str]:
    for number, line in enumerate(StringIO(text, newline=""), 1):
        if number > MOST_LINES:
            raise _unreadable(number, "too_many_lines", str(MOST_LINES))
        if len(line) > LONGEST_LINE:
            raise _unreadable(number, "line_too_long", str(LONGEST_LINE))
        yield line


def _columns(number: int, header: Sequence[str]) -> list[str]:
    """The columns that the first row names. Raises SeatingUnreadable."""
    columns = [without_ignorable(column).strip().casefold() for column in header]
    unknown = (column for column in columns if column not in COLUMNS)
    faults = [_fault(number, "unknown_column", column) for column in islice(unknown, MOST_FAULTS)]
    faults += [_fault(number, "column_twice", column) for column in COLUMNS if columns.count(column) > 1]
    if "name" not in columns:
        faults.append(_fault(number, "no_name_column"))
    if faults:
        raise SeatingUnreadable(faults=tuple(faults[:MOST_FAULTS]))
    return columns


class _Reading:
    """What has been read so far: seats and faults."""

    def __init__(self) -> None:
        self.lines: list[SeatingLine] = []
        self.faults: list[SeatingFault] = []
        self._seen: dict[str, set[str]] = {"name": set(), "country": set()}
        self._rows = 0

    def note(self, number: int, code: str, text: str = "") -> None:
        """Note a fault of a line. Raises SeatingUnreadable once there are MOST_FAULTS."""
        self.faults.append(_fault(number, code, text))
        if len(self.faults) >= MOST_FAULTS:
            self.require_sound()

    def require_sound(self) -> None:
        """Raises SeatingUnreadable with the faults, if there are any."""
        if self.faults:
            raise SeatingUnreadable(faults=tuple(self.faults))

    def read(self, number: int, columns: Sequence[str], cells: Sequence[str]) -> None:
        """Read one row: a seat, or its faults."""
        self._rows += 1
        if self._rows > MOST_SEATS:
            self.note(number, "too_many", str(MOST_SEATS))
            self.require_sound()
        before = len(self.faults)
        if len(cells) > len(columns):
            self.note(number, "surplus_cells")
        listed = zip(columns, cells, strict=False)
        given = dict.fromkeys(COLUMNS, "") | {column: cell.strip() for column, cell in listed}
        name, country = self._name(number, given["name"]), self._country(number, given["country"])
        weight, members = _weight(given["weight"]), _members(given["members"])
        if weight is None:
            self.note(number, "weight", given["weight"])
        if members is None:
            self.note(number, "members", given["members"])
        for column in ("veto", "observer"):
            if given[column].casefold() not in (*_YES, *_NO):
                self.note(number, column, given[column])
        if len(self.faults) == before and weight is not None and members is not None:
            veto, observer = (given[column].casefold() in _YES for column in ("veto", "observer"))
            self.lines.append(
                SeatingLine(
                    name=name,
                    country=country,
                    members=members,
                    weight=weight,
                    veto=veto,
                    observer=observer,
                    line=number,
                )
            )

    def _name(self, number: int, name: str) -> str:
        """The checked name; "" where it is refused, which is noted."""
        try:
            name = delegation_name(name)
        except TextEmpty:
            self.note(number, "no_name")
        except TextTooLong:
            self.note(number, "name_too_long", name)
        except NameMarked:
            self.note(number, "name_marked", name)
        except _UNFIT:
            self.note(number, "name", name)
        else:
            self._once(number, "name", name)
            return name
        return ""

    def _country(self, number: int, country: str) -> str | None:
        if not country:
            return None
        if len(country) == 2 and country.isascii() and country.isalpha():
            self._once(number, "country", country)
        else:
            self.note(number, "country", country)
        return country.upper()

    def _once(self, number: int, column: str, value: str) -> None:
        """Note a fault where an earlier line has the same name or country."""
        same = same_name(value)
        if same in self._seen[column]:
            self.note(number, f"{column}_twice", value)
        self._seen[column].add(same)


def _weight(text: str) -> int | None:
    """The weight that the text states; 1 for an empty text, None for one that is no weight."""
    digits = (text or "1").lstrip("0") or "0"
    if not text.isascii() or not digits.isdigit() or len(digits) > _DIGITS:
        return None
    return int(digits) if int(digits) <= MOST_WEIGHT else None


def _members(text: str) -> tuple[PersonId, ...] | None:
    """The people named, each once; None where something else is among them."""
    found = [_MEMBER.fullmatch(one) for one in _BETWEEN_MEMBERS.split(text) if one]
    people = [int(match[1] or match[2]) for match in found if match is not None]
    if len(people) < len(found) or any(person > _MOST_MEMBER for person in people):
        return None
    return tuple(PersonId(person) for person in dict.fromkeys(people))


def _fault(number: int, code: str, text: str = "") -> SeatingFault:
    return SeatingFault(number, code, text[:NAME_LIMIT])


def _unreadable(number: int, code: str, text: str) -> SeatingUnreadable:
    return SeatingUnreadable(faults=(_fault(number, code, text),))
