"""Restoring a backup into the database that the settings name, of either kind: all of it, or nothing changes."""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import URL
from sqlalchemy.engine import make_url

from bot.faults import OperatorFault, shown_url
from services.record import VerifyReport
from storage.copying import copy_file, copy_rows, let_go, require_unused
from storage.database import Database
from storage.engines import database_url
from storage.errors import DatabaseNewer, operator_errors
from storage.schema import newest, revision, upgrade

from .making import audit, back_up, backup_name, fold, scratch_beside, sync_folder, verified


class Restored(NamedTuple):
    """What was restored, and where the former contents are now (None: there were none)."""

    report: VerifyReport
    kept: Path | None


async def restore(file: Path, url: str, *, replace: bool, disputed: bool, keep_in: Path, now: datetime) -> Restored:
    """Put the backup's contents into the database, brought up to this version, and verify the result.

    `replace`: do it even where the database has councils. Its contents are saved: an SQLite file beside its place,
    those of PostgreSQL as a backup in the folder `keep_in`. `disputed`: do it even if the backup's record does not
    verify. Raises OperatorFault, and the errors of `storage.errors`, among them DatabaseInUse while a bot has the
    database open.
    """
    target = database_url(url)
    with _folder_for(target) as folder, scratch_beside(folder / "restored.db") as copy:
        report = await _prepared(file, copy, disputed=disputed)
        if target.get_backend_name() == "sqlite":
            kept = _put_in_place(copy, Path(str(target.database)), replace=replace, now=now)
        else:
            kept = await _fill(copy, url, replace=replace, keep=keep_in / f"replaced-{backup_name(now)}")
    if await audit(url) != report:
        raise OperatorFault(
            f"What stands in {shown_url(url)} now differs from the backup {file}. Restore it once more into an empty "
            "database, and check the disk."
        )
    return Restored(report, kept)


@contextmanager
def _folder_for(target: URL) -> Iterator[Path]:
    """The folder in which the backup is prepared: beside an SQLite database, so that the copy can take its name at
    once."""
    if target.get_backend_name() == "sqlite":
        folder = Path(str(target.database)).parent
        with operator_errors(target):
            folder.mkdir(parents=True, exist_ok=True)
        yield folder
        return
    with tempfile.TemporaryDirectory(prefix="comity-restore-") as made:
        yield Path(made)


async def _prepared(file: Path, copy: Path, *, disputed: bool) -> VerifyReport:
    """Copy the backup, verify the copy and bring it up to date."""
    _copy(file, copy)
    found = await revision(f"sqlite:///{copy}")
    if found is None:
        raise OperatorFault(f"{file} is no backup of Comity.")
    try:
        report = await verified(copy)
    except DatabaseNewer:
        raise OperatorFault(
            f"The backup {file} was made by a newer version of Comity ({found}, after {newest()}). "
            "Install that version to restore it."
        ) from None
    if not report.sound and not disputed:
        raise OperatorFault(
            f"The record in {file} does not verify: {report.differences} differences. Restore another backup, or this "
            "one all the same with --disputed; comity verify then names them."
        )
    await upgrade(f"sqlite:///{copy}")
    fold(copy)
    return report


def _copy(file: Path, copy: Path) -> None:
    if not file.is_file():
        raise OperatorFault(f"There is no backup at {file}.")
    with operator_errors(make_url(f"sqlite:///{file}")):
        copy_file(file, copy)


def _put_in_place(copy: Path, place: Path, *, replace: bool, now: datetime) -> Path | None:
    """Give the copy the database's name. The file that was there, even a damaged or newer one, is renamed."""
    kept = None
    with operator_errors(make_url(f"sqlite:///{place}")):
        if place.exists():
            if not replace and _holds_something(place):
                raise OperatorFault(_occupied(str(place)))
            _require_unused(place)
            kept = place.with_name(f"{place.stem}-replaced-{backup_name(now).removeprefix('comity-')}")
            for suffix in ("-wal", "-shm", "-journal", ""):
                beside = place.with_name(place.name + suffix)
                if beside.exists():
                    beside.rename(kept.with_name(kept.name + suffix))
        copy.rename(place)
        sync_folder(place.parent)
    return kept


def _holds_something(place: Path) -> bool:
    """Whether there is a council in the file, or anything that cannot be read as a database of Comity."""
    if place.stat().st_size == 0:
        return False
    with closing(sqlite3.connect(place)) as connection:
        try:
            return connection.execute("SELECT 1 FROM councils LIMIT 1").fetchone() is not None
        except sqlite3.DatabaseError as error:
            return "no such table" not in str(error)


def _require_unused(place: Path) -> None:
    """Raises DatabaseInUse while a bot has the file open. A damaged file cannot be checked, but no bot can use it."""
    try:
        let_go(place)
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
            raise


async def _fill(copy: Path, url: str, *, replace: bool, keep: Path) -> Path | None:
    """Put the copy's rows into the PostgreSQL database, in one transaction."""
    await require_unused(url)
    await upgrade(url)
    occupied = await _has_councils(url)
    if occupied and not replace:
        raise OperatorFault(_occupied(shown_url(url)))
    if occupied:
        await back_up(url, keep)
    await copy_rows(f"sqlite:///{copy}", url)
    return keep if occupied else None


async def _has_councils(url: str) -> bool:
    store = Database(url)
    try:
        async with store.read() as uow:
            return bool(await uow.councils.list_all())
    finally:
        await store.dispose()


def _occupied(where: str) -> str:
    return (
        f"There are councils in {where}: nothing was restored.\n"
        "Name an empty database in COMITY_DATABASE_URL, or give --replace, which keeps what is there."
    )
