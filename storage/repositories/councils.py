"""Councils, and the rules texts that they and their rounds are stored with."""

import json
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Row, bindparam, select

from deliberation.codec import rules_from_data, rules_to_data
from deliberation.councils import Council, CouncilExists
from deliberation.ids import ChannelId, CouncilId, RoleId
from deliberation.record import genesis
from deliberation.rules import Rules
from storage.tables import councils, record_heads

from .connected import Connected, canonical_text, differing, found
from .prepared import Prepared


def rules_text(rules: Rules) -> str:
    return canonical_text(rules_to_data(rules))


@lru_cache(maxsize=256)
def rules_of(text: str) -> Rules:
    """The rules of a stored text. Rules are immutable and every ballot needs its round's: each text is read once."""
    return rules_from_data(json.loads(text))


_BY_ID = select(councils).where(councils.c.id == bindparam("id"))
_GET, _LOCKED = Prepared(_BY_ID), Prepared(_BY_ID.with_for_update(key_share=True))


class Councils(Connected):
    async def add(
        self,
        *,
        guild: int,
        channel: ChannelId,
        name: str,
        language: str,
        rules: Rules,
        chair_role: RoleId | None,
        voter_role: RoleId | None,
        at: datetime,
    ) -> Council:
        insert = self._inserting(councils).values(
            guild=guild,
            channel=channel,
            name=name,
            language=language,
            rules=rules_text(rules),
            chair_role=chair_role,
            voter_role=voter_role,
            created_at=at,
            closed_at=None,
        )
        row = await self._first(insert.on_conflict_do_nothing(index_elements=["channel"]).returning(councils))
        if row is None:
            raise CouncilExists(name=await self._value(select(councils.c.name).where(councils.c.channel == channel)))
        council = _council(row)
        self._changes.note(councils, row._mapping)
        await self._connection.execute(
            record_heads.insert().values(council=council.id, index=0, digest=genesis(council.id))
        )
        return council

    async def get(self, council: CouncilId) -> Council:
        return _council(found(await self._first(_GET, id=council), "council", council))

    async def find_in(self, channel: ChannelId) -> Council | None:
        row = await self._first(select(councils).where(councils.c.channel == channel))
        return None if row is None else _council(row)

    async def lock(self, council: CouncilId) -> Council:
        # Not the key: rows that refer to the council may be added meanwhile.
        return _council(found(await self._first(_LOCKED, id=council), "council", council))

    async def put(self, council: Council, *, before: Council) -> None:
        await self._update(councils, {"id": council.id}, differing(_changing(council), _changing(before)))

    async def list_all(self) -> tuple[Council, ...]:
        return tuple(_council(row) for row in await self._rows(select(councils).order_by(councils.c.id)))


def _changing(council: Council) -> dict[str, Any]:
    return {
        "name": council.name,
        "rules": rules_text(council.rules),
        "chair_role": council.chair_role,
        "voter_role": council.voter_role,
        "closed_at": council.closed_at,
    }


def _council(row: Row[Any]) -> Council:
    return Council(
        id=CouncilId(row.id),
        guild=row.guild,
        channel=ChannelId(row.channel),
        name=row.name,
        language=row.language,
        rules=rules_of(row.rules),
        chair_role=None if row.chair_role is None else RoleId(row.chair_role),
        voter_role=None if row.voter_role is None else RoleId(row.voter_role),
        created_at=row.created_at,
        closed_at=row.closed_at,
    )
