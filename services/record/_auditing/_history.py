"""The history of a round's ballots: each line that the record enters must be one line of the table, with the same
caster.

The two are first compared by sums of hashes, which takes no memory however many ballots there are. Only where these
differ, as after an erasure, are the lines compared one by one.
"""

from collections import defaultdict
from collections.abc import AsyncIterator, Iterable
from datetime import datetime

from deliberation.ids import RoundId
from deliberation.record import instant_text
from services.ports import FoundRow
from services.record._entering import person_written

from ._findings import Findings
from ._gaps import Gaps
from ._secrets import is_salt

Cast = tuple[str, int, int, str | None, int]
"""A line without its caster: instant, issue, seat, position, version."""
Line = tuple[Cast, str | None, int]
"""A line as it is in an entry: with the commitment to its caster, and the entry's index."""
_MODULUS = 2**64


class History:
    """What the entries say, as a sum. `first` and `last`: the index of the first and the last such entry."""

    def __init__(self) -> None:
        self.first = self.last = 0
        self._sum = 0

    def add(self, cast: Cast, by: str | None, index: int) -> None:
        """Take a line of an entry."""
        self.first, self.last = self.first or index, index
        self._sum = (self._sum + hash((cast, by))) % _MODULUS

    async def matches(self, rows: AsyncIterator[FoundRow]) -> bool:
        """Whether the table has the same lines, with the same casters."""
        found = 0
        async for row in rows:
            found = (found + hash((_cast(row), _by(row)))) % _MODULUS
        return found == self._sum


class LineByLine:
    """Disputes every line that is missing, that was never entered, or that names another caster. `old`: lines may lack
    what opens the commitment to their caster; `open_`: the record does not say yet what is rightly gone."""

    def __init__(
        self, findings: Findings, round_id: RoundId, number: int, gaps: Gaps, *, old: bool, open_: bool
    ) -> None:
        self._findings = findings
        self._round = round_id
        self._number = number
        self._gaps = gaps
        self._old = old
        self._open = open_
        self._entered: defaultdict[Cast, list[tuple[str | None, int]]] = defaultdict(list)

    async def run(self, entered: Iterable[Line], rows: AsyncIterator[FoundRow]) -> None:
        for cast, by, index in entered:
            self._entered[cast].append((by, index))
        nameless = [row async for row in rows if not self._is_known(row)]
        erased = sum(self._is_gap(row) for row in nameless)
        for cast, left in self._entered.items():
            for _ in left:
                self._dispute(cast, expected="a line of the history", found="none, or another caster")
        known = self._gaps.erased[self._round]
        if erased > known and not self._open:
            where = {"round": self._number}
            self._findings.dispute("ballot_events.person", where, expected=f"{known} erased", found=f"{erased} erased")

    def _is_known(self, row: FoundRow) -> bool:
        """Whether the line names its caster. If so, it is checked against the entered lines, and disputed if it is not
        among them."""
        cast, by = _cast(row), _by(row)
        if by is None:
            return False
        match = next((line for line in self._entered[cast] if line[0] == by), None)
        if match is None:
            self._dispute(cast, expected="no such line, or another caster", found="a line of the history")
        else:
            self._entered[cast].remove(match)
        return True

    def _is_gap(self, row: FoundRow) -> bool:
        """Whether a line that names nobody belongs to an erased person. One that names nobody without a reason is
        disputed."""
        cast, person = _cast(row), row["person"]
        forgotten = person == 0 and not self._open
        of_old = [line for line in self._entered[cast] if not forgotten or line[1] <= self._gaps.forgotten]
        if not of_old or (person > 0 and not self._old):
            self._dispute(cast, expected="who cast it", found="nobody")
            return False
        self._entered[cast].remove(of_old[0])
        return person < 0

    def _dispute(self, cast: Cast, *, expected: str, found: str) -> None:
        at, issue, seat, position, version = cast
        where = {"round": self._number, "issue": issue, "seat": seat, "at": at, "version": version}
        self._findings.dispute("ballot_events", where, expected=f"{position}: {expected}", found=found)


def _cast(row: FoundRow) -> Cast:
    at = row["at"]
    instant = instant_text(at) if isinstance(at, datetime) else str(at)
    return instant, row["issue"], row["seat"], row["position"], row["version"]


def _by(row: FoundRow) -> str | None:
    """The commitment to the line's caster; None where the line names nobody, or lacks the salt."""
    person, salt = row["person"], row["salt"]
    if salt is None and isinstance(person, int):
        return None
    if not isinstance(person, int) or not is_salt(salt):
        return "unreadable"
    return person_written(person, salt) if person > 0 else "salted, and nobody's"
