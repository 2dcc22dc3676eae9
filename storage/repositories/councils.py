"""Councils, and the rules texts that they and their rounds are stored with."""

import json
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlmodel import col, select

from deliberation.codec import rules_from_data, rules_to_data
from deliberation.councils import Council, CouncilExists
from deliberation.ids import ChannelId, CouncilId, RoleId
from deliberation.record import genesis
from deliberation.rules import Rules
from storage.tables import CouncilRow, RecordHeadRow

from .repository import Repository, canonical_text, differing, found


def rules_text(rules: Rules) -> str:
    return canonical_text(rules_to_data(rules))


@lru_cache(maxsize=256)
def rules_of(text: str) -> Rules:
    """The rules of a stored text. Rules are immutable and every ballot needs its round's: each text is read once."""
    return rules_from_data(json.loads(text))


class Councils(Repository):
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
        adding = self._insert(CouncilRow).values(
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
        once = adding.on_conflict_do_nothing(index_elements=["channel"]).returning(col(CouncilRow.id))
        number = (await self._session.exec(once)).scalar()
        if number is None:
            named = select(CouncilRow.name).where(CouncilRow.channel == channel)
            raise CouncilExists(name=(await self._session.exec(named)).one())
        row = (await self._session.exec(select(CouncilRow).where(CouncilRow.id == number))).one()
        self._changes.note(CouncilRow, vars(row))
        await self._store(RecordHeadRow(council=row.id, index=0, digest=genesis(CouncilId(row.id)), forgotten=0))
        return as_council(row)

    async def get(self, council: CouncilId) -> Council:
        row = (await self._session.exec(select(CouncilRow).where(CouncilRow.id == council))).first()
        return as_council(found(row, "council", council))

    async def find_in(self, channel: ChannelId) -> Council | None:
        row = (await self._session.exec(select(CouncilRow).where(CouncilRow.channel == channel))).first()
        return None if row is None else as_council(row)

    async def lock(self, council: CouncilId) -> Council:
        # Not the key: rows that refer to the council may be added meanwhile.
        locked = select(CouncilRow).where(CouncilRow.id == council).with_for_update(key_share=True)
        return as_council(found((await self._session.exec(locked)).first(), "council", council))

    async def put(self, council: Council, *, before: Council) -> None:
        await self._update(CouncilRow, {"id": council.id}, differing(_changing(council), _changing(before)))

    async def list_all(self) -> tuple[Council, ...]:
        rows = await self._session.exec(select(CouncilRow).order_by(col(CouncilRow.id)))
        return tuple(map(as_council, rows))


def _changing(council: Council) -> dict[str, Any]:
    return {
        "name": council.name,
        "rules": rules_text(council.rules),
        "chair_role": council.chair_role,
        "voter_role": council.voter_role,
        "closed_at": council.closed_at,
    }


def as_council(row: CouncilRow) -> Council:
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
