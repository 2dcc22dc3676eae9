"""The pace at which one member may use commands, buttons, menus and forms. Who votes in earnest never notices it."""

import time
from collections.abc import Callable
from typing import ClassVar

from deliberation.errors import DomainError
from services.transactions import Pace


class TooQuick(DomainError):
    """The member did more in a row than anybody does in earnest. Parameter: `again_at`."""

    code: ClassVar[str] = "too_quick"


class Pacing:
    """Sixty interactions at once, then three a second: room for a docket of 25 with two taps each. Two thousand a day,
    then one every half minute. What is suggested while somebody types counts apart.

    `ticks`: seconds on a clock that does not go back.
    """

    def __init__(self, ticks: Callable[[], float] = time.monotonic) -> None:
        self._ticks = ticks
        self._taps = Pace(burst=60, every=1 / 3)
        self._day = Pace(burst=2_000, every=30.0)
        self._typing = Pace(burst=60, every=0.2)

    def wait(self, person: int, *, typing: bool = False) -> float:
        """In how many seconds the person may go on; 0.0 where it may now, which is counted."""
        now = self._ticks()
        if typing:
            return self._typing.wait(person, now)
        return self._taps.wait(person, now) or self._day.wait(person, now)
