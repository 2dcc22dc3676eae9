"""Running sums of rounds."""

from collections.abc import Iterable, Mapping

from sqlalchemy import delete, select

from deliberation.ids import RoundId
from services.ports import RunningSum
from storage.repositories.connected import Connected, chunks
from storage.repositories.prepared import OneOf, Prepared
from storage.tables import sums as table

_OF_ROUNDS = Prepared(select(table).where(OneOf(table.c.round, "rounds")))


class Sums(Connected):
    async def find(self, rounds: Iterable[RoundId]) -> dict[RoundId, RunningSum]:
        found: dict[RoundId, RunningSum] = {}
        for chunk in chunks(rounds):
            for row in await self._rows(_OF_ROUNDS, rounds=chunk):
                found[RoundId(row.round)] = RunningSum(salt=row.salt, text=row.text)
        return found

    async def put(self, sums: Mapping[RoundId, RunningSum]) -> None:
        values = [{"round": key, "salt": one.salt, "text": one.text} for key, one in sorted(sums.items())]
        await self._each(self._upserting(table, "round"), values)

    async def end(self, round_id: RoundId) -> None:
        await self._connection.execute(delete(table).where(table.c.round == round_id))
