"""Drafts: what a member typed and was refused is kept, so that its form opens with it again. One way for all forms."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import NamedTuple

from deliberation.errors import DomainError
from deliberation.ids import CouncilId, PersonId
from services.ports import Draft, DraftKind, Store, UnitOfWork

NO_COUNCIL = CouncilId(0)
"""Stands for the council that is still being set up."""


class DraftPlace(NamedTuple):
    """Where a member's draft lies: of each kind and subject it has one in a council."""

    council: CouncilId
    kind: DraftKind
    subject: int = 0


@asynccontextmanager
async def kept_where_refused(
    store: Store,
    person: PersonId,
    fields: Mapping[str, str],
    place: DraftPlace | Callable[[UnitOfWork], Awaitable[DraftPlace | None]],
) -> AsyncGenerator[None, None]:
    """What is refused inside is kept as a draft, as it was typed, before the refusal is told. `place`: where it lies,
    or how that is found out; None where there is no such place, and nothing is kept."""
    try:
        yield
    except DomainError:
        async with store.write(person) as uow:
            found = place if isinstance(place, DraftPlace) else await place(uow)
            if found is not None:
                await uow.drafts.put(Draft(person=person, fields=fields, **found._asdict()), at=await uow.now())
                await uow.commit()
        raise


async def find_draft(uow: UnitOfWork, person: PersonId, place: DraftPlace) -> Draft | None:
    """What was kept there, if anything."""
    return await uow.drafts.find(person=person, **place._asdict())


async def drop_draft(store: Store, person: PersonId, place: DraftPlace) -> None:
    """Forget what was kept there: it has been taken."""
    async with store.write(person) as uow:
        await uow.drafts.drop(person=person, **place._asdict())
        await uow.commit()
