"""Comparing the rows of a table with what the record says about them."""

from collections.abc import AsyncIterator, Mapping
from datetime import datetime
from typing import Any

from deliberation.record import Json
from deliberation.record.ledger import FORMS, Holds, Key, Row, written
from services.ports import FoundRow, Secret, UnitOfWork, Unreadable
from services.record._entering import person_written

from ._findings import Findings
from ._secrets import is_salt, is_true

_CHUNK = 500


async def compare_rows(
    uow: UnitOfWork,
    table: str,
    expected: Mapping[Key, Row],
    found: AsyncIterator[FoundRow],
    findings: Findings,
    *,
    whole: bool,
    words: bool = True,
) -> None:
    """Dispute every row that is missing, that was never entered, or that differs in a column.

    `whole`: every row was entered with all its columns; else only the known columns are compared. `words`: also compare
    the texts behind commitments.
    """
    comparison = _Comparison(table, expected, findings, now=await uow.now(), whole=whole)
    if words:
        comparison.opened = await _opened(uow, table, expected)
    async for row in found:
        comparison.read(row)
    comparison.finish()


async def _opened(uow: UnitOfWork, table: str, expected: Mapping[Key, Row]) -> dict[str, Secret]:
    names = FORMS[table].holding(Holds.WORDS)
    commitments = {str(row[name]) for row in expected.values() for name in names if row.get(name)}
    return await uow.audit.secrets(commitments) if commitments else {}


class _Comparison:
    """The comparison of one table. `opened`: what opens the commitments to its texts; None: texts are not compared."""

    def __init__(
        self, table: str, expected: Mapping[Key, Row], findings: Findings, *, now: datetime, whole: bool
    ) -> None:
        self._table = table
        self._key = FORMS[table].key
        self._columns = tuple(FORMS[table].columns.items())
        self._expected = expected
        self._missing = dict.fromkeys(expected)
        self._read = set[Key]()
        self._findings = findings
        self._now = now
        self._whole = whole
        self.opened: Mapping[str, Secret] | None = None

    def read(self, row: FoundRow) -> None:
        """Take a row of the table."""
        key = tuple([_written(row[name]) for name in self._key])
        expected = self._expected.get(key)
        self._missing.pop(key, None)
        if expected is None:
            self._dispute(row, "", expected="no such row", found="a row that was never entered")
            return
        if key in self._read:
            self._dispute(row, "", expected="one row", found="another of the same key")
        self._read.add(key)
        for name, holds in self._columns:
            if name not in expected:
                if self._whole:
                    self._dispute(row, name, expected="a value that was entered", found=row[name])
            elif not self._is_same(row, name, holds, expected[name]):
                self._dispute(row, name, expected=expected[name], found=row[name])

    def finish(self) -> None:
        """The whole table was read: dispute the missing rows."""
        for key in self._missing:
            where = dict(zip(self._key, key, strict=True))
            self._findings.dispute(self._table, where, expected="a row", found="none")

    def _dispute(self, row: FoundRow, column: str, *, expected: object, found: object) -> None:
        what = f"{self._table}.{column}" if column else self._table
        self._findings.dispute(what, {name: row[name] for name in self._key}, expected=expected, found=found)

    def _is_same(self, row: FoundRow, name: str, holds: Holds, expected: Json) -> bool:
        found = row[name]
        if holds is Holds.WORDS:
            return self._says(found, expected)
        if holds is Holds.PERSON:
            return _person(row, name) == expected
        # Most values are the same in the record and in the column.
        as_it_is = found == expected and found.__class__ is expected.__class__
        return as_it_is or _written(found) == expected or self._is_closing(row, name, expected)

    def _says(self, found: Any, expected: Json) -> bool:
        """Whether the text is the one committed to. If the commitment can no longer be opened, that is left to the
        audit of the secrets."""
        if not expected or found == "":
            return found == expected
        if self.opened is None or expected not in self.opened:
            return not isinstance(found, Unreadable)
        secret = self.opened[str(expected)]
        return found == secret.value and is_true(secret)

    def _is_closing(self, row: FoundRow, name: str, expected: Json) -> bool:
        """Whether the difference is only that a round past its deadline is `closing`, a status that is never
        entered."""
        if (self._table, name, expected, row[name]) != ("rounds", "status", "open", "closing"):
            return False
        closes_at = row["closes_at"]
        return isinstance(closes_at, datetime) and closes_at <= self._now


def _written(value: Any) -> Json:
    return f"unreadable: {value.text}" if isinstance(value, Unreadable) else written(value)


def _person(row: FoundRow, name: str) -> Json:
    person, salt = row[name], row["salt"]
    if not isinstance(person, int) or not (salt is None or is_salt(salt)):
        return _written(person)
    # Without the salt the row could name anybody.
    return None if person > 0 and salt is None else person_written(person, salt)
