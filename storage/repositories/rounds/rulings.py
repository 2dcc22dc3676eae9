"""What rounds have decided."""

import json
from collections.abc import Iterable, Mapping

from sqlmodel import col, select

from deliberation.codec import ruling_from_data, ruling_to_data
from deliberation.ids import IssueId, RoundId
from deliberation.rounds import Round
from deliberation.rulings import Ruling
from storage.repositories.repository import Repository, canonical_text, chunks
from storage.tables import RoundRow, RulingRow

from .rounds import as_round


class Rulings(Repository):
    async def add(self, round_id: RoundId, rulings: Mapping[IssueId, Ruling]) -> None:
        values = [
            {"round": round_id, "issue": issue, "ruling": canonical_text(ruling_to_data(ruling))}
            for issue, ruling in sorted(rulings.items())
        ]
        await self._add_all(RulingRow, values)

    async def of_round(self, round_id: RoundId) -> dict[IssueId, Ruling]:
        of_round = select(RulingRow).where(RulingRow.round == round_id).order_by(col(RulingRow.issue))
        return {IssueId(row.issue): _ruling(row) for row in await self._session.exec(of_round)}

    async def of_issues(self, issues: Iterable[IssueId]) -> dict[IssueId, tuple[tuple[Round, Ruling], ...]]:
        history: dict[IssueId, list[tuple[Round, Ruling]]] = {issue: [] for issue in issues}
        told = select(RoundRow, RulingRow).join(RulingRow, col(RulingRow.round) == RoundRow.id)
        told = told.order_by(col(RoundRow.number), col(RulingRow.issue))
        for chunk in chunks(history):
            for round_, ruling in await self._session.exec(told.where(col(RulingRow.issue).in_(chunk))):
                history[IssueId(ruling.issue)].append((as_round(round_), _ruling(ruling)))
        return {issue: tuple(listed) for issue, listed in history.items()}


def _ruling(row: RulingRow) -> Ruling:
    return ruling_from_data(json.loads(row.ruling))
