"""The councils' schedules."""

import json
from datetime import datetime

from sqlalchemy import func, select

from deliberation.ids import CouncilId
from deliberation.rounds.schedules import Schedule, schedule_from_data, schedule_to_data
from storage.repositories.connected import Connected, plain_text
from storage.repositories.posts.troubles import set_back
from storage.repositories.prepared import Prepared
from storage.tables import schedules

_NEXT_OPENING = Prepared(select(func.min(schedules.c.opens_at)).where(~set_back(schedules.c.council)))


class Schedules(Connected):
    async def put(self, council: CouncilId, schedule: Schedule, *, opens_at: datetime) -> None:
        values = {"council": council, "schedule": plain_text(schedule_to_data(schedule)), "opens_at": opens_at}
        await self._each(self._upserting(schedules, "council"), [values])
        self._changes.note(schedules, values)

    async def find(self, council: CouncilId) -> tuple[Schedule, datetime] | None:
        row = await self._first(select(schedules).where(schedules.c.council == council))
        return None if row is None else (_schedule(row.schedule), row.opens_at)

    async def remove(self, council: CouncilId) -> bool:
        return await self._delete(schedules, schedules.c.council == council)

    async def list_due(self, now: datetime) -> tuple[tuple[datetime, CouncilId], ...]:
        due = select(schedules.c.opens_at, schedules.c.council)
        due = due.where(schedules.c.opens_at <= now, ~set_back(schedules.c.council, now))
        rows = await self._rows(due.order_by(schedules.c.opens_at, schedules.c.council))
        return tuple((row.opens_at, CouncilId(row.council)) for row in rows)

    async def earliest(self) -> datetime | None:
        return await self._value(_NEXT_OPENING)


def _schedule(text: str) -> Schedule:
    return schedule_from_data(json.loads(text))
