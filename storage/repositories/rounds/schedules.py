"""The councils' schedules."""

import json
from datetime import datetime

from sqlalchemy import func
from sqlmodel import col, select

from deliberation.ids import CouncilId
from deliberation.rounds.schedules import Schedule, schedule_from_data, schedule_to_data
from storage.repositories.posts.troubles import set_back
from storage.repositories.repository import Repository, plain_text
from storage.tables import ScheduleRow

_NEXT_OPENING = select(func.min(ScheduleRow.opens_at)).where(~set_back(col(ScheduleRow.council)))


class Schedules(Repository):
    async def put(self, council: CouncilId, schedule: Schedule, *, opens_at: datetime) -> None:
        values = {"council": council, "schedule": plain_text(schedule_to_data(schedule)), "opens_at": opens_at}
        await self._put(ScheduleRow, [values], key=("council",))
        self._changes.note(ScheduleRow, values)

    async def find(self, council: CouncilId) -> tuple[Schedule, datetime] | None:
        row = (await self._session.exec(select(ScheduleRow).where(ScheduleRow.council == council))).first()
        return None if row is None else (schedule_from_data(json.loads(row.schedule)), row.opens_at)

    async def remove(self, council: CouncilId) -> bool:
        return await self._delete(ScheduleRow, col(ScheduleRow.council) == council)

    async def list_due(self, now: datetime) -> tuple[tuple[datetime, CouncilId], ...]:
        due = select(ScheduleRow.opens_at, ScheduleRow.council)
        due = due.where(ScheduleRow.opens_at <= now, ~set_back(col(ScheduleRow.council), now))
        rows = await self._session.exec(due.order_by(col(ScheduleRow.opens_at), col(ScheduleRow.council)))
        return tuple((opens_at, CouncilId(council)) for opens_at, council in rows)

    async def earliest(self) -> datetime | None:
        return (await self._session.exec(_NEXT_OPENING)).one()
