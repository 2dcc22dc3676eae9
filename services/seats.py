"""Seats: taking one, giving it up, and who sits where."""

from collections.abc import Sequence
from datetime import datetime

from deliberation.councils import Actor, Council
from deliberation.ids import ChannelId, PersonId
from deliberation.seats import NoSeat, Seat, SeatKind, SeatTaken, seating_refusal
from deliberation.texts import NAME_LIMIT, checked

from ._access import council_in, seat_of
from ._record import Commitments, enter_one
from .ports import Store, UnitOfWork
from .views import SeatList, SeatReceipt


class SeatService:
    """What members intend with seats."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def take(self, channel: ChannelId, actor: Actor) -> SeatReceipt:
        """Take a seat under open seating. Raises NoCouncil, SeatTaken, SeatingClosed or SeatNeedsRole."""
        async with self._store.write() as uow:
            council = await uow.councils.lock((await council_in(uow, channel)).id)
            held = await seat_of(uow, council.id, actor.person)
            if held is not None:
                raise SeatTaken(seat=held.name)
            if not council.may_take_seat(actor):
                raise seating_refusal(open_seating=council.rules.open_seating, role=council.voter_role)
            seat = await take_seat(uow, council, actor, now=await uow.now())
            round_ = await uow.rounds.find_open(council.id)
            await uow.commit()
        return SeatReceipt(council=council, seat=seat, round=round_)

    async def leave(self, channel: ChannelId, actor: Actor) -> SeatReceipt:
        """Give up one's own seat; what it cast stays. Raises NoCouncil or NoSeat."""
        async with self._store.write() as uow:
            council = await council_in(uow, channel)
            seat = await seat_of(uow, council.id, actor.person)
            if seat is None:
                raise NoSeat(open_seating=council.may_take_seat(actor))
            now = await uow.now()
            await uow.seats.leave(seat.id, at=now)
            secrets = Commitments(uow)
            data = {"seat": seat.id, "by": secrets.person(actor.person)}
            await enter_one(uow, council.id, at=now, kind="seat left", data=data)
            await secrets.keep()
            round_ = await uow.rounds.find_open(council.id)
            await uow.commit()
        return SeatReceipt(council=council, seat=seat, round=round_)

    async def list_in(self, channel: ChannelId, actor: Actor) -> SeatList:
        """The council's seats and the actor's own. Raises NoCouncil."""
        async with self._store.read() as uow:
            council = await council_in(uow, channel)
            seats = await uow.seats.list_in(council.id)
            return SeatList(council=council, seats=seats, own=await seat_of(uow, council.id, actor.person))

    async def add_delegation(
        self, channel: ChannelId, *, name: str, country: str | None, holders: Sequence[PersonId]
    ) -> Seat:
        """Seat a delegation, held by several people who share one ballot. Raises NoCouncil or `Text…`."""
        name = checked(name, field="name", limit=NAME_LIMIT, lines=False)
        async with self._store.write() as uow:
            council = await council_in(uow, channel)
            now = await uow.now()
            seat = await uow.seats.add(
                council=council.id, name=name, kind=SeatKind.DELEGATION, country=country, holders=holders, at=now
            )
            await _enter_taken(uow, council, seat, now=now)
            await uow.commit()
        return seat


async def take_seat(uow: UnitOfWork, council: Council, actor: Actor, *, now: datetime) -> Seat:
    """Seat the actor in the running transaction; whether it may sit was asked before."""
    seat = await uow.seats.add(
        council=council.id,
        name=_seat_name(actor),
        kind=SeatKind.PERSON,
        holders=(actor.person,),
        at=now,
    )
    await _enter_taken(uow, council, seat, now=now)
    return seat


async def _enter_taken(uow: UnitOfWork, council: Council, seat: Seat, *, now: datetime) -> None:
    secrets = Commitments(uow)
    data = {
        "seat": seat.id,
        "seat_kind": seat.kind.value,
        "name": secrets.text(seat.name),
        "holders": [secrets.person(person) for person in seat.holders],
        "weight": seat.weight,
        "veto": seat.veto,
        "observer": seat.observer,
    }
    await enter_one(uow, council.id, at=now, kind="seat taken", data=data)
    await secrets.keep()


def _seat_name(actor: Actor) -> str:
    """The member's display name, as far as it fits; Discord has checked it already."""
    return " ".join(actor.name.split())[:NAME_LIMIT] or str(actor.person)
