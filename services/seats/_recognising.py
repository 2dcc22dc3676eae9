"""Recognising an erased person where that is needed: a bar stays in force, and a round counts no second ballot.

A commitment to the person is stored, under a salt of its own (`deliberation.record.commit`). Anyone who comes can be
compared with it, but it reveals nobody.
"""

from collections.abc import Iterable

from deliberation.councils import Council
from deliberation.ids import PersonId, RoundId
from deliberation.record import commit, opens
from deliberation.rounds import RUNNING
from deliberation.seats import Barred, ErasedInRound
from services.ports import Recognised, UnitOfWork


def recognisable(uow: UnitOfWork, person: PersonId, round_id: RoundId | None) -> Recognised:
    """What the person will be recognised by: in that round, or (None) as barred."""
    salt = uow.salt()
    return Recognised(commit(salt, str(person), "person"), salt, round_id)


async def require_admitted(uow: UnitOfWork, council: Council, *people: PersonId) -> None:
    """Raises Barred where one of them is barred."""
    if await barred_of(uow, council, people):
        raise Barred


async def barred_of(uow: UnitOfWork, council: Council, people: Iterable[PersonId]) -> frozenset[PersonId]:
    """Which of these people are barred, including those who were erased meanwhile."""
    asked = frozenset(people)
    barred = asked & set(await uow.seats.barred(council.id))
    erased = [entry for entry in await uow.traces.recognised(council.id) if entry.round is None]
    return barred | {person for person in asked for entry in erased if _is(person, entry)}


async def lift_bar(uow: UnitOfWork, council: Council, person: PersonId) -> bool:
    """The person may hold a seat again; returns False where they were not barred."""
    known = [entry for entry in await uow.traces.recognised(council.id) if entry.round is None and _is(person, entry)]
    forgotten = await uow.traces.forget(entry.commitment for entry in known)
    return await uow.seats.unbar(council.id, person) or forgotten


async def require_new(uow: UnitOfWork, council: Council, person: PersonId, *, other: bool = False) -> None:
    """Raises Barred where the person was barred before they were erased; ErasedInRound where they were erased with a
    seat that takes part in a round which still runs. `other`: it is somebody else who acts."""
    for entry in await uow.traces.recognised(council.id):
        if not _is(person, entry):
            continue
        if entry.round is None:
            raise Barred
        round_ = await uow.rounds.get(entry.round)
        if round_.status in RUNNING:
            raise ErasedInRound(number=round_.number, other=other)


def _is(person: PersonId, entry: Recognised) -> bool:
    return opens(entry.commitment, entry.salt, str(person), "person")
