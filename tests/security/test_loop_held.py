"""No command holds up others' answers for more than 50 ms, whoever uses it, where 3,000 seats vote.

`python -m tests.security.loop_held` tries it at a million ballots.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.security.access import Row, State
from tests.security.crowd import crowded
from tests.security.loop_held import LAW, USES, Hall, asked_by, calm

DOCKET = 4
"""Issues on which every seat has voted."""
TRIES = 4


@pytest.fixture(scope="module")
def files(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("crowd")
    with ThreadPoolExecutor(1) as thread:
        making = thread.submit(lambda: asyncio.run(crowded(sqlite_template, folder, rounds=0, docket=DOCKET)))
        return making.result()


def uses_in(state: State) -> Iterator[Row]:
    return (row for row in USES if row.state is state)


@pytest.mark.parametrize("state", State, ids=lambda state: state.name)
async def test_nothing_holds_the_loop_for_long(files: dict[str, Path], tmp_path: Path, state: State):
    with calm():
        async with Hall.on(files, tmp_path / "comity.db") as hall:
            measured = [await hall.measure(row, who, tries=TRIES) for row in uses_in(state) for who in asked_by(row)]
    assert [str(one) for one in measured if one.held.longest > LAW] == []
