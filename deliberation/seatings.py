"""Seatings: who is to be seated with which weight and powers, written as CSV (PRODUCT §6, "Ready-made seatings")."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from io import StringIO
from typing import ClassVar

from .errors import DomainError
from .ids import PersonId
from .seats import MOST_WEIGHT, NameMarked, delegation_name, same_name
from .texts import NAME_LIMIT, TextEmpty, TextPiledUp, TextRedirected, TextTooLong, TextWithoutWords

MOST_SEATS = 1_000
COLUMNS = ("name", "country", "members", "weight", "veto", "observer")
_YES, _NO = ("yes", "true", "1", "x"), ("", "no", "false", "0")
_MEMBER = re.compile(r"<@!?([0-9]{15,19})>|([0-9]{15,19})")
_MOST_MEMBER = 2**63 - 1
"""Discord's ids are kept as signed integers of 64 bits."""
_BETWEEN_MEMBERS = re.compile(r"[\s;,]+")
_WEIGHT = re.compile(r"0*([0-9]{1,12})")
_UNFIT = (TextEmpty, TextPiledUp, TextRedirected, TextWithoutWords)


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
    """A seat to be made. `country`: ISO 3166 alpha-2, or None; `line`: where it stands, counted from 1."""

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

    Raises SeatingUnreadable with every fault of every line: nothing is taken from a text that has one.
    """
    rows = list(_rows(text))
    if not rows:
        raise SeatingUnreadable(faults=(SeatingFault(1, "empty"),))
    number, header = rows[0]
    columns = [column.strip().casefold() for column in header]
    faults = [SeatingFault(number, "unknown_column", column) for column in columns if column not in COLUMNS]
    faults += [SeatingFault(number, "column_twice", column) for column in COLUMNS if columns.count(column) > 1]
    if "name" not in columns:
        faults.append(SeatingFault(number, "no_name_column"))
    if len(rows) - 1 > MOST_SEATS:
        faults.append(SeatingFault(rows[MOST_SEATS + 1][0], "too_many", str(MOST_SEATS)))
    if faults:
        raise SeatingUnreadable(faults=tuple(faults))
    lines: list[SeatingLine] = []
    for number, cells in rows[1:]:
        given = dict(zip(columns, cells, strict=False))
        _read(number, given, surplus=len(cells) > len(columns), into=lines, faults=faults)
    faults += _doubled(rows[1:], columns)
    if not lines and not faults:
        faults.append(SeatingFault(number, "empty"))
    if faults:
        raise SeatingUnreadable(faults=tuple(sorted(faults, key=lambda fault: fault.line)))
    return tuple(lines)


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The lines that hold anything, with their numbers."""
    text = text.removeprefix("\ufeff")
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(",;\t", key=first.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, skipinitialspace=True, strict=True)
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield reader.line_num, row
    except csv.Error as error:
        raise SeatingUnreadable(faults=(SeatingFault(reader.line_num, "not_csv", str(error)),)) from error


def _read(
    number: int, cells: Mapping[str, str], *, surplus: bool, into: list[SeatingLine], faults: list[SeatingFault]
) -> None:
    """Read one line: a seat, or its faults."""
    given = {name: (cells.get(name) or "").strip() for name in COLUMNS}
    found: list[SeatingFault] = []
    if surplus:
        found.append(SeatingFault(number, "surplus_cells"))
    found += _faults_of_name(number, given["name"])
    country = given["country"].upper() or None
    if country is not None and not (len(country) == 2 and country.isascii() and country.isalpha()):
        found.append(SeatingFault(number, "country", given["country"]))
    weight = _WEIGHT.fullmatch(given["weight"] or "1")
    if weight is None or int(weight[1]) > MOST_WEIGHT:
        found.append(SeatingFault(number, "weight", given["weight"]))
    members = _members(given["members"])
    if members is None:
        found.append(SeatingFault(number, "members", given["members"]))
    for name in ("veto", "observer"):
        if given[name].casefold() not in (*_YES, *_NO):
            found.append(SeatingFault(number, name, given[name]))
    faults += found
    if found or weight is None or members is None:
        return
    into.append(
        SeatingLine(
            name=given["name"],
            country=country,
            members=members,
            weight=int(weight[1]),
            veto=given["veto"].casefold() in _YES,
            observer=given["observer"].casefold() in _YES,
            line=number,
        )
    )


def _members(text: str) -> tuple[PersonId, ...] | None:
    """The people named, each once; None where something else stands among them."""
    found = [_MEMBER.fullmatch(one) for one in _BETWEEN_MEMBERS.split(text) if one]
    people = [int(match[1] or match[2]) for match in found if match is not None]
    if len(people) < len(found) or any(person > _MOST_MEMBER for person in people):
        return None
    return tuple(PersonId(person) for person in dict.fromkeys(people))


def _faults_of_name(number: int, name: str) -> Iterator[SeatingFault]:
    """What keeps a text from being a seat's name, if anything does."""
    if not name:
        yield SeatingFault(number, "no_name")
        return
    try:
        delegation_name(name)
    except TextTooLong:
        yield SeatingFault(number, "name_too_long", name[:NAME_LIMIT])
    except NameMarked:
        yield SeatingFault(number, "name_marked", name)
    except _UNFIT:
        yield SeatingFault(number, "name", name)


def _doubled(rows: Iterable[tuple[int, list[str]]], columns: list[str]) -> Iterator[SeatingFault]:
    """Names and countries that stand on more than one line."""
    for column in ("name", "country"):
        if column not in columns:
            continue
        seen: set[str] = set()
        place = columns.index(column)
        for number, cells in rows:
            value = cells[place].strip() if place < len(cells) else ""
            if value and same_name(value) in seen:
                yield SeatingFault(number, f"{column}_twice", value)
            seen.add(same_name(value))
