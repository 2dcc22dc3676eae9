"""Members' own preferences."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import col, select

from deliberation.ids import PersonId
from services.ports import Preferences, Reminding
from storage.repositories.repository import Repository, chunks
from storage.tables import PersonRow


class People(Repository):
    async def preferences(self, people: Iterable[PersonId]) -> dict[PersonId, Preferences]:
        preferences = {person: Preferences() for person in people}
        for chunk in chunks(preferences):
            for row in await self._session.exec(select(PersonRow).where(col(PersonRow.person).in_(chunk))):
                preferences[PersonId(row.person)] = _preferences(row)
        return preferences

    async def put(self, person: PersonId, preferences: Preferences, *, at: datetime) -> None:
        values = {
            "person": person,
            "language": preferences.language,
            "reminders": preferences.reminders.value,
            "changed_at": at,
        }
        await self._put(PersonRow, [values], key=("person",))


def _preferences(row: PersonRow) -> Preferences:
    return Preferences(language=row.language, reminders=Reminding(row.reminders))
