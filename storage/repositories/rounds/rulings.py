"""What rounds have decided."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Row, select

from deliberation.codec import ruling_from_data, ruling_to_data
from deliberation.ids import IssueId, RoundId
from deliberation.rounds import Round
from deliberation.rulings import Ruling
from storage import tables
from storage.repositories.connected import Connected, canonical_text, chunks
from storage.repositories.prepared import OneOf, Prepared
from storage.tables import rounds

from .rounds import as_round

_RULINGS = tables.rulings

_HISTORY = Prepared(
    select(rounds, _RULINGS.c.issue, _RULINGS.c.ruling)
    .join(_RULINGS, _RULINGS.c.round == rounds.c.id)
    .where(OneOf(_RULINGS.c.issue, "issues"))
    .order_by(rounds.c.number, _RULINGS.c.issue)
)


class Rulings(Connected):
    async def add(self, round_id: RoundId, rulings: Mapping[IssueId, Ruling]) -> None:
        values = [
            {"round": round_id, "issue": issue, "ruling": canonical_text(ruling_to_data(ruling))}
            for issue, ruling in sorted(rulings.items())
        ]
        await self._each(_RULINGS.insert(), values)

    async def of_round(self, round_id: RoundId) -> dict[IssueId, Ruling]:
        rows = await self._rows(select(_RULINGS).where(_RULINGS.c.round == round_id).order_by(_RULINGS.c.issue))
        return {IssueId(row.issue): _ruling(row) for row in rows}

    async def of_issues(self, issues: Iterable[IssueId]) -> dict[IssueId, tuple[tuple[Round, Ruling], ...]]:
        history: dict[IssueId, list[tuple[Round, Ruling]]] = {issue: [] for issue in issues}
        for chunk in chunks(history):
            for row in await self._rows(_HISTORY, issues=chunk):
                history[IssueId(row.issue)].append((as_round(row), _ruling(row)))
        return {issue: tuple(listed) for issue, listed in history.items()}


def _ruling(row: Row[Any]) -> Ruling:
    return ruling_from_data(json.loads(row.ruling))
