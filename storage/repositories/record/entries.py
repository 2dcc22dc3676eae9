"""The record's entries and head, and the secrets behind its commitments."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, func, select, update

from deliberation.ids import CouncilId
from deliberation.record import Entry, Json, Registered
from services.ports import Change, Secret
from storage.repositories.connected import Connected, canonical_text, chunks, found
from storage.repositories.prepared import Prepared, PreparedInsert
from storage.tables import record_entries, record_heads, record_secrets, register

_LAST = 20
_REGISTER = 0x7265676973746572
"""PostgreSQL's advisory lock of whoever adds to the register: the word as a number."""
# A row's own `index` is a method of tuples.
_HEAD = (record_entries.c.index.label("position"), record_entries.c.digest)

_OF_COUNCIL = record_heads.c.council == bindparam("of_council")
_HEAD_OF = select(record_heads.c.index.label("position"), record_heads.c.digest).where(_OF_COUNCIL)
_STANDING, _LOCKED = Prepared(_HEAD_OF), Prepared(_HEAD_OF.with_for_update())
_MOVE_ON = Prepared(
    update(record_heads)
    .where(_OF_COUNCIL)
    .values({"index": bindparam("last_index"), "digest": bindparam("last_digest")})
)
_NEW_ENTRY = PreparedInsert(record_entries.insert())


class Record(Connected):
    async def lock_head(self, council: CouncilId) -> tuple[int, str]:
        return await self._head(council, _LOCKED)

    async def head(self, council: CouncilId) -> tuple[int, str]:
        return await self._head(council, _STANDING)

    async def last_of(self, council: CouncilId, kind: str, *, until: datetime) -> tuple[int, str]:
        entered = select(*_HEAD).where(
            record_entries.c.council == council, record_entries.c.kind == kind, record_entries.c.at <= until
        )
        row = found(await self._first(entered.order_by(record_entries.c.index.desc()).limit(1)), kind, council)
        return row.position, row.digest

    async def last_by(self, council: CouncilId, kinds: Iterable[str]) -> tuple[str, ...]:
        entered = select(record_entries.c.data).where(
            record_entries.c.council == council, record_entries.c.kind.in_(list(kinds))
        )
        rows = await self._rows(entered.order_by(record_entries.c.index.desc()).limit(_LAST))
        named = (_figures(row.data).get("by") for row in rows)
        return tuple(commitment for commitment in named if isinstance(commitment, str))

    def take_changes(self) -> tuple[Change, ...]:
        return self._changes.take()

    async def append(self, council: CouncilId, entries: Sequence[Entry]) -> None:
        if not entries:
            return
        values = [
            {
                "council": council,
                "index": entry.index,
                "at": entry.at,
                "kind": entry.kind,
                "data": canonical_text(entry.data),
                "previous": entry.previous,
                "digest": entry.digest,
            }
            for entry in entries
        ]
        await self._each(_NEW_ENTRY, values)
        last = {"last_index": entries[-1].index, "last_digest": entries[-1].digest}
        await self._each(_MOVE_ON, [{"of_council": council, **last}])

    async def register(self, council: CouncilId, digest: str) -> None:
        if self._connection.dialect.name == "postgresql":
            await self._connection.execute(select(func.pg_advisory_xact_lock(_REGISTER)))
        last = await self._first(select(register).order_by(register.c.number.desc()).limit(1))
        number, previous = (1, "") if last is None else (last.number + 1, _registered(last).sealed)
        line = {"number": number, "council": council, "digest": digest, "previous": previous}
        await self._connection.execute(register.insert().values(**line))

    async def registered(self) -> tuple[Registered, ...]:
        rows = await self._rows(select(register).order_by(register.c.number))
        return tuple(_registered(row) for row in rows)

    async def entries(self, council: CouncilId) -> tuple[Entry, ...]:
        query = select(record_entries).where(record_entries.c.council == council).order_by(record_entries.c.index)
        return tuple(as_entry(row) for row in await self._rows(query))

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
        await self._each(self._adding(record_secrets), values)

    async def secrets(self, commitments: Iterable[str]) -> dict[str, Secret]:
        secrets: dict[str, Secret] = {}
        for chunk in chunks(commitments):
            for row in await self._rows(select(record_secrets).where(record_secrets.c.commitment.in_(chunk))):
                secrets[row.commitment] = as_secret(row)
        return secrets

    async def _head(self, council: CouncilId, query: Prepared) -> tuple[int, str]:
        row = found(await self._first(query, of_council=council), "record", council)
        return row.position, row.digest


def _registered(row: Row[Any]) -> Registered:
    return Registered(CouncilId(row.council), row.digest, row.previous)


def as_entry(row: Row[Any]) -> Entry:
    columns = row._mapping
    return Entry(
        index=columns["index"],
        at=row.at,
        kind=row.kind,
        data=_figures(row.data),
        previous=row.previous,
        digest=row.digest,
    )


def _figures(text: str) -> dict[str, Json]:
    """The entry's data. What could never have been entered is kept as it stands, so that an audit can name it."""
    try:
        data = json.loads(text)
    except ValueError:
        data = None
    return data if isinstance(data, dict) else {"unreadable": text}


def as_secret(row: Row[Any]) -> Secret:
    return Secret(commitment=row.commitment, label=row.label, salt=row.salt, value=row.value)
