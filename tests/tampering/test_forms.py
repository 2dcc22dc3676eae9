"""No table and no column is forgotten by the record: what `FORMS` says, what has entries of its own, and the rest."""

from __future__ import annotations

import pytest
from sqlmodel import select

from deliberation.ids import SeatId
from deliberation.record.ledger import FORMS
from services.ports import Change
from storage import Database
from storage.changes import SALT, Changes
from storage.tables import RoundRow, SeatRow, metadata
from tests.tampering.silent import UNHEARD

OF_THEIR_OWN = {"ballots", "ballot_events", "reasons", "rulings", "sums"}
"""What stands in entries of its own kinds."""
THE_RECORD = {"record_entries", "record_heads", "record_secrets", "register"}


def test_each_table_is_vouched_for_in_one_way_or_known_to_decide_nothing() -> None:
    kinds = (set(FORMS), OF_THEIR_OWN, THE_RECORD, set(UNHEARD))
    assert sorted(table for kind in kinds for table in kind) == sorted(metadata.tables)


@pytest.mark.parametrize("table", FORMS)
def test_a_form_holds_every_column_but_the_salt_that_opens_it(table: str) -> None:
    columns, form = metadata.tables[table].columns, FORMS[table]
    assert set(form.columns) | {SALT} == set(columns.keys()) | {SALT}
    assert form.key == tuple(metadata.tables[table].primary_key.columns.keys())


def changes() -> Changes:
    return Changes(lambda: bytes(16))


def test_what_was_changed_has_to_be_entered() -> None:
    changed = changes()
    changed.require_entered()
    changed.note(SeatRow, {"id": 7, "weight": 3})
    changed.note_gone(RoundRow, {"id": 2, "status": "open"})
    with pytest.raises(RuntimeError, match="rounds, seats"):
        changed.require_entered()
    assert changed.take() == (Change("seats", (7,), {"id": 7, "weight": 3}), Change("rounds", (2,), None))
    changed.require_entered()


async def test_nothing_is_committed_that_was_not_entered(database: Database) -> None:
    async with database.write() as uow:
        await uow.proxies.end_of(SeatId(1))
        uow._changes.note(SeatRow, {"id": 7, "weight": 3})
        with pytest.raises(RuntimeError, match="not entered into the record: rows of seats"):
            await uow.commit()
    async with database.read() as uow:
        assert (await uow._session.exec(select(SeatRow))).all() == []
