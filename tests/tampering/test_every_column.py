"""Every column of every table is altered, one row at a time: `verify` names it, or it decides nothing.

This is a slice of `python -m tests.tampering`, which does all of it, on both databases.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from storage.tables import metadata
from tests.tampering.__main__ import lifetime_at
from tests.tampering.alterations import Alteration
from tests.tampering.silent import SILENT
from tests.tampering.sweep import Outcome, Said

EACH = 6
"""Of so many ways to alter a column one is tried here."""


async def test_every_alteration_of_every_column_is_named_or_decides_nothing(tmp_path: Path):
    async with lifetime_at(f"sqlite+aiosqlite:///{tmp_path / 'comity.db'}") as sweep:
        rows, outcomes = sweep.rows, await sweep.outcomes(sweep.slice(each=EACH))
    # No table and no column is left out.
    assert [table for table in metadata.tables if not rows[table]] == []
    columns = {f"{table.name}.{column.name}" for table in metadata.tables.values() for column in table.columns}
    assert columns | set(metadata.tables) == {outcome.alteration.place for outcome in outcomes}
    assert [f"{one.alteration}\n{one.detail}" for one in outcomes if one.said is Said.TRACEBACK] == []
    silent = _of_which_nothing_is_said(outcomes)
    assert [str(one) for one in silent if not any(silence.covers(one) for silence in SILENT)] == []
    # And what is listed as silent still is.
    assert [str(silence) for silence in SILENT if not any(map(silence.covers, silent))] == []


def _of_which_nothing_is_said(outcomes: Sequence[Outcome]) -> list[Alteration]:
    return [outcome.alteration for outcome in outcomes if outcome.said is Said.NOTHING]
