"""Running sums of rounds."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import delete
from sqlmodel import col, select

from deliberation.ids import RoundId
from services.ports import RunningSum
from storage.repositories.repository import Repository, chunks
from storage.tables import SumRow


class Sums(Repository):
    async def find(self, rounds: Iterable[RoundId]) -> dict[RoundId, RunningSum]:
        found: dict[RoundId, RunningSum] = {}
        for chunk in chunks(rounds):
            for row in await self._session.exec(select(SumRow).where(col(SumRow.round).in_(chunk))):
                found[RoundId(row.round)] = RunningSum(salt=row.salt, text=row.text)
        return found

    async def put(self, sums: Mapping[RoundId, RunningSum]) -> None:
        await self._put(SumRow, sum_values(sums), key=("round",))

    async def end(self, round_id: RoundId) -> None:
        await self._session.exec(delete(SumRow).where(col(SumRow.round) == round_id))


def sum_values(sums: Mapping[RoundId, RunningSum]) -> list[dict[str, Any]]:
    return [{"round": key, "salt": one.salt, "text": one.text} for key, one in sorted(sums.items())]
