"""What a council's record says about the tables: every row that decides an outcome, as the entries changed it.

An entry lists under `rows` what its transaction changed: new rows with all columns, other rows with the columns that
changed, and the keys of rows that are gone. Reading the entries in order gives the tables (`Ledger`), with which a
database can be compared.

{"table": "seats", "columns": ["id", "weight"], "rows": [[7, 3]]}
    {"table": "proxies", "columns": ["seat", "issue"], "gone": [[7, 0]]}

Values are those of the columns, as the record writes them (`written`). People and texts are behind commitments, except
pseudonyms and empty texts.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any, NamedTuple, cast

from ._canonical import GREATEST, Json, instant_text

Key = tuple[Json, ...]
Row = dict[str, Json]


class Holds(StrEnum):
    """What a column contains, and so how the record writes it."""

    VALUE = "value"
    PERSON = "person"
    """A person's id: behind a commitment whose salt is in the row, unless it is a pseudonym."""
    WORDS = "words"
    """A text that somebody wrote: behind a commitment whose salt is among the record's secrets, unless it is empty."""
    SALT = "salt"
    """Bytes that open a commitment: the record has their hash."""


@dataclass(frozen=True, slots=True)
class Form:
    """A table that the record vouches for: the columns of its key, and what each column contains."""

    key: tuple[str, ...]
    columns: Mapping[str, Holds]

    def holding(self, what: Holds) -> tuple[str, ...]:
        """The columns that contain this."""
        return tuple(name for name, holds in self.columns.items() if holds is what)


def _form(key: str, others: str = "", *, person: str = "", words: str = "", salt: str = "") -> Form:
    columns = dict.fromkeys(f"{key} {others}".split(), Holds.VALUE)
    columns |= dict.fromkeys(person.split(), Holds.PERSON)
    columns |= dict.fromkeys(words.split(), Holds.WORDS) | dict.fromkeys(salt.split(), Holds.SALT)
    return Form(tuple(key.split()), columns)


_OF_ROUND = ("docket", "entitlements")
_MANY = "entitlements"
"""The table to which each round adds a row for each seat."""
_STANDING = "category sustained wavering under_review"

FORMS: Mapping[str, Form] = {
    "councils": _form("id", "guild channel language rules chair_role voter_role created_at closed_at", words="name"),
    "seats": _form("id", "council kind country weight veto observer may_abstain since left_at", words="name"),
    "seat_holders": _form("id", "seat claimed since until", person="person"),
    "barred": _form("id", "council at", person="person"),
    "recognised": _form("commitment", "council round at", salt="salt"),
    "proxies": _form("seat issue", "council proxy given_at"),
    "roll_calls": _form("council", "number called_at ended"),
    "roll_call_answers": _form("council seat", "presence at"),
    "schedules": _form("council", "schedule opens_at"),
    "issues": _form(
        "id",
        f"council number version status {_STANDING} proposed_at withdrawn_at last_round ruled replaces merged_into",
        person="proposer",
        words="note",
    ),
    "issue_versions": _form("issue version", "written_at", person="author", words="title action why"),
    "issue_seconds": _form("issue seat", "at"),
    "rounds": _form(
        "id",
        "council number status rules opened_at closes_at closed_at scheduled ended_early paused_at extended"
        " may_end_early",
    ),
    "docket": _form("round issue", "number version place", words="title"),
    "entitlements": _form("round seat", "weight veto may_abstain"),
}
"""The tables whose every row and column the record vouches for. Ballots, their history, reasons and rulings are in
entries of their own kinds; other tables decide no outcome."""


class RowChange(NamedTuple):
    """A row after a change: its key, and its new or changed columns; None where the row is gone."""

    table: str
    key: Key
    values: Mapping[str, Json] | None


def written(value: Any) -> Json:
    """A column's value as the record writes it: instants as text, integers beyond 2^53 as text, bytes as their hash."""
    match value:
        case None | bool() | str():
            return value
        case int():
            return value if -GREATEST <= value <= GREATEST else str(value)
        case datetime():
            return instant_text(value)
        case bytes():
            return sha256(value).hexdigest()
        case _:
            raise TypeError(f"the record writes no {type(value).__name__}")


def blocks_of(changes: Iterable[RowChange]) -> list[Json]:
    """The changes as an entry lists them: those with the same table and columns together, in the order given."""
    blocks: dict[tuple[str, tuple[str, ...], bool], list[Json]] = {}
    for table, key, values in changes:
        names = FORMS[table].key
        if values is None:
            blocks.setdefault((table, names, True), []).append(list(key))
            continue
        others = tuple(sorted(name for name in values if name not in names))
        row: list[Json] = [*key, *(values[name] for name in others)]
        blocks.setdefault((table, (*names, *others), False), []).append(row)
    return [
        {"table": table, "columns": list(columns), "gone" if gone else "rows": listed}
        for (table, columns, gone), listed in blocks.items()
    ]


def changes_in(
    data: Mapping[str, Any], *, tables: Container[str] = FORMS, rounds: Container[Json] | None = None
) -> Iterator[RowChange]:
    """The changes that an entry's data lists under `rows`. What could never have been entered is left out: the chain
    disputes it. `tables`, `rounds`: as for a `Ledger`."""
    for listed in _listed(data.get("rows")):
        block = cast(Mapping[str, Any], listed) if isinstance(listed, Mapping) else dict[str, Any]()
        if block.get("table") not in FORMS:
            continue
        if block["table"] not in tables:
            continue
        if rounds is not None and block["table"] == _MANY and data.get("round") not in rounds:
            continue
        form, columns = FORMS[block["table"]], [str(name) for name in _listed(block.get("columns"))]
        for row in (*_listed(block.get("rows")), *_listed(block.get("gone"))):
            values = dict(zip(columns, _listed(row), strict=False))
            key = tuple([values.get(name) for name in form.key])
            if all(map(_is_key, key)):
                yield RowChange(block["table"], key, None if "gone" in block else values)


class Ledger:
    """The tables according to the entries read so far. `tables`: those that are wanted; `rounds`: those whose
    entitlements are wanted, None: all."""

    def __init__(self, *, tables: Container[str] = FORMS, rounds: Container[Json] | None = None) -> None:
        self._tables = tables
        self._rounds = rounds
        self._rows: dict[str, dict[Key, Row]] = {table: {} for table in FORMS}
        self._of_round: dict[str, defaultdict[Json, set[Key]]] = {table: defaultdict(set) for table in _OF_ROUND}

    def clear(self) -> None:
        """Forget everything: the entry read next lists the whole tables."""
        self.__init__(tables=self._tables, rounds=self._rounds)

    def read(self, data: Mapping[str, Any]) -> None:
        """Take an entry's changes."""
        for table, key, values in changes_in(data, tables=self._tables, rounds=self._rounds):
            if values is None:
                self._rows[table].pop(key, None)
            elif (row := self._rows[table].get(key)) is None:
                self._rows[table][key] = dict(values)
            else:
                row.update(values)
            if table in self._of_round:
                keys = self._of_round[table][key[0]]
                keys.discard(key) if values is None else keys.add(key)

    def rows(self, table: str) -> Mapping[Key, Row]:
        """The table's rows by their keys."""
        return self._rows[table]

    def of_round(self, table: str, round_id: Json) -> dict[Key, Row]:
        """A round's docket or entitlements, by their keys."""
        return {key: self._rows[table][key] for key in self._of_round[table].get(round_id, ())}

    def drop_round(self, round_id: Json) -> None:
        """Forget a round's docket and entitlements: they will not change again."""
        for table, keys in self._of_round.items():
            for key in keys.pop(round_id, ()):
                self._rows[table].pop(key, None)


def _listed(value: Any) -> Sequence[Any]:
    return cast(Sequence[Any], value) if isinstance(value, list | tuple) else ()


def _is_key(value: Any) -> bool:
    return isinstance(value, int | str)
