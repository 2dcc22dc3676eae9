"""Members' own preferences."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from deliberation.ids import PersonId
from services.ports import Preferences, Reminding
from storage.repositories.connected import Connected, chunks
from storage.repositories.prepared import OneOf, Prepared
from storage.tables import people as table

_OF_PEOPLE = Prepared(select(table).where(OneOf(table.c.person, "people")))


class People(Connected):
    async def preferences(self, people: Iterable[PersonId]) -> dict[PersonId, Preferences]:
        preferences = {person: Preferences() for person in people}
        for chunk in chunks(preferences):
            for row in await self._rows(_OF_PEOPLE, people=chunk):
                preferences[PersonId(row.person)] = Preferences(
                    language=row.language, reminders=Reminding(row.reminders)
                )
        return preferences

    async def put(self, person: PersonId, preferences: Preferences, *, at: datetime) -> None:
        chosen = {"language": preferences.language, "reminders": preferences.reminders.value}
        await self._each(self._upserting(table, "person"), [{"person": person, "changed_at": at, **chosen}])
