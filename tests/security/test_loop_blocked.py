"""No command holds up others' answers for more than 50 ms, whoever uses it, where 3,000 seats vote.

`python -m tests.security.loop_blocked` tries it at a million ballots.
"""

from __future__ import annotations

from pathlib import Path

from tests.security.access import Who
from tests.security.crowd import crowded
from tests.security.loop_blocked import LAW, Hall, calm

DOCKET = 4
"""Issues on which every seat has voted."""


async def test_nothing_holds_the_loop_for_long(sqlite_template: Path, tmp_path: Path):
    files = await crowded(sqlite_template, tmp_path, rounds=0, docket=DOCKET)
    with calm():
        async with Hall.on(files, tmp_path / "comity.db") as hall:
            measured = await hall.measure_all(tries=4, asking=(Who.MANAGER, Who.CO_HOLDER), voting=False)
    found = [str(one) for one in measured if one.blocked.longest > LAW]
    assert found == [], "\n".join(found)
