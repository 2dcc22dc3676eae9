"""The time of a clock that is set back now and then, as time servers do by a moment."""

from datetime import datetime, timedelta

TOLERANCE = timedelta(minutes=1)


class SteadyTime:
    """Stands still until a clock that was set back has caught up: a deadline that has passed stays passed, and no
    record's entry is dated before the last. A clock set back by more than `TOLERANCE` was wrong, and is followed."""

    def __init__(self) -> None:
        self._last: datetime | None = None

    def of(self, told: datetime) -> datetime:
        """The time, where the clock tells `told`."""
        if self._last is None or not timedelta(0) < self._last - told <= TOLERANCE:
            self._last = told
        return self._last
