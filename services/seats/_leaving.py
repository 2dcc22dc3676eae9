"""Seats that are lost: given up by those who held them, or taken from those whom a chair has barred."""

from datetime import datetime

from deliberation.councils import Council
from deliberation.ids import PersonId
from deliberation.record import EntryKind
from deliberation.seats import Seat, SeatKind
from services.ports import UnitOfWork
from services.record import Commitments, enter_one


async def release_barred(uow: UnitOfWork, council: Council, *, now: datetime) -> None:
    """Take their seats from those whom a chair has barred: a delegation's stays, a person's own is left."""
    people = await uow.seats.barred(council.id)
    held = await uow.seats.held_by((council.id, person) for person in people)
    for (_, person), seats in held.items():
        for seat in seats:
            await give_up(uow, seat, person, at=now)
            secrets = Commitments(uow)
            data = {"seat": seat.id, "member": secrets.person(person)}
            await enter_one(uow, council.id, at=now, kind=EntryKind.SEAT_LOST_BY_BAR, data=data, secrets=secrets)


async def give_up(uow: UnitOfWork, seat: Seat, person: PersonId, *, at: datetime) -> None:
    """The person holds the seat no more: its own is left, a delegation's stays. Where nobody holds it then, nobody
    stands behind the proxies that it gave: they end."""
    if seat.kind is SeatKind.PERSON:
        await uow.seats.leave(seat.id, at=at)
    else:
        await uow.seats.release(seat.id, person, at=at)
    if set(seat.holders) <= {person}:
        await uow.proxies.end_of(seat.id)
