"""Backups: taken while members vote, restored into either kind of database, and never in the way of what is there."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.backups.daily import DISPUTED, alone_in, back_up_daily
from bot.backups.making import audit, back_up
from bot.backups.restoring import restore
from bot.faults import OperatorFault
from services import Services
from services.record import VerifyReport
from storage import Database, DatabaseInUse, DatabaseUnusable, revision, upgrade
from storage.engines import database_url as parsed
from storage.engines import migrating_engine
from storage.schema import downgrade, newest
from tests.clocks import SetClock
from tests.conftest import ROOT
from tests.services.chamber import CHANNEL, Chamber

NOW = datetime(2026, 11, 26, 3, tzinfo=UTC)
DAY = timedelta(days=1)
ENOUGH = 30


@pytest.fixture
async def store(head_url: str, clock: SetClock) -> AsyncIterator[Database]:
    store = Database(head_url, clock=clock)
    yield store
    await store.dispose()


@contextmanager
def members_voting(url: str, round_id: int, issue: int) -> Iterator[Iterator[int]]:
    """The members whose ballots a process acknowledges, one after the other, until the block is left."""
    command = [sys.executable, "-m", "tests.bot.voting_process", url, str(round_id), str(issue)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        assert process.stdout is not None
        yield (int(line) for line in process.stdout)
        process.kill()


async def restored(file: Path, url: str, *, replace: bool = False, disputed: bool = False) -> VerifyReport:
    folder = file.with_name("kept")
    return (await restore(file, url, replace=replace, disputed=disputed, keep_in=folder, now=NOW)).report


async def reasons_in(url: str) -> set[str]:
    store = Database(url)
    services = Services.over(store)
    _, issues = await services.issues.list_in(CHANNEL)
    found = {reason.reason.text for issue in issues for reason in (await services.reasons.of_issue(issue.id)).reasons}
    await store.dispose()
    return found


async def councils_in(url: str) -> list[str]:
    store = Database(url)
    async with store.read() as uow:
        names = [council.name for council in await uow.councils.list_all()]
    await store.dispose()
    return names


async def test_a_backup_taken_while_members_vote_holds_what_was_acknowledged_before_and_restores_into_either_database(
    head_url: str,
    store: Database,
    clock: SetClock,
    tmp_path: Path,
    postgresql_database_url: str,
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr("storage.copying._ROWS", 50)
    chamber = Chamber(Services.over(store), clock)
    await chamber.found()
    issue = await chamber.propose("Torture")
    round_ = (await chamber.open("3d")).round
    file, again = tmp_path / "during.db", tmp_path / "again.db"
    with members_voting(head_url, round_.id, issue.id) as voting:
        acknowledged = [next(voting) for _ in range(ENOUGH)]
        report = await back_up(head_url, file)
        later = next(voting)
    assert report.sound
    assert later not in acknowledged, "members went on voting"

    expected = {f"Reason {number}." for number in acknowledged}
    sqlite_url = f"sqlite:///{tmp_path / 'restored' / 'comity.db'}"
    assert await restored(file, sqlite_url) == report
    assert expected <= await reasons_in(sqlite_url)
    assert await restored(file, postgresql_database_url) == report
    assert expected <= await reasons_in(postgresql_database_url)
    # Back again: from PostgreSQL into a file, and nothing got lost on the way.
    assert await back_up(postgresql_database_url, again) == report
    assert everything_in(again) == everything_in(file)

    there = Database(postgresql_database_url, clock=clock)
    going_on = Chamber(Services.over(there), clock)
    await going_on.vote(round_, issue, 100_000, "prohibited")
    assert (await going_on.propose("Famine")).number == 2
    await there.dispose()
    assert (await audit(postgresql_database_url)).sound


def everything_in(file: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(file)) as connection:
        named = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: sorted(connection.execute(f'SELECT * FROM "{name}"'), key=repr) for name in named}  # noqa: S608


async def test_numbers_that_were_given_out_are_not_given_out_again_after_a_restore(
    sqlite_head_url: str, postgresql_database_url: str, clock: SetClock, tmp_path: Path
):
    store = Database(sqlite_head_url, clock=clock)
    services = Services.over(store)
    await Chamber(services, clock).found()
    await Chamber(services, clock).propose("Torture")
    given = [post.id for post in await services.posts.due()]
    for post in await services.posts.due():
        await services.posts.posted(post, channel=CHANNEL, message=1)
    await store.dispose()
    await back_up(sqlite_head_url, tmp_path / "backup.db")
    for url in (postgresql_database_url, f"sqlite:///{tmp_path / 'fresh.db'}"):
        await restored(tmp_path / "backup.db", url)
        there = Database(url, clock=clock)
        await Chamber(Services.over(there), clock).propose("Famine")
        assert min(post.id for post in await Services.over(there).posts.due()) > max(given)
        await there.dispose()


async def test_a_backup_never_takes_the_place_of_a_file_and_leaves_nothing_behind_when_it_fails(
    sqlite_head_url: str, tmp_path: Path
):
    folder = tmp_path / "backups"
    await back_up(sqlite_head_url, folder / "one.db")
    assert stat.S_IMODE((folder / "one.db").stat().st_mode) == 0o600, "sealed and secret ballots are in it"
    with pytest.raises(OperatorFault, match="is there already"):
        await back_up(sqlite_head_url, folder / "one.db")
    damaged = tmp_path / "damaged.db"
    damaged.write_bytes(b"no database at all, and long enough to be read as one" * 40)
    with pytest.raises(DatabaseUnusable):
        await back_up(f"sqlite:///{damaged}", folder / "two.db")
    with pytest.raises(OperatorFault, match="There is no database"):
        await back_up(f"sqlite:///{tmp_path / 'none.db'}", folder / "three.db")
    assert [file.name for file in folder.iterdir()] == ["one.db"]


async def test_councils_that_are_there_are_replaced_only_when_told_and_kept_even_then(
    head_url: str, store: Database, clock: SetClock, tmp_path: Path
):
    await Chamber(Services.over(store), clock).found()
    await back_up(head_url, tmp_path / "backup.db")
    await Chamber(Services.over(store), clock).found_with(5)
    await store.dispose()
    with pytest.raises(OperatorFault, match="nothing was restored"):
        await restored(tmp_path / "backup.db", head_url)
    assert len(await councils_in(head_url)) == 2
    keep_in = tmp_path / "kept"
    done = await restore(tmp_path / "backup.db", head_url, replace=True, disputed=False, keep_in=keep_in, now=NOW)
    assert len(await councils_in(head_url)) == 1
    assert done.kept is not None
    assert len(await councils_in(f"sqlite:///{done.kept}")) == 2


async def test_nothing_is_restored_under_a_running_bot(head_url: str, store: Database, clock: SetClock, tmp_path: Path):
    await back_up(head_url, tmp_path / "backup.db")
    await Chamber(Services.over(store), clock).found()
    with pytest.raises(DatabaseInUse):
        await restored(tmp_path / "backup.db", head_url, replace=True)
    assert len(await councils_in(head_url)) == 1


def test_a_damaged_database_is_set_aside_for_the_backup(sqlite_head_url: str, tmp_path: Path):
    place = Path(str(parsed(sqlite_head_url).database))
    asyncio.run(back_up(sqlite_head_url, tmp_path / "backup.db"))
    place.write_bytes(b"what a broken disk gave back" * 200)
    with pytest.raises(OperatorFault, match="nothing was restored"):
        asyncio.run(restored(tmp_path / "backup.db", sqlite_head_url))
    assert asyncio.run(restored(tmp_path / "backup.db", sqlite_head_url, replace=True)).sound
    [kept] = tmp_path.glob("comity-replaced-*.db")
    assert kept.read_bytes().startswith(b"what a broken disk")


async def altered(url: str, file: Path, clock: SetClock) -> None:
    """A backup of a council in which somebody has altered a ballot."""
    store = Database(url, clock=clock)
    chamber = Chamber(Services.over(store), clock)
    await chamber.found()
    issue = await chamber.propose("Torture")
    await chamber.vote((await chamber.open()).round, issue, 1, "prohibited")
    await store.dispose()
    with closing(sqlite3.connect(str(parsed(url).database))) as connection, connection:
        connection.execute("UPDATE ballots SET position = 'independent'")
    assert not (await back_up(url, file)).sound


async def test_a_disputed_backup_is_restored_only_when_told(sqlite_head_url: str, clock: SetClock, tmp_path: Path):
    file, target = tmp_path / "altered.db", f"sqlite:///{tmp_path / 'target.db'}"
    await altered(sqlite_head_url, file, clock)
    with pytest.raises(OperatorFault, match="1 differences"):
        await restored(file, target)
    assert not (tmp_path / "target.db").exists()
    assert len((await restored(file, target, disputed=True)).faults) == 1


async def test_an_older_versions_backup_is_brought_up_to_date_and_a_newer_ones_refused(tmp_path: Path):
    with closing(sqlite3.connect(tmp_path / "old.db")) as connection:
        connection.executescript((ROOT / "tests" / "data" / "councils-0004.sql").read_text(encoding="utf-8"))
    old = f"sqlite:///{tmp_path / 'old.db'}"
    await downgrade(old, to="0001")
    older, newer = tmp_path / "older.db", tmp_path / "newer.db"
    await back_up(old, older)
    assert await revision(f"sqlite:///{older}") == "0001", "a backup is what was there"
    target = f"sqlite:///{tmp_path / 'target.db'}"
    await restored(older, target)
    assert await revision(target) == newest()
    assert await councils_in(target) == ["The council"] * 4

    shutil.copy(older, newer)
    with closing(sqlite3.connect(newer)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = 'f00d'")
    with pytest.raises(OperatorFault, match="made by a newer version of Comity \\(f00d"):
        await restored(newer, f"sqlite:///{tmp_path / 'other.db'}")
    assert not (tmp_path / "other.db").exists()
    (tmp_path / "notes.db").write_bytes(b"")
    with pytest.raises(OperatorFault, match="is no backup of Comity"):
        await restored(tmp_path / "notes.db", f"sqlite:///{tmp_path / 'other.db'}")


async def test_a_restore_that_fails_midway_changes_nothing(
    postgresql_database_url: str, sqlite_head_url: str, clock: SetClock, tmp_path: Path
):
    await upgrade(postgresql_database_url)
    store = Database(sqlite_head_url, clock=clock)
    await Chamber(Services.over(store), clock).found()
    await store.dispose()
    await back_up(sqlite_head_url, tmp_path / "backup.db")
    engine = migrating_engine(parsed(postgresql_database_url))
    async with engine.begin() as connection:
        await connection.execute(text("INSERT INTO people VALUES (1, NULL, 'mention', now())"))
        await connection.execute(text("ALTER TABLE record_heads ADD CHECK (index < 0)"))
    with pytest.raises(Exception, match="record_heads"):
        await restored(tmp_path / "backup.db", postgresql_database_url)
    async with engine.begin() as connection:
        assert (await connection.execute(text("SELECT count(*) FROM people"))).scalar() == 1
        assert (await connection.execute(text("SELECT count(*) FROM councils"))).scalar() == 0
    await engine.dispose()


def test_a_backup_a_day_and_the_newest_are_kept(sqlite_head_url: str, tmp_path: Path):
    folder = tmp_path / "backups"
    folder.mkdir()
    (folder / "comity-20200101T000000Z.db").write_text("made by hand")
    (folder / ".comity-daily-20261125T030000Z.db.0000.partial").write_text("a crash's")

    def daily(at: datetime) -> tuple[str, int] | None:
        made = back_up_daily(sqlite_head_url, folder, kept=2, now=at)
        return None if made is None else (made.file.name, made.removed)

    assert daily(NOW) == ("comity-daily-20261126T030000Z.db", 0)
    assert daily(NOW + DAY - timedelta(seconds=1)) is None
    assert daily(NOW + DAY) == ("comity-daily-20261127T030000Z.db", 0)
    assert daily(NOW + 2 * DAY) == ("comity-daily-20261128T030000Z.db", 1)
    # A clock that was wrong for a while holds up no later backup.
    assert daily(NOW + 900 * DAY) is not None
    assert daily(NOW + 3 * DAY) == ("comity-daily-20261129T030000Z.db", 0)
    assert daily(NOW + 4 * DAY) == ("comity-daily-20261130T030000Z.db", 1)
    assert sorted(file.name for file in folder.iterdir()) == [
        ".lock",
        "comity-20200101T000000Z.db",
        "comity-daily-20261129T030000Z.db",
        "comity-daily-20261130T030000Z.db",
        "comity-daily-20290514T030000Z.db",
    ]


def test_of_several_processes_one_makes_the_backup(sqlite_head_url: str, tmp_path: Path):
    with alone_in(tmp_path / "backups") as alone:
        assert alone
        assert back_up_daily(sqlite_head_url, tmp_path / "backups", kept=2, now=NOW) is None


async def test_a_disputed_daily_copy_pushes_no_sound_one_out(sqlite_head_url: str, clock: SetClock, tmp_path: Path):
    await altered(sqlite_head_url, tmp_path / "altered.db", clock)
    folder = tmp_path / "backups"
    folder.mkdir()
    (folder / "comity-daily-20261125T030000Z.db").write_text("sound")
    for day in range(2):
        made = await asyncio.to_thread(back_up_daily, sqlite_head_url, folder, kept=1, now=NOW + day * DAY)
        assert made is not None
        assert (made.file.name, made.sound, made.removed) == (DISPUTED, False, 0)
    assert sorted(file.name for file in folder.iterdir()) == [
        ".lock",
        "comity-daily-20261125T030000Z.db",
        DISPUTED,
    ]
