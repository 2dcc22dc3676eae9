"""The daily backups of an SQLite database, of which the newest are retained. Their names show when one is due."""

import asyncio
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import structlog
from sqlalchemy.engine import make_url

from bot.settings import Settings
from bot.worker.process import Worker
from storage.errors import operator_errors

from .making import PARTIAL, STAMP, back_up

log = structlog.get_logger(__name__)

LOOK = timedelta(hours=1)
"""How often it is checked whether a backup is due; one that failed is then tried again."""
A_DAY = timedelta(days=1)
DISPUTED = "comity-disputed.db"
"""The name of the latest daily copy whose record is disputed: it replaces no sound backup."""
_DAILY = "comity-daily-"


class Daily(NamedTuple):
    """The outcome of a daily backup: the file written, whether its record verifies, and how many old ones were
    removed."""

    file: Path
    sound: bool
    removed: int


class DailyBackups:
    """Lets the worker make the day's backup of the database that the settings name."""

    def __init__(self, settings: Settings, worker: Worker) -> None:
        self._settings = settings
        self._worker = worker

    async def make(self) -> None:
        """Make the backup if it is due. Raises what the worker raises, and DailyBackupDisputed."""
        began = time.monotonic()
        settings, now = self._settings, datetime.now(UTC)
        made = await self._worker.run(
            back_up_daily, settings.database_url, settings.backup_folder, kept=settings.backups_kept, now=now
        )
        if made is None:
            return
        if not made.sound:
            raise DailyBackupDisputed(f"{made.file} does not verify: comity verify says where")
        seconds = round(time.monotonic() - began, 1)
        log.info("backup_written", file=str(made.file), removed=made.removed, seconds=seconds)


class DailyBackupDisputed(Exception):
    """The record or a ruling in the database, and so in the copy, has been changed."""


def dailies(folder: Path) -> dict[datetime, Path]:
    """The daily backups by the instant in their names, the oldest first."""
    found: dict[datetime, Path] = {}
    for file in folder.glob(f"{_DAILY}*.db"):
        try:
            found[datetime.strptime(file.stem.removeprefix(_DAILY), STAMP).replace(tzinfo=UTC)] = file
        except ValueError:
            continue
    return dict(sorted(found.items()))


def latest_daily(folder: Path, *, now: datetime) -> datetime | None:
    """When the newest daily backup was made. One dated in the future, from before a clock was corrected, does not
    count."""
    return max((made for made in dailies(folder) if made <= now), default=None)


@contextmanager
def alone_in(folder: Path) -> Iterator[bool]:
    """Yields whether no other process is at work in the folder. If so, the folder is locked until the block ends; a
    crash unlocks it too."""
    folder.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(folder / ".lock", timeout=0, isolation_level=None)) as lock:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname != "SQLITE_BUSY":
                raise
            yield False
        else:
            yield True


def back_up_daily(url: str, folder: Path, *, kept: int, now: datetime) -> Daily | None:
    """Make the day's backup and remove all but the `kept` newest. None where no backup is due, or another process makes
    it.

    For the worker process: it starts its own event loop. Old backups are removed only once the new one is verified; a
    disputed one is stored under the name DISPUTED. Raises as `back_up`.
    """
    with operator_errors(make_url(f"sqlite:///{folder / '.lock'}")), alone_in(folder) as alone:
        latest = latest_daily(folder, now=now)
        if not alone or (latest is not None and now - latest < A_DAY):
            return None
        for leftover in folder.glob(f".{_DAILY}*{PARTIAL}*"):
            leftover.unlink(missing_ok=True)
        file = folder / f"{_DAILY}{now.astimezone(UTC).strftime(STAMP)}.db"
        report = asyncio.run(back_up(url, file))
        if not report.sound:
            return Daily(file.replace(folder / DISPUTED), sound=False, removed=0)
        old = [path for made, path in dailies(folder).items() if made <= now][:-kept]
        for each in old:
            each.unlink()
        return Daily(file, sound=True, removed=len(old))
