"""SQLite's write-ahead log: it is shortened while members vote and read, and whoever reads for long breaks nothing."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from deliberation.issues import Issue
from deliberation.rounds import Round
from services import Services
from storage import Database, write_ahead
from tests.clocks import SetClock
from tests.services.chamber import Chamber

SOON = 0.01


class Voting:
    """A council in the middle of a round."""

    def __init__(self, store: Database, chamber: Chamber, round_: Round, issue: Issue) -> None:
        self.store, self._chamber, self._round, self._issue = store, chamber, round_, issue
        self._number = 0

    async def vote(self) -> None:
        """One more member votes."""
        self._number += 1
        assert not (await self._chamber.vote(self._round, self._issue, self._number, "adjustment")).repeated

    async def cast(self) -> int:
        return (await self._chamber.services.rounds.view(self._round.id)).lines[0].cast

    def log(self) -> int:
        """Bytes of the write-ahead log."""
        return Path(f"{self.store.url.database}-wal").stat().st_size


@pytest.fixture
async def voting(sqlite_head_url: str, clock: SetClock, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Voting]:
    monkeypatch.setattr(write_ahead, "LARGE", 4_096)
    store = Database(sqlite_head_url, clock=clock)
    chamber = Chamber(Services.over(store), clock)
    await chamber.found()
    issue = await chamber.propose("Torture")
    yield Voting(store, chamber, (await chamber.open("3d")).round, issue)
    await store.dispose()


async def test_a_log_that_has_become_large_is_emptied_and_a_short_one_left_alone(
    voting: Voting, monkeypatch: pytest.MonkeyPatch
):
    await voting.vote()
    assert voting.log() > 4_096
    assert await voting.store.shorten_log() is None
    assert voting.log() == 0
    await voting.vote()
    monkeypatch.setattr(write_ahead, "LARGE", 10**9)
    assert await voting.store.shorten_log() is None
    assert voting.log() > 4_096
    assert await voting.cast() == 2


async def test_it_waits_until_those_who_read_have_ended_and_lets_nobody_overlap_them(
    voting: Voting, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(write_ahead, "PATIENCE", 60)
    async with asyncio.timeout(60):
        async with voting.store.read() as uow:
            await uow.councils.list_all()
            await voting.vote()
            shortening = asyncio.create_task(voting.store.shorten_log())
            for _ in range(3):
                await voting.vote()
            following = [asyncio.create_task(voting.cast()) for _ in range(8)]
            await voting.vote()
            assert not shortening.done()
        assert await shortening is None
        assert voting.log() == 0
        assert await asyncio.gather(*following) == [5] * 8


async def test_a_reading_that_goes_on_and_on_breaks_nothing(voting: Voting, monkeypatch: pytest.MonkeyPatch):
    async with voting.store.read() as uow:
        await uow.councils.list_all()
        with monkeypatch.context() as patched:
            patched.setattr(write_ahead, "PATIENCE", SOON)
            for _ in range(8):
                await voting.vote()
                assert (await voting.store.shorten_log() or 0) == voting.log() > 4_096
    # No connection got lost in the tries: as many read at once as before.
    everybody = asyncio.Barrier(4)

    async def read() -> None:
        async with voting.store.read() as uow:
            await uow.councils.list_all()
            await everybody.wait()

    async with asyncio.timeout(60):
        await asyncio.gather(*(read() for _ in range(4)))
    assert await voting.store.shorten_log() is None
    assert voting.log() == 0
    assert await voting.cast() == 8


async def test_ballots_do_not_wait_for_another_program_that_reads(voting: Voting, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(write_ahead, "HOLD_UP", 0)
    with closing(sqlite3.connect(str(voting.store.url.database), isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM councils").fetchone()
        await voting.vote()
        assert (await voting.store.shorten_log() or 0) == voting.log() > 4_096
        await voting.vote()
        other.execute("ROLLBACK")
    assert await voting.store.shorten_log() is None
    assert voting.log() == 0
    assert await voting.cast() == 2


async def test_a_writer_waits_for_other_writers_afterwards_as_it_did_before(voting: Voting):
    await voting.vote()
    patience = await _patience(voting.store)
    await voting.store.shorten_log()
    assert await _patience(voting.store) == patience == 15_000


async def _patience(store: Database) -> int:
    async with store._writing.connect() as connection:
        return (await connection.exec_driver_sql("PRAGMA busy_timeout")).scalar_one()


async def test_postgresql_looks_after_its_own(postgresql_head_url: str):
    store = Database(postgresql_head_url)
    assert await store.shorten_log() is None
    await store.dispose()
