"""Each interaction is carried out once, though a gateway that resumes may deliver it again."""

MOST = 50_000
"""Ids remembered at least: of many minutes even in a rush, and twice as many at most."""


class Once:
    """Remembers the ids of the interactions that came last."""

    def __init__(self, *, most: int = MOST) -> None:
        self._most = most
        self._recent: set[int] = set()
        self._earlier: set[int] = set()

    def is_new(self, interaction: int) -> bool:
        """Whether the interaction with this id comes for the first time; it is remembered."""
        if interaction in self._recent or interaction in self._earlier:
            return False
        if len(self._recent) >= self._most:
            self._recent, self._earlier = set(), self._recent
        self._recent.add(interaction)
        return True
