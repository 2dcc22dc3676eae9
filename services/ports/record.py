"""Repositories of the record: its entries, what they hide, the running sums of rounds, and what an audit reads."""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from deliberation.ids import CouncilId, RoundId
from deliberation.record import Entry, EntryKind, Registered, Stored


class RunningSum(NamedTuple):
    """What a round's ballots add up to so far (`deliberation.ballots.sums`), and the salt of the commitments to it."""

    salt: bytes
    text: str


class Change(NamedTuple):
    """A row that the record vouches for, as a transaction has left it: the values of its key, and its columns that are
    new or changed, beside the salt for those that name a person; None where it is gone."""

    table: str
    key: tuple[Any, ...]
    values: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """What a commitment in the record hides: erasing the row leaves the chain as it is."""

    commitment: str
    label: str
    salt: bytes
    value: str


class SumRepository(Protocol):
    async def find(self, rounds: Iterable[RoundId]) -> dict[RoundId, RunningSum]:
        """The running sums of those rounds that have one."""
        ...

    async def put(self, sums: Mapping[RoundId, RunningSum]) -> None:
        """Insert or replace."""
        ...

    async def end(self, round_id: RoundId) -> None:
        """The round is over: its sum, and the salt of its commitments, are needed no more."""
        ...


class RecordRepository(Protocol):
    async def lock_head(self, council: CouncilId) -> tuple[int, str]:
        """The number of entries and the digest of the last (the council's genesis where there is none), locked."""
        ...

    async def head(self, council: CouncilId) -> tuple[int, str]: ...
    async def last_of(self, council: CouncilId, kind: EntryKind, *, until: datetime) -> tuple[int, str]:
        """Index and digest of the last entry of that kind that was entered at or before `until`. Raises LookupError."""
        ...

    async def last_by(self, council: CouncilId, kinds: Iterable[str]) -> tuple[str, ...]:
        """The commitments to whom the last entries of these kinds name as `by`, the newest first."""
        ...

    def take_changes(self) -> tuple[Change, ...]:
        """The rows that the record vouches for which the transaction has changed since this was last asked."""
        ...

    async def append(self, council: CouncilId, entries: Sequence[Entry]) -> None: ...
    async def register(self, council: CouncilId, digest: str) -> None:
        """Add the council to the register: `digest` is that of its record's first entry."""
        ...

    async def registered(self) -> tuple[Registered, ...]:
        """Every line of the register, the oldest first."""
        ...

    async def entries(self, council: CouncilId) -> tuple[Entry, ...]:
        """By index."""
        ...

    async def keep(self, council: CouncilId, secrets: Sequence[Secret]) -> None: ...
    async def secrets(self, commitments: Iterable[str]) -> dict[str, Secret]: ...


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
        """The council's rows of a table of `deliberation.record.ledger.FORMS`, or of `sums`."""
        ...

    def rows_of_round(self, table: str, round_id: RoundId) -> AsyncIterator[FoundRow]:
        """The round's rows of a table that has a column `round`."""
        ...

    async def secrets(self, commitments: Iterable[str]) -> dict[str, Secret]:
        """What these commitments hide, as far as it is there and can be read."""
        ...
