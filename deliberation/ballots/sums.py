"""A round's running sum: what its ballots add up to, stored beside them as in double-entry bookkeeping.

Every group of ballots is entered into the record with a commitment to the sum after it. The ballots themselves are
counted at the close. If they do not add up to that sum, somebody has changed what was cast.
"""

import json
from collections.abc import Mapping
from typing import Any, Self

from deliberation.categories import Position
from deliberation.ids import IssueId
from deliberation.rounds import Entitlement
from deliberation.rulings.tallies import Tally

_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":")).encode
Figures = list[int]
"""The number of seats, their total weight, and the number of them with a veto."""


class Sum:
    """Figures of the seats entitled in a round, and of those whose ballot on each issue stands at each position."""

    __slots__ = ("_cast", "_entitled")

    def __init__(self) -> None:
        self._entitled: Figures = [0, 0, 0]
        self._cast: dict[str, dict[str, Figures]] = {}

    @classmethod
    def read(cls, text: str) -> Self:
        """The sum whose `text` this is. Raises ValueError for anything else."""
        read = cls()
        try:
            data: Any = json.loads(text)
            read._entitled = [int(figure) for figure in data["entitled"]]
            read._cast = {issue: dict(positions) for issue, positions in data["cast"].items()}
        except (AttributeError, KeyError, RecursionError, TypeError) as error:
            raise ValueError("no sum of a round") from error
        return read

    @classmethod
    def of(cls, tallies: Mapping[IssueId, Tally], *, entitled: tuple[int, int, int]) -> Self:
        """The sum of the counted ballots. `entitled`: the number of seats, their weight, and the number with a veto."""
        counted = cls()
        counted._entitled = list(entitled)
        for issue, tally in tallies.items():
            for position, count in tally.counts.items():
                vetoes = sum(cast is position for cast in tally.vetoes.values())
                counted._add(issue, position, count.seats, count.weight, vetoes)
        return counted

    def entitle(self, entitlement: Entitlement) -> None:
        """One more seat may vote."""
        self._entitled = [
            figure + more
            for figure, more in zip(self._entitled, (1, entitlement.weight, int(entitlement.veto)), strict=True)
        ]

    def move(self, issue: IssueId, seat: Entitlement, *, before: Position | None, now: Position | None) -> None:
        """The seat's ballot on the issue changes from `before` to `now`; None: no ballot."""
        for position, sign in ((before, -1), (now, 1)):
            if position is not None:
                self._add(issue, position, sign, sign * seat.weight, sign * seat.veto)

    @property
    def text(self) -> str:
        """The text of the sum for its commitment: equal sums have equal texts."""
        return _encode({"cast": self._cast, "entitled": self._entitled})

    def _add(self, issue: IssueId, position: Position, seats: int, weight: int, vetoes: int) -> None:
        key, value = str(issue), position.value
        positions = self._cast.setdefault(key, {})
        stood = positions.setdefault(value, [0, 0, 0])
        stood[0] += seats
        stood[1] += weight
        stood[2] += vetoes
        if not any(stood):
            del positions[value]
            if not positions:
                del self._cast[key]
