"""Whom a chair keeps from holding a seat."""

from datetime import datetime

from sqlmodel import col, select

from deliberation.ids import CouncilId, PersonId
from storage.repositories.repository import Repository
from storage.tables import BarredRow


class Barring(Repository):
    async def bar(self, council: CouncilId, person: PersonId, *, at: datetime) -> bool:
        row = {"council": council, "person": person, "salt": self._changes.salt(), "at": at}
        once = self._insert(BarredRow).values(**row).on_conflict_do_nothing().returning(col(BarredRow.id))
        number = (await self._session.exec(once)).scalar()
        if number is not None:
            self._changes.note(BarredRow, {"id": number, **row})
        return number is not None

    async def unbar(self, council: CouncilId, person: PersonId) -> bool:
        return await self._delete(BarredRow, col(BarredRow.council) == council, col(BarredRow.person) == person)

    async def barred(self, council: CouncilId) -> tuple[PersonId, ...]:
        query = select(BarredRow.person).where(BarredRow.council == council).order_by(col(BarredRow.person))
        return tuple(map(PersonId, await self._session.exec(query)))
