"""People: their own settings, and what they had typed when something was refused."""

from collections.abc import Mapping

from deliberation.ids import CouncilId, PersonId

from .ports import Draft, Preferences, Store

NO_COUNCIL = CouncilId(0)
"""Stands for the council that is still being set up, in drafts."""


class PeopleService:
    """What members intend for themselves."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def preferences(self, person: PersonId) -> Preferences:
        """The person's settings, or the defaults."""
        async with self._store.read() as uow:
            return (await uow.people.preferences([person]))[person]

    async def put(self, person: PersonId, preferences: Preferences) -> None:
        """Store the person's settings."""
        async with self._store.write() as uow:
            await uow.people.put(person, preferences, at=await uow.now())
            await uow.commit()

    async def keep_draft(
        self, *, council: CouncilId, person: PersonId, kind: str, subject: int, fields: Mapping[str, str]
    ) -> None:
        """Keep what was typed, so that a form can be opened with it again."""
        async with self._store.write() as uow:
            draft = Draft(council=council, person=person, kind=kind, subject=subject, fields=fields)
            await uow.drafts.put(draft, at=await uow.now())
            await uow.commit()

    async def drop_draft(self, *, council: CouncilId, person: PersonId, kind: str, subject: int) -> None:
        """Forget what was kept: it has been taken."""
        async with self._store.write() as uow:
            await uow.drafts.drop(council=council, person=person, kind=kind, subject=subject)
            await uow.commit()

    async def find_draft(self, *, council: CouncilId, person: PersonId, kind: str, subject: int) -> Draft | None:
        """What was kept, if anything."""
        async with self._store.read() as uow:
            return await uow.drafts.find(council=council, person=person, kind=kind, subject=subject)
