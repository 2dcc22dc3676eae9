"""Entering the whole state of a council whose record began before every row was entered."""

from collections import Counter
from collections.abc import AsyncIterator

from deliberation.ballots.sums import Sum
from deliberation.ids import CouncilId
from deliberation.record import EntryKind, Json
from deliberation.record.ledger import FORMS, RowChange, blocks_of
from deliberation.rounds import Round, RoundStatus
from services.ports import Change, FoundRow, RunningSum, UnitOfWork
from services.record._entering import Commitments, enter_one
from services.record._sums import committed

from ._findings import Findings
from ._secrets import SecretsFold, commitments_in

_OF_ROUND = ("docket", "entitlements")


async def enter_state(uow: UnitOfWork, council: CouncilId) -> None:
    """Enter every row of the council that decides an outcome, as it is now: from here on its record covers every row.
    The dockets and seats of finished rounds are left out: the record has them already."""
    await uow.councils.lock(council)
    round_ = await uow.rounds.find_running(council)
    if round_ is not None:
        round_ = await uow.rounds.lock(round_.id)
    await uow.record.lock_head(council)
    secrets = Commitments(uow)
    changes = [change async for change in _changes(uow, council, round_, secrets)]
    closed, erased, last = await _gone(uow, council)
    data: dict[str, Json] = {"rows": blocks_of(changes), "closed": closed, "ballots": erased, "until": last}
    if round_ is not None:
        data["round"] = round_.id
    if round_ is not None and round_.status is not RoundStatus.DEBATE:
        data["sum"] = await _begin_sum(uow, round_)
    await enter_one(uow, council, at=await uow.now(), kind=EntryKind.STATE_ENTERED, data=data, secrets=secrets)


async def _gone(uow: UnitOfWork, council: CouncilId) -> tuple[list[Json], list[Json], int]:
    """What can no longer be opened: commitments, the number of lines of each round's history, and the last entry that
    this covers."""
    secrets, last = SecretsFold(), 0
    async for entry in uow.audit.entries(council):
        data = entry.data
        opened = await uow.audit.secrets({commitment for commitment, _ in commitments_in(data)})
        secrets.read(entry, data, opened, Findings(""))
        last = entry.index
    erased: Counter[int] = Counter()
    for round_ in await uow.rounds.list_in(council):
        async for row in uow.audit.rows_of_round("ballot_events", round_.id):
            erased[round_.id] += isinstance(row["person"], int) and row["person"] < 0
    return [*secrets.missing], [[round_id, count] for round_id, count in sorted(erased.items()) if count], last


async def _changes(
    uow: UnitOfWork, council: CouncilId, round_: Round | None, secrets: Commitments
) -> AsyncIterator[RowChange]:
    for table, form in FORMS.items():
        async for row in _rows(uow, table, council, round_):
            key = tuple(row[name] for name in form.key)
            yield secrets.changed(Change(table, key, row))


def _rows(uow: UnitOfWork, table: str, council: CouncilId, round_: Round | None) -> AsyncIterator[FoundRow]:
    if table not in _OF_ROUND:
        return uow.audit.rows(table, council)
    return _nothing() if round_ is None else uow.audit.rows_of_round(table, round_.id)


async def _nothing() -> AsyncIterator[FoundRow]:
    for row in ():
        yield row


async def _begin_sum(uow: UnitOfWork, round_: Round) -> str:
    """Store the sum of the round's ballots so far; returns the commitment to it."""
    entitled = await uow.rounds.entitled_sum(round_.id)
    counted = Sum.of(await uow.ballots.tally(round_.id), entitled=entitled)
    running = RunningSum(salt=uow.salt(), text=counted.text)
    await uow.sums.put({round_.id: running})
    return committed(running)
