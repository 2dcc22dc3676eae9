"""Checking that the tables still say what the record says, before anything is decided on them.

`verify` goes through everything; this goes through what the next decision rests on, and takes milliseconds. Ballots,
however many, are compared by their running sum (`deliberation.ballots.sums`).
"""

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping
from typing import Any, ClassVar, NamedTuple

from deliberation.errors import DomainError
from deliberation.ids import CouncilId, IssueId
from deliberation.record import EntryKind, Stored
from deliberation.record.ledger import Key, Ledger, Row
from deliberation.rounds import Round
from deliberation.rulings.tallies import Tally
from services.ports import FoundRow, UnitOfWork
from services.record._sums import comes_to
from services.record.views import Fault

from ._findings import Findings, lines_of, whole
from ._rows import compare_rows

_RESTS_ON = (
    "councils",
    "seats",
    "issues",
    "issue_seconds",
    "proxies",
    "roll_calls",
    "roll_call_answers",
    "schedules",
    "rounds",
)
_OF_ROUND = ("docket", "entitlements")
_AT_ONCE = 50_000
"""How many characters of entries are read on the event loop before a thread reads one."""


class RecordContradicted(DomainError):
    """The tables contradict the record, so nothing is decided on them. Parameters: `what`: the first thing disputed;
    `count`: how many are."""

    code: ClassVar[str] = "record_contradicted"


async def require_undisputed(uow: UnitOfWork, round_: Round | None, *, council: CouncilId) -> None:
    """Raises RecordContradicted where anything that the council's next decision rests on, including its running round,
    is not as it was entered. Texts and people are left to `verify`."""
    entered = await _entered(uow, round_, council)
    if entered is not None:
        _refuse(await _faults(uow, entered.ledger, round_, council))


async def require_true_count(uow: UnitOfWork, round_: Round, tallies: Mapping[IssueId, Tally]) -> None:
    """As `require_undisputed`, for a round that is about to be ruled on. Raises also where its counted ballots do not
    add up to the sum entered with the last of them, or where an issue's last ruling is not the one entered."""
    entered = await _entered(uow, round_, round_.council)
    if entered is None:
        return
    faults = await _faults(uow, entered.ledger, round_, round_.council)
    faults += await _faults_before(uow, entered, tallies)
    cast, came_to = await uow.audit.last_cast(round_.council), entered.began
    if cast is not None and cast.data.get("round") == round_.id:
        came_to = cast.data.get("sum")
    if not isinstance(came_to, str) or not await comes_to(uow, round_, tallies, came_to):
        where = {"round": round_.number}
        faults.append(Fault(council="", what="ballots", where=where, expected="the sum entered", found="another"))
    _refuse(faults)


def _refuse(faults: list[Fault]) -> None:
    if faults:
        first = faults[0]
        where = ", ".join(f"{name} {number}" for name, number in first.where.items())
        raise RecordContradicted(what=f"{first.what} ({where})", count=len(faults))


class _Entered(NamedTuple):
    """What the record says. `ledger`: the tables, without the seats that joined the round with their first ballot;
    `began`: the sum with which the round began; `ruled`: the round that ruled last on each issue."""

    ledger: Ledger
    began: object
    ruled: Mapping[int, int]


async def _entered(uow: UnitOfWork, round_: Round | None, council: CouncilId) -> _Entered | None:
    """What the record says; None where it does not cover every row."""
    ledger = Ledger(tables=(*_RESTS_ON, *_OF_ROUND), rounds=() if round_ is None else (round_.id,))
    whole_, began, ruled, taken = False, None, dict[int, int](), 0
    async for entry in uow.audit.entries(council, kinds=()):
        taken += len(entry.text)
        if taken > _AT_ONCE:
            # The opening of a round of a hundred thousand seats is one entry.
            data, taken = await asyncio.to_thread(_read, entry, ledger), 0
        else:
            data = _read(entry, ledger)
        whole_ |= _makes_whole(entry)
        if round_ is not None and data.get("round") == round_.id and "sum" in data:
            began = data["sum"]
        if entry.kind == EntryKind.ROUND_CLOSED:
            ruled |= {whole(line.get("issue")): whole(data.get("round")) for line in lines_of(data.get("rulings"))}
    if not whole_ and any(line.council == council for line in await uow.audit.registered()):
        raise RecordContradicted(what="the record", count=1)
    return _Entered(ledger, began, ruled) if whole_ else None


def _read(entry: Stored, ledger: Ledger) -> Mapping[str, Any]:
    """Add the entry's changes to the ledger; returns its data."""
    if entry.kind == EntryKind.STATE_ENTERED:
        ledger.clear()
    ledger.read(data := entry.data)
    return data


async def is_whole(uow: UnitOfWork, council: CouncilId) -> bool:
    """Whether the council's record covers every row."""
    async for entry in uow.audit.entries(council, kinds=(EntryKind.COUNCIL_FOUNDED, EntryKind.STATE_ENTERED)):
        if _makes_whole(entry):
            return True
    return False


def _makes_whole(entry: Stored) -> bool:
    return entry.kind == EntryKind.STATE_ENTERED or (entry.index == 1 and "rows" in entry.data)


async def _faults(uow: UnitOfWork, ledger: Ledger, round_: Round | None, council: CouncilId) -> list[Fault]:
    findings = Findings("")
    for table in _RESTS_ON:
        found = uow.audit.rows(table, council)
        await compare_rows(uow, table, ledger.rows(table), found, findings, whole=True, words=False)
    if round_ is not None:
        for table in _OF_ROUND:
            expected = ledger.of_round(table, round_.id)
            found = _found(uow, table, round_, expected)
            await compare_rows(uow, table, expected, found, findings, whole=True, words=False)
    return findings.faults


async def _faults_before(uow: UnitOfWork, entered: _Entered, issues: Iterable[IssueId]) -> list[Fault]:
    """Disputes about the last ruling on these issues: which round it was, and the version of the text that was voted
    on. For rounds from before all rows were entered, the dockets are left to `verify`."""
    findings = Findings("")
    history = await uow.rulings.of_issues(issues)
    for issue, rulings in history.items():
        last = rulings[-1][0].id if rulings else 0
        if last != entered.ruled.get(issue, 0):
            where = {"issue": issue}
            findings.dispute("rulings", where, expected=f"round {entered.ruled.get(issue, 0)}", found=f"round {last}")
    for round_id in {rulings[-1][0].id for rulings in history.values() if rulings}:
        if expected := entered.ledger.of_round("docket", round_id):
            found = uow.audit.rows_of_round("docket", round_id)
            await compare_rows(uow, "docket", expected, found, findings, whole=True, words=False)
    return findings.faults


async def _found(uow: UnitOfWork, table: str, round_: Round, expected: Mapping[Key, Row]) -> AsyncIterator[FoundRow]:
    async for row in uow.audit.rows_of_round(table, round_.id):
        if table == "entitlements" and (round_.id, row["seat"]) not in expected and _may_have_joined(row):
            continue
        yield row


def _may_have_joined(row: FoundRow) -> bool:
    """A seat that joins with its first ballot has a weight of one and no veto; the sum shows how many joined."""
    return (row["weight"], row["veto"], row["may_abstain"]) == (1, False, True)
