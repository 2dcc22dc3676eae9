"""What an audit reads: the rows as they stand, whatever somebody has put into them.

Nothing here raises for what cannot be read: it comes back as `Unreadable`, and the rest is read on.
"""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from deliberation.ids import CouncilId, RoundId
from deliberation.record import Registered, Stored

from .values import Secret


class Unreadable(NamedTuple):
    """What stands in a column that can hold no such thing."""

    text: str


FoundRow = Mapping[str, Any]
"""A row's columns by name, with `Unreadable` for what is none of their values."""


class AuditRepository(Protocol):
    """Rows come in the order of their keys; the loop turns in between."""

    async def councils(self) -> Mapping[CouncilId, str]:
        """Every council that anything in the store is kept of, also where it has no row of its own any more (""), with
        its name, by id."""
        ...

    async def registered(self) -> tuple[Registered, ...]:
        """Every line of the register, the oldest first."""
        ...

    async def head(self, council: CouncilId) -> tuple[int, str] | None:
        """Index and digest of the record's end as it is noted; None where that is gone or no such thing."""
        ...

    def entries(
        self, council: CouncilId, *, after: int = 0, kinds: Sequence[str] | None = None, most: int | None = None
    ) -> AsyncIterator[Stored]:
        """The entries after that index, by index: of these kinds alone, () for all but those of ballots being cast; of
        all that there are at most so many."""
        ...

    async def entry(self, council: CouncilId, index: int) -> Stored | None:
        """The entry of that index."""
        ...

    async def last_cast(self, council: CouncilId) -> Stored | None:
        """The last entry of ballots being cast."""
        ...

    def rows(self, table: str, council: CouncilId) -> AsyncIterator[FoundRow]:
        """The council's rows of a table of `deliberation.ledger.FORMS`, or of `sums`."""
        ...

    def rows_of_round(self, table: str, round_id: RoundId) -> AsyncIterator[FoundRow]:
        """The round's rows of a table that has a column `round`."""
        ...

    async def secrets(self, commitments: Iterable[str]) -> dict[str, Secret]:
        """What these commitments hide, as far as it is there and can be read."""
        ...
