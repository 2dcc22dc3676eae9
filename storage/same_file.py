"""An SQLite file that somebody deletes, moves or replaces while the program runs.

The system lets whoever has it open write on into a file without a name, and everything acknowledged since would be gone
at the next start. So each transaction first looks whether its file still stands at its place.
"""

from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine


class FileGone(OSError):
    """No file stands where the program's database was opened."""


class FileReplaced(OSError):
    """Another file stands where the program's database was opened."""


def on_the_same_file(engine: AsyncEngine) -> AsyncEngine:
    """The engine, whose transactions begin only while the file that it opened first stands at its place.

    They raise FileGone while there is none, and no empty file is made in its stead; FileReplaced where it is
    another: beside it lie this one's newest pages, which must not be read into it.
    """
    file = Path(engine.url.database or "")
    opened: list[tuple[int, int]] = []

    def require(*_: Any) -> None:
        try:
            found = file.stat()
        except FileNotFoundError as error:
            raise FileGone from error
        identity = (found.st_dev, found.st_ino)
        opened[:] = opened or [identity]
        if identity != opened[0]:
            raise FileReplaced

    event.listen(engine.sync_engine, "do_connect", require)
    event.listen(engine.sync_engine, "checkout", require)
    return engine
