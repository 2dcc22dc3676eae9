"""The record's entries and head, and the secrets behind its commitments."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, literal_column, update
from sqlmodel import col, select

from deliberation.ids import CouncilId
from deliberation.record import Entry, EntryKind, Json, Registered
from services.ports import Change, Secret
from storage.repositories.repository import Repository, canonical_text, chunks, found
from storage.tables import RecordEntryRow, RecordHeadRow, RecordSecretRow, RegisterRow

_LAST = 20
_REGISTER = 0x7265676973746572
"""PostgreSQL's advisory lock of whoever adds to the register: the word as a number."""
RARE = col(RecordEntryRow.kind) != literal_column(f"'{EntryKind.BALLOTS_CAST}'")
"""All but the many, written out as in their index, which SQLite would not use for a parameter."""
OF_PERSON = col(RecordSecretRow.label) == literal_column("'person'")
"""The same of what hides people."""
_HEADS = select(RecordHeadRow.index, RecordHeadRow.digest)


class Record(Repository):
    async def lock_head(self, council: CouncilId) -> tuple[int, str]:
        locked = _HEADS.where(RecordHeadRow.council == council).with_for_update()
        index, digest = found((await self._session.exec(locked)).first(), "record", council)
        return index, digest

    async def head(self, council: CouncilId) -> tuple[int, str]:
        stands = _HEADS.where(RecordHeadRow.council == council)
        index, digest = found((await self._session.exec(stands)).first(), "record", council)
        return index, digest

    async def last_of(self, council: CouncilId, kind: EntryKind, *, until: datetime) -> tuple[int, str]:
        entered = select(RecordEntryRow.index, RecordEntryRow.digest).where(
            RecordEntryRow.council == council, RecordEntryRow.kind == kind, RecordEntryRow.at <= until
        )
        last = entered.order_by(col(RecordEntryRow.index).desc()).limit(1)
        index, digest = found((await self._session.exec(last)).first(), kind, council)
        return index, digest

    async def last_by(self, council: CouncilId, kinds: Iterable[str]) -> tuple[str, ...]:
        entered = select(RecordEntryRow.data).where(
            RecordEntryRow.council == council, col(RecordEntryRow.kind).in_(list(kinds))
        )
        rows = await self._session.exec(entered.order_by(col(RecordEntryRow.index).desc()).limit(_LAST))
        named = (_figures(data).get("by") for data in rows)
        return tuple(commitment for commitment in named if isinstance(commitment, str))

    def take_changes(self) -> tuple[Change, ...]:
        return self._changes.take()

    async def append(self, council: CouncilId, entries: Sequence[Entry]) -> None:
        if not entries:
            return
        await self._add_all(RecordEntryRow, [entry_values(council, entry) for entry in entries])
        last = {"index": entries[-1].index, "digest": entries[-1].digest}
        await self._session.exec(update(RecordHeadRow).where(col(RecordHeadRow.council) == council).values(last))

    async def register(self, council: CouncilId, digest: str) -> None:
        if self._dialect == "postgresql":
            await self._session.exec(select(func.pg_advisory_xact_lock(_REGISTER)))
        newest = select(RegisterRow).order_by(col(RegisterRow.number).desc()).limit(1)
        last = (await self._session.exec(newest)).first()
        number, previous = (1, "") if last is None else (last.number + 1, _registered(last).sealed)
        await self._store(RegisterRow(number=number, council=council, digest=digest, previous=previous))

    async def registered(self) -> tuple[Registered, ...]:
        rows = await self._session.exec(select(RegisterRow).order_by(col(RegisterRow.number)))
        return tuple(map(_registered, rows))

    async def entries(self, council: CouncilId) -> tuple[Entry, ...]:
        query = select(RecordEntryRow).where(RecordEntryRow.council == council).order_by(col(RecordEntryRow.index))
        return tuple([as_entry(row) async for row in self._in_turns(query)])

    async def keep(self, council: CouncilId, secrets: Sequence[Secret]) -> None:
        values = [
            {
                "commitment": secret.commitment,
                "council": council,
                "label": secret.label,
                "salt": secret.salt,
                "value": secret.value,
            }
            for secret in secrets
        ]
        await self._each(self._insert(RecordSecretRow).on_conflict_do_nothing(), values)

    async def secrets(self, commitments: Iterable[str]) -> dict[str, Secret]:
        secrets: dict[str, Secret] = {}
        for chunk in chunks(commitments):
            kept = select(RecordSecretRow).where(col(RecordSecretRow.commitment).in_(chunk))
            secrets.update({row.commitment: as_secret(row) for row in await self._session.exec(kept)})
        return secrets


def entry_values(council: CouncilId, entry: Entry) -> dict[str, Any]:
    return {
        "council": council,
        "index": entry.index,
        "at": entry.at,
        "kind": entry.kind,
        "data": canonical_text(entry.data),
        "previous": entry.previous,
        "digest": entry.digest,
    }


def as_entry(row: RecordEntryRow) -> Entry:
    return Entry(
        index=row.index,
        at=row.at,
        kind=row.kind,
        data=_figures(row.data),
        previous=row.previous,
        digest=row.digest,
    )


def as_secret(row: RecordSecretRow) -> Secret:
    return Secret(commitment=row.commitment, label=row.label, salt=row.salt, value=row.value)


def _registered(row: RegisterRow) -> Registered:
    return Registered(CouncilId(row.council), row.digest, row.previous)


def _figures(text: str) -> dict[str, Json]:
    """The entry's data. What could never have been entered is kept as it stands, so that an audit can name it."""
    try:
        data = json.loads(text)
    except ValueError:
        data = None
    return data if isinstance(data, dict) else {"unreadable": text}
