"""Every column of every table is altered, one row at a time: `verify` names it, or it decides nothing.

This is a slice of `python -m tests.tampering`, which does all of it, on both databases.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import pytest

from storage.tables import metadata
from tests.tampering.__main__ import lifetime_at
from tests.tampering.silent import SILENT, Silence
from tests.tampering.sweep import Outcome, Rows, Said

EACH = 6
"""Of so many ways to alter a column one is tried here."""


class Swept(NamedTuple):
    rows: Rows
    outcomes: Sequence[Outcome]

    def saying(self, said: Said) -> list[Outcome]:
        return [outcome for outcome in self.outcomes if outcome.said is said]


@pytest.fixture(scope="module")
def swept(tmp_path_factory: pytest.TempPathFactory) -> Swept:
    """What came of the alterations of one lifetime."""
    url = f"sqlite+aiosqlite:///{tmp_path_factory.mktemp('tampering') / 'comity.db'}"

    async def sweep() -> Swept:
        async with lifetime_at(url) as sweep:
            return Swept(sweep.rows, await sweep.outcomes(sweep.slice(each=EACH)))

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(sweep())).result()


def test_no_table_and_no_column_is_left_out(swept: Swept) -> None:
    assert [table for table in metadata.tables if not swept.rows[table]] == []
    altered = {outcome.alteration.place for outcome in swept.outcomes}
    columns = {f"{table.name}.{column.name}" for table in metadata.tables.values() for column in table.columns}
    assert columns | set(metadata.tables) == altered


def test_no_alteration_ends_in_a_traceback(swept: Swept) -> None:
    assert [f"{outcome.alteration}\n{outcome.detail}" for outcome in swept.saying(Said.TRACEBACK)] == []


def test_what_nothing_is_said_of_decides_nothing(swept: Swept) -> None:
    silent = [outcome.alteration for outcome in swept.saying(Said.NOTHING)]
    assert [str(one) for one in silent if not any(silence.covers(one) for silence in SILENT)] == []


@pytest.mark.parametrize("silence", SILENT, ids=str)
def test_a_silence_is_one_still(swept: Swept, silence: Silence) -> None:
    assert any(silence.covers(outcome.alteration) for outcome in swept.saying(Said.NOTHING))
