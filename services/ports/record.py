"""Repositories of the record: its entries, what their commitments hide, the running sums of rounds, and what an audit
reads."""

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
    """A row that the record vouches for, as a transaction has left it: the values of its key, and its new or changed
    columns, with the salt for those that name a person; None where the row is gone."""

    table: str
    key: tuple[Any, ...]
    values: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """What a commitment in the record hides. Erasing this row leaves the chain as it is."""

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
        """The round is over: delete its sum and the salt of its commitments."""
        ...


class RecordRepository(Protocol):
    async def lock_head(self, council: CouncilId) -> tuple[int, str]:
        """The number of entries and the digest of the last (the council's genesis where there is none), locked."""
        ...

    async def head(self, council: CouncilId) -> tuple[int, str]: ...
    async def last_of(self, council: CouncilId, kind: EntryKind, *, until: datetime) -> tuple[int, str]:
        """Index and digest of the last entry of that kind entered at or before `until`. Raises LookupError."""
        ...

    async def last_by(self, council: CouncilId, kinds: Iterable[str]) -> tuple[str, ...]:
        """The commitments to the people whom the last entries of these kinds name as `by`, the newest first."""
        ...

    def take_changes(self) -> tuple[Change, ...]:
        """The rows that the record vouches for and that the transaction has changed since the last call."""
        ...

    async def append(self, council: CouncilId, entries: Sequence[Entry]) -> None: ...
    async def register(self, council: CouncilId, digest: str) -> None:
        """Add the council to the register. `digest`: that of its record's first entry."""
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
    """A value that cannot belong in its column."""

    text: str


FoundRow = Mapping[str, Any]
"""A row's columns by name, with `Unreadable` for a value that cannot belong there."""


class AuditRepository(Protocol):
    """Rows come in the order of their keys; other work has its turn in between."""

    async def councils(self) -> Mapping[CouncilId, str]:
        """Every council that anything in the store belongs to, with its name, by id. The name is "" where the council's
        own row is gone."""
        ...

    async def registered(self) -> tuple[Registered, ...]:
        """Every line of the register, the oldest first."""
        ...

    async def head(self, council: CouncilId) -> tuple[int, str] | None:
        """Index and digest of the record's end as stored; None where that is gone or unreadable."""
        ...

    def entries(
        self, council: CouncilId, *, after: int = 0, kinds: Sequence[str] | None = None, most: int | None = None
    ) -> AsyncIterator[Stored]:
        """The entries after index `after`, by index. `kinds`: only these; () for all except those of ballots being
        cast; None for all. `most`: at most so many."""
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
        """What these commitments hide, where it is there and can be read."""
        ...
