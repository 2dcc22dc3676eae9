"""The council's time during a rehearsal: the simulated Discord's, in step with real time, and hurried on demand."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

STEP = timedelta(seconds=15)
"""The longest stretch of the council's time that passes at once: what falls due in between is not run over."""
MOST_AHEAD = timedelta(hours=6)
"""How far the clock can be hurried at a time."""


class WorldClock:
    """The bot's clock. Until the simulated Discord stands, it is the machine's."""

    def __init__(self) -> None:
        self._read: Callable[[], datetime] = _machine_time
        self._ahead = timedelta(0)

    def follow(self, read: Callable[[], datetime]) -> None:
        """From now on tell the time that `read` returns, in aware UTC."""
        self._read = read

    def now(self) -> datetime:
        return self._read()

    def hurry(self, by: timedelta) -> timedelta:
        """Let time leap ahead at the next steps; how far it will, which is `MOST_AHEAD` at most."""
        self._ahead = min(self._ahead + by, MOST_AHEAD)
        return self._ahead

    def take_step(self, elapsed: timedelta) -> timedelta:
        """How far to move the council's time now: `elapsed` and what it was hurried by, a `STEP` at most.

        What does not fit into the step is left for the next ones.
        """
        self._ahead += elapsed
        step = min(self._ahead, STEP)
        self._ahead -= step
        return step

    @property
    def behind(self) -> bool:
        """Whether more steps are to follow at once."""
        return self._ahead > timedelta(0)


def _machine_time() -> datetime:
    return datetime.now(UTC)
