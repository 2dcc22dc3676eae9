"""Records from before every row was entered: they verify, catch up once, and from then on tell of every row."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from deliberation.ids import ChannelId
from deliberation.rounds import RoundStatus
from services import Services
from storage import Database, upgrade
from storage.copying import copy_rows
from tests.clocks import NOON, SetClock
from tests.conftest import ROOT
from tests.services.chamber import CHANNEL, DAY, Chamber, member
from tests.services.record.test_audit import alter
from tests.stores import counted_salts

DUMP = ROOT / "tests" / "data" / "councils-0004.sql"
"""Made with the version before: an open council with a round running and two members erased, one on another server, a
secret one with a bar, a schedule and a roll call, and one that was closed."""
SECRET = ChannelId(700_000_000_000_000_003)
MADE = NOON + timedelta(days=4, hours=2)


def loaded(file: Path) -> str:
    """The old database as an SQLite file; its URL."""
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(DUMP.read_text(encoding="utf-8"))
    return f"sqlite+aiosqlite:///{file}"


@pytest.fixture
async def old(request: pytest.FixtureRequest, tmp_path: Path, head_url: str) -> AsyncIterator[tuple[Chamber, Database]]:
    """The old councils, brought up to date on either database."""
    url = loaded(tmp_path / "old.db")
    await upgrade(url)
    if head_url.startswith("postgresql"):
        await copy_rows(url, head_url)
        url = head_url
    clock = SetClock(MADE)
    # Other salts than those that the old councils were made with.
    salts = counted_salts()
    store = Database(url, clock=clock, salt=lambda: salts()[::-1])
    yield Chamber(Services.over(store), clock), store
    await store.dispose()


async def test_an_old_record_verifies_before_and_after_it_has_caught_up(old: tuple[Chamber, Database]) -> None:
    chamber, _ = old
    before = await chamber.services.audit.verify()
    assert (before.faults, before.councils, before.ballots, before.rulings) == ((), 4, 16, 3)
    assert await chamber.services.audit.enter_states() == 4
    assert await chamber.services.audit.enter_states() == 0, "once is enough"
    after = await chamber.services.audit.verify()
    assert (after.faults, after.ballots, after.rulings) == ((), 16, 3)
    assert after.entries == before.entries + 4


async def test_a_round_that_ran_through_the_upgrade_is_ruled_by_its_ballots(old: tuple[Chamber, Database]) -> None:
    chamber, _ = old
    await chamber.services.audit.enter_states()
    running = await chamber.services.rounds.status(CHANNEL)
    assert running is not None
    torture = (await chamber.services.issues.list_in(CHANNEL))[1][0]
    for number in (4, 7):
        await chamber.vote(running.round, torture, number, "adjustment")
    await chamber.pass_time(3 * DAY)
    result = await chamber.services.rounds.result(running.round.id)
    assert result.round.status is RoundStatus.CLOSED
    cast = {line.entry.title: line.ruling.tally.cast.seats for line in result.lines}
    assert cast == {"Torture": 5, "Tariffs": 1}, "two before, two since, and one by proxy"
    report = await chamber.services.audit.verify()
    assert report.sound, report.faults
    # What was done before the upgrade is undone, and done again, after it.
    await chamber.services.privacy.erase(member(3).person, words=True, former=lambda _, tag: f"Former {tag}")
    await chamber.open("3d")
    report = await chamber.services.audit.verify()
    assert report.sound, report.faults


async def test_what_an_old_secret_council_arranged_goes_on(old: tuple[Chamber, Database]) -> None:
    chamber, _ = old
    await chamber.services.audit.enter_states()
    await chamber.pass_time(7 * DAY)
    report = await chamber.services.audit.verify()
    assert report.sound, report.faults
    issue = (await chamber.services.issues.list_in(SECRET))[1][0]
    card = await chamber.services.issues.card(issue.id)
    assert len(card.trend) >= 1


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("UPDATE seats SET weight = 7 WHERE id = 3", "seats.weight"),
        ("UPDATE seat_holders SET person = 5 WHERE until IS NULL", "seat_holders.person"),
        ("UPDATE issue_versions SET title = 'Another'", "issue_versions.title"),
        ("UPDATE ballots SET position = 'abstain' WHERE seat = 5", "ballot"),
        ("UPDATE reasons SET text = 'Another' WHERE text <> ''", "reasons"),
        ("DELETE FROM barred", "barred"),
        ("UPDATE schedules SET schedule = replace(schedule, '18', '19')", "schedules.schedule"),
        ("DELETE FROM register WHERE council = 2", "register"),
        ("UPDATE sums SET text = replace(text, '1', '2')", "sums"),
    ],
)
async def test_what_is_altered_afterwards_is_named(old: tuple[Chamber, Database], statement: str, what: str) -> None:
    chamber, store = old
    await chamber.services.audit.enter_states()
    assert await alter(store, statement)
    report = await chamber.services.audit.verify()
    assert what in {fault.what for fault in report.faults}, report.faults
