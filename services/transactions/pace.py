"""How much one member may do in a short time, so that nobody can flood a council, its record or the bot."""

_ROUNDING = 1e-3
"""Seconds by which sums of large instants may be off."""


class Pace:
    """Lets each person do `burst` things at once, and then one every `every` seconds (a generic cell rate algorithm,
    ITU-T I.371: one number for each person, no lists and no timers).

    What it knows ends with the process. It remembers at most `most` people; those who have been idle for longest are
    forgotten first.
    """

    __slots__ = ("_ahead", "_every", "_free_at", "_most")

    def __init__(self, *, burst: int, every: float, most: int = 20_000) -> None:
        self._every = every
        self._ahead = every * (burst - 1)
        self._most = most
        self._free_at: dict[int, float] = {}

    def wait(self, person: int, now: float) -> float:
        """0.0 where the person may do one more thing at `now`, which is then counted; else the seconds until they may.

        `now`: seconds on any clock that never goes back.
        """
        free_at = self._free_at.get(person, now)
        if free_at < now:
            free_at = now
        too_soon = free_at - self._ahead - now
        if too_soon > _ROUNDING:
            return too_soon
        self._free_at[person] = free_at + self._every
        if len(self._free_at) > self._most:
            self._forget(now)
        return 0.0

    def _forget(self, now: float) -> None:
        """Forget everyone whose full allowance is back; if that is not enough, the half whose allowance is back
        soonest."""
        busy = {person: at for person, at in self._free_at.items() if at > now}
        if len(busy) > self._most // 2:
            latest = sorted(busy, key=busy.__getitem__)[-(self._most // 2) :]
            busy = {person: busy[person] for person in latest}
        self._free_at = busy
