"""People: their own settings."""

import time
from collections.abc import Callable, Sequence

from deliberation.ids import PersonId
from services.ports import Preferences, Store
from services.transactions import GroupCommit

KNOWN_SECONDS = 60.0
"""How long a member's language is remembered before the store is asked again."""
MOST = 20_000
"""How many members' languages are remembered at a time."""


class PeopleService:
    """What members intend for themselves."""

    def __init__(self, store: Store, *, ticks: Callable[[], float] = time.monotonic) -> None:
        self._store = store
        self._ticks = ticks
        self._known: dict[PersonId, tuple[float, str | None]] = {}
        self._changes = 0
        # Requests of the same moment are answered together.
        self._asked: GroupCommit[PersonId, Preferences] = GroupCommit(self._preferences)

    async def preferences(self, person: PersonId) -> Preferences:
        """The person's settings, or the defaults."""
        return await self._asked.submit(person)

    async def language(self, person: PersonId) -> str | None:
        """The language that the person chose, or None. It is needed at every tap and so remembered for a minute: a
        choice made through this process applies at once, one made through another process within that minute."""
        until, language = self._known.get(person, (0.0, None))
        if until < self._ticks():
            changes = self._changes
            language = (await self.preferences(person)).language
            if len(self._known) >= MOST:
                self._known.clear()
            if changes == self._changes:
                self._known[person] = (self._ticks() + KNOWN_SECONDS, language)
        return language

    def forget(self, person: PersonId) -> None:
        """Forget the remembered language: it may have changed, or been erased."""
        self._changes += 1
        self._known.pop(person, None)

    async def _preferences(self, people: Sequence[PersonId]) -> list[Preferences]:
        async with self._store.read() as uow:
            found = await uow.people.preferences(people)
        return [found[person] for person in people]

    async def put(self, person: PersonId, preferences: Preferences) -> None:
        """Store the person's settings."""
        try:
            async with self._store.write(person) as uow:
                await uow.people.put(person, preferences, at=await uow.now())
                await uow.commit()
        finally:
            self.forget(person)
