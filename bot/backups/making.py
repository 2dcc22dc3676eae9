"""Backups: one state of the database, of either kind, as one SQLite file, which is verified once it is written.

A backup contains everything that was acknowledged before it began; the bot goes on meanwhile.
"""

import os
import secrets
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.engine import make_url

from bot.faults import OperatorFault
from bot.stores import missing_file
from deliberation.record import Head
from services import Services
from services.record import VerifyReport
from storage.copying import copy_file, copy_rows, damage_in
from storage.database import Database
from storage.engines import database_url
from storage.errors import DatabaseUnusable, operator_errors
from storage.schema import newest, require_newest, revision, upgrade

STAMP = "%Y%m%dT%H%M%SZ"
"""An instant in a file's name, in UTC."""
PARTIAL = ".partial"
_BESIDE = ("", "-journal", "-wal", "-shm")
"""The suffixes of the files that belong to an SQLite database."""


def backup_name(now: datetime) -> str:
    """The name of a backup made by hand."""
    return f"comity-{now.astimezone(UTC).strftime(STAMP)}.db"


async def back_up(url: str, file: Path) -> VerifyReport:
    """Write a backup to `file` and verify it. The file is there whole, or not at all.

    Raises OperatorFault where the file exists already or there is no database, and the errors of `storage.errors`.
    """
    missing = missing_file(url)
    if missing is not None:
        raise OperatorFault(f"There is no database at {missing}: name it in COMITY_DATABASE_URL.")
    with operator_errors(make_url(f"sqlite:///{file}")), written_whole(file) as partial:
        await copy_out(url, partial)
        report = await verified(partial)
    return report


async def copy_out(url: str, file: Path) -> None:
    """Copy the database into a new SQLite file."""
    source = database_url(url)
    if source.get_backend_name() == "sqlite":
        with operator_errors(source):
            copy_file(Path(str(source.database)), file)
        return
    await require_newest(url)
    await upgrade(f"sqlite:///{file}")
    await copy_rows(url, f"sqlite:///{file}")
    fold(file)


async def verified(file: Path) -> VerifyReport:
    """Check the file page by page, then recompute its record and every ruling. A backup of an older version is brought
    up to date for that, in a copy. Raises DatabaseUnusable for a damaged file."""
    damage = damage_in(file)
    if damage is not None:
        raise DatabaseUnusable(database=str(file), reason=damage)
    if await revision(f"sqlite:///{file}") == newest():
        return await audit(f"sqlite:///{file}")
    with scratch_beside(file) as copy:
        copy_file(file, copy)
        await upgrade(f"sqlite:///{copy}")
        return await audit(f"sqlite:///{copy}")


async def audit(url: str, heads: Sequence[Head] = ()) -> VerifyReport:
    """Recompute everything official in the database at `url`, and look for `heads` that somebody saved."""
    store = Database(url)
    try:
        return await Services.over(store).audit.verify(heads)
    finally:
        await store.dispose()


@contextmanager
def written_whole(file: Path) -> Iterator[Path]:
    """A new file to write to, beside `file`. It takes that name once it is whole and on the disk; otherwise it is
    removed.

    Only its owner may read it, since it contains sealed and secret ballots. Raises OperatorFault where `file` exists.
    """
    if file.exists():
        raise OperatorFault(f"{file} is there already: name another file.")
    file.parent.mkdir(parents=True, exist_ok=True)
    with scratch_beside(file) as partial:
        yield partial
        with partial.open("rb+") as written:
            os.fsync(written.fileno())
        partial.replace(file)
        sync_folder(file.parent)


@contextmanager
def scratch_beside(file: Path) -> Iterator[Path]:
    """An empty file in the same folder, readable for its owner alone. It is removed at the end, with the files that
    SQLite put beside it."""
    scratch = file.with_name(f".{file.name}.{secrets.token_hex(4)}{PARTIAL}")
    os.close(os.open(scratch, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        yield scratch
    finally:
        for suffix in _BESIDE:
            scratch.with_name(scratch.name + suffix).unlink(missing_ok=True)


def fold(file: Path) -> None:
    """Merge everything that SQLite wrote beside the file into it."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")


def sync_folder(folder: Path) -> None:
    """Make a changed name durable. Windows cannot open folders, and does not need this."""
    if os.name == "nt":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
