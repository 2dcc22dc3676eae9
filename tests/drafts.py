"""What members had typed and were refused, put where the services keep it."""

from __future__ import annotations

from collections.abc import Mapping

from deliberation.ids import CouncilId, PersonId
from services.ports import Draft, DraftKind, Store


async def keep_draft(
    store: Store,
    *,
    council: CouncilId,
    person: PersonId,
    kind: DraftKind,
    subject: int = 0,
    fields: Mapping[str, str],
) -> None:
    """As a refused form leaves it."""
    async with store.write(person) as uow:
        draft = Draft(council=council, person=person, kind=kind, subject=subject, fields=fields)
        await uow.drafts.put(draft, at=await uow.now())
        await uow.commit()


async def find_draft(
    store: Store, *, council: CouncilId, person: PersonId, kind: DraftKind, subject: int = 0
) -> Draft | None:
    """What lies there, if anything."""
    async with store.read() as uow:
        return await uow.drafts.find(council=council, person=person, kind=kind, subject=subject)
