"""The council's time during a rehearsal: that of the simulated Discord, which follows real time and can be hurried."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

STEP = timedelta(seconds=15)
"""The longest stretch of the council's time that passes at once, so that nothing that falls due in between is
skipped."""
MOST_AHEAD = timedelta(hours=6)
"""How far the clock can be hurried at once."""


class WorldClock:
    """The bot's clock. Until the simulated Discord is ready, it returns the machine's time."""

    def __init__(self) -> None:
        self._read: Callable[[], datetime] = _machine_time
        self._ahead = timedelta(0)

    def follow(self, read: Callable[[], datetime]) -> None:
        """From now on return the time that `read` returns, in aware UTC."""
        self._read = read

    def now(self) -> datetime:
        return self._read()

    def hurry(self, by: timedelta) -> timedelta:
        """Let time go ahead at the next steps; returns how far it will, at most `MOST_AHEAD`."""
        self._ahead = min(self._ahead + by, MOST_AHEAD)
        return self._ahead

    def take_step(self, elapsed: timedelta) -> timedelta:
        """How far to move the council's time now: by `elapsed` and what it was hurried by, at most by a `STEP`.

        What does not fit into the step is left for the next ones.
        """
        self._ahead += elapsed
        step = min(self._ahead, STEP)
        self._ahead -= step
        return step

    @property
    def behind(self) -> bool:
        """Whether more steps should follow at once."""
        return self._ahead > timedelta(0)


def _machine_time() -> datetime:
    return datetime.now(UTC)
