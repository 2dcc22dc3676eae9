"""Drafts: what a member typed is stored when it is refused, so that the form opens with it again. All forms use
this."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import NamedTuple

from deliberation.errors import DomainError
from deliberation.ids import CouncilId, PersonId
from services.ports import Draft, DraftKind, Store, UnitOfWork

NO_COUNCIL = CouncilId(0)
"""Stands for a council that is still being set up."""


class DraftPlace(NamedTuple):
    """Where a member's draft is stored: a council has one for each member, kind and subject."""

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
    """Where the block raises a refusal, `fields` are stored as a draft, as typed, before the refusal goes on. `place`:
    where the draft is stored, or how to find that out; None where there is no such place, and nothing is stored."""
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
    """The draft that is stored there, if any."""
    return await uow.drafts.find(person=person, **place._asdict())


async def drop_draft(store: Store, person: PersonId, place: DraftPlace) -> None:
    """Delete the draft that is stored there: its text has been accepted."""
    async with store.write(person) as uow:
        await uow.drafts.drop(person=person, **place._asdict())
        await uow.commit()
