"""Recomputing a council from its record: its chain, every row that decides an outcome, its ballots and its rulings.

The record is read from its first entry on (`RecordFold`), and the tables are compared with what it says. What a round
decided is recomputed from the ballots and the frozen rules in the record.
"""

from collections.abc import AsyncIterator

from deliberation.ballots.sums import Sum
from deliberation.ids import CouncilId
from deliberation.record import LEAST_SALT, Chain, EntryKind, Head, Stored, commit
from deliberation.record.ledger import FORMS
from services.ports import UnitOfWork, Unreadable
from services.record.views import Fault

from ._contradictions import RecordContradicted, is_whole, require_true_count, require_undisputed
from ._findings import Data, Findings
from ._fold import RecordFold
from ._gaps import TELLING
from ._history import Line, LineByLine
from ._rounds import RoundFold, casts_in
from ._rows import compare_rows
from ._secrets import commitments_in, is_salt
from ._state import enter_state

__all__ = [
    "CouncilAudit",
    "RecordContradicted",
    "enter_state",
    "is_whole",
    "require_true_count",
    "require_undisputed",
]

_OF_ROUND = ("docket", "entitlements")
_BATCH = 100
"""How many entries' secrets are read at once."""


class CouncilAudit:
    """One council's audit: after `run`, what it disputes and how much was recomputed."""

    def __init__(self, uow: UnitOfWork, council: CouncilId, name: str) -> None:
        self._uow = uow
        self.council = council
        self.name = name or f"council {council}"
        self._findings = Findings(self.name)
        self._fold = RecordFold(self._findings)
        self.first: str | None = None
        self.entries = self.ballots = self.rulings = 0

    @property
    def faults(self) -> list[Fault]:
        return self._findings.faults

    @property
    def more(self) -> int:
        return self._findings.more

    @property
    def is_whole(self) -> bool:
        """Whether the record covers every row, as every record does once this version of the program has written to
        it."""
        return self._fold.is_whole

    async def run(self) -> None:
        """Recompute everything, and dispute every difference."""
        try:
            chain = Chain(self.council)
        except ValueError:
            self._findings.dispute("councils", {"id": self.council}, expected="no such number", found="a council")
            return
        async for entry in self._uow.audit.entries(self.council, kinds=TELLING):
            self._fold.gaps.read(entry.kind, entry.data)
        async for batch in _batches(self._uow.audit.entries(self.council)):
            asked = {commitment for _, data in batch for commitment, _ in commitments_in(data)}
            secrets = await self._uow.audit.secrets(asked) if asked else {}
            for entry, data in batch:
                self.first = self.first or entry.digest
                self.entries += 1
                chain.read(entry)
                if (over := self._fold.read(entry, data, secrets)) is not None:
                    await self._check_round(over)
        await self._check_chain(chain)
        for running in self._fold.running():
            await self._check_sum(running)
            await self._check_round(running)
        await self._check_rows()
        self._fold.finish()
        await self._check_standings()
        self.rulings = self._fold.rulings

    async def _check_chain(self, chain: Chain) -> None:
        head = await self._uow.audit.head(self.council)
        if head is None:
            self._findings.dispute("record_heads", {"council": self.council}, expected="the record's end", found="none")
        for fault in chain.finish(None if head is None else Head(*head)):
            self._findings.dispute("entry", {"index": fault.index}, expected="as it was entered", found=fault.what)

    async def _check_round(self, round_: RoundFold) -> None:
        """Compare everything that belongs to the round with the tables."""
        whole = self._fold.is_whole and not round_.old
        for table in _OF_ROUND:
            expected = self._fold.ledger.of_round(table, round_.id)
            found = self._uow.audit.rows_of_round(table, round_.id)
            await compare_rows(self._uow, table, expected, found, self._findings, whole=whole)
        self.ballots += await round_.check(self._uow, self._findings, self._fold.gaps)
        if not await round_.history.matches(self._uow.audit.rows_of_round("ballot_events", round_.id)):
            await self._compare_lines(round_)
        await self._check_rulings(round_)
        self._fold.ledger.drop_round(round_.id)

    async def _compare_lines(self, round_: RoundFold) -> None:
        """Compare the history line by line, reading the entries once more."""
        lines = [line async for line in self._lines(round_)]
        open_ = not self._fold.is_whole
        comparison = LineByLine(self._findings, round_.id, round_.number, self._fold.gaps, old=round_.old, open_=open_)
        await comparison.run(lines, self._uow.audit.rows_of_round("ballot_events", round_.id))

    async def _lines(self, round_: RoundFold) -> AsyncIterator[Line]:
        history = round_.history
        async for entry in self._uow.audit.entries(self.council, after=max(history.first - 1, 0)):
            if entry.index > history.last:
                return
            data = entry.data
            if entry.kind == EntryKind.BALLOTS_CAST and data.get("round") == round_.id:
                secrets = await self._uow.audit.secrets({one for one, _ in commitments_in(data)})
                for cast, by, _ in casts_in(entry, data, secrets):
                    yield cast, by, entry.index

    async def _check_rulings(self, round_: RoundFold) -> None:
        missing = dict(round_.rulings)
        async for row in self._uow.audit.rows_of_round("rulings", round_.id):
            entered = missing.pop(row["issue"], None)
            if self._fold.ruling_text(entered) != row["ruling"]:
                where = {"round": round_.number, "issue": row["issue"]}
                expected = self._fold.ruling_text(entered) or "no ruling"
                self._findings.dispute("ruling", where, expected=expected, found=row["ruling"])
        for issue, entered in missing.items():
            where = {"round": round_.number, "issue": issue}
            self._findings.dispute("ruling", where, expected=self._fold.ruling_text(entered), found="none")

    async def _check_sum(self, round_: RoundFold) -> None:
        """Dispute the stored sum of a running round unless it is the one after its last ballots."""
        if round_.sum is None:
            return
        where, kept = {"round": round_.number}, self._uow.audit.rows_of_round("sums", round_.id)
        found = [row async for row in kept if not any(isinstance(value, Unreadable) for value in row.values())]
        if len(found) != 1:
            self._findings.dispute("sums", where, expected="the round's sum", found=f"{len(found)} sums")
            return
        [running] = found
        # A malformed sum is not one that was entered.
        salt = running["salt"] if is_salt(running["salt"]) else bytes(LEAST_SALT)
        if commit(salt, running["text"], "sum") != round_.sum:
            self._findings.dispute("sums", where, expected="the sum that was entered last", found=running["text"])
        elif self._fold.sum_of(round_) not in (None, _read(running["text"])):
            self._findings.dispute("sums", where, expected="what the ballots add up to", found=running["text"])

    async def _check_rows(self) -> None:
        """Compare every table with the record, if the record covers all rows."""
        for table in FORMS:
            if table not in _OF_ROUND and self._fold.is_whole:
                found = self._uow.audit.rows(table, self.council)
                expected = self._fold.ledger.rows(table)
                await compare_rows(self._uow, table, expected, found, self._findings, whole=True)

    async def _check_standings(self) -> None:
        """Dispute every issue whose standing does not follow from what the rounds ruled."""
        async for row in self._uow.audit.rows("issues", self.council):
            self._fold.check_standing(row)
        async for row in self._uow.audit.rows("rounds", self.council):
            self._fold.check_old_round(row)


def _read(text: str) -> str | None:
    try:
        return Sum.read(text).text
    except ValueError:
        return None


async def _batches(entries: AsyncIterator[Stored]) -> AsyncIterator[list[tuple[Stored, Data]]]:
    """The entries with their data, in batches."""
    batch: list[tuple[Stored, Data]] = []
    async for entry in entries:
        batch.append((entry, entry.data))
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
