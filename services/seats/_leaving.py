"""Losing seats: their holders give them up, or are barred by a chair."""

from datetime import datetime

from deliberation.councils import Council
from deliberation.ids import PersonId
from deliberation.record import EntryKind
from deliberation.seats import Seat, SeatKind
from services.ports import UnitOfWork
from services.record import Commitments, enter_one


async def release_barred(uow: UnitOfWork, council: Council, *, now: datetime) -> None:
    """Take the seats of barred members from them: a delegation's seat stays, a person's own is left."""
    people = await uow.seats.barred(council.id)
    held = await uow.seats.held_by((council.id, person) for person in people)
    for (_, person), seats in held.items():
        for seat in seats:
            await give_up(uow, seat, person, at=now)
            secrets = Commitments(uow)
            data = {"seat": seat.id, "member": secrets.person(person)}
            await enter_one(uow, council.id, at=now, kind=EntryKind.SEAT_LOST_BY_BAR, data=data, secrets=secrets)


async def give_up(uow: UnitOfWork, seat: Seat, person: PersonId, *, at: datetime) -> None:
    """The person no longer holds the seat: their own is left, a delegation's stays. If nobody holds it then, the
    proxies that it gave end, for nobody answers for them."""
    if seat.kind is SeatKind.PERSON:
        await uow.seats.leave(seat.id, at=at)
    else:
        await uow.seats.release(seat.id, person, at=at)
    if set(seat.holders) <= {person}:
        await uow.proxies.end_of(seat.id)
