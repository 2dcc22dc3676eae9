"""The heartbeat file: a running bot touches it, the container's health check looks at its age."""

from datetime import timedelta
from pathlib import Path

import structlog

log = structlog.get_logger(__name__)

FRESH = timedelta(seconds=90)


def beat(file: Path) -> None:
    """Touch the file. A folder that cannot be written is logged: the bot can do without."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    except OSError as error:
        log.warning("heartbeat_not_written", file=str(file), reason=str(error))


def is_alive(file: Path, *, now: float) -> bool:
    """Whether the file was touched within `FRESH` before `now`, in seconds since the epoch."""
    try:
        return now - file.stat().st_mtime < FRESH.total_seconds()
    except OSError:
        return False
