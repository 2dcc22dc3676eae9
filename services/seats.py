"""Seats: taking one, giving it up, and who sits where."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from deliberation.councils import Actor, Council
from deliberation.ids import ChannelId, PersonId
from deliberation.record import Event, Json
from deliberation.seats import NoSeat, Seat, SeatKind, SeatTaken
from deliberation.texts import NAME_LIMIT, checked

from ._access import council_in, seat_of
from ._record import Commitments, enter, enter_one
from .ports import Delegation, Store, UnitOfWork
from .views import SeatList, SeatReceipt


class SeatService:
    """What members intend with seats."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def take(self, channel: ChannelId, actor: Actor) -> SeatReceipt:
        """Take a seat under open seating. Raises NoCouncil, SeatTaken, SeatingClosed or SeatNeedsRole."""
        async with self._store.write() as uow:
            council = await uow.councils.lock((await council_in(uow, channel)).id)
            held = await own_or_former_seat(uow, council, actor.person)
            if held is not None and held.left_at is None:
                raise SeatTaken(seat=held.name)
            refusal = council.seating_refusal(actor)
            if refusal is not None:
                raise refusal
            seat = await take_seat(uow, council, actor, now=await uow.now())
            round_ = await uow.rounds.find_running(council.id)
            await uow.commit()
        return SeatReceipt(council=council, seat=seat, round=round_)

    async def leave(self, channel: ChannelId, actor: Actor) -> SeatReceipt:
        """Give up one's own seat; what it cast stays. Raises NoCouncil or NoSeat."""
        async with self._store.write() as uow:
            council = await council_in(uow, channel)
            seat = await own_or_former_seat(uow, council, actor.person)
            if seat is None or seat.left_at is not None:
                raise NoSeat(open_seating=council.may_take_seat(actor))
            now = await uow.now()
            await uow.seats.leave(seat.id, at=now)
            secrets = Commitments(uow)
            data = {"seat": seat.id, "by": secrets.person(actor.person)}
            await enter_one(uow, council.id, at=now, kind="seat left", data=data)
            await secrets.keep()
            round_ = await uow.rounds.find_running(council.id)
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
        delegation = Delegation(name=name, country=country, holders=tuple(holders))
        return (await self.add_delegations(channel, [delegation]))[0]

    async def add_delegations(self, channel: ChannelId, delegations: Sequence[Delegation]) -> tuple[Seat, ...]:
        """Seat delegations, all or none; the seats in the order given. Raises NoCouncil or `Text…`."""
        named = [
            replace(one, name=checked(one.name, field="name", limit=NAME_LIMIT, lines=False)) for one in delegations
        ]
        async with self._store.write() as uow:
            council = await council_in(uow, channel)
            now = await uow.now()
            seats = await uow.seats.add_delegations(council.id, named, at=now)
            await _enter_taken(uow, council, *seats, now=now)
            await uow.commit()
        return seats


async def own_or_former_seat(uow: UnitOfWork, council: Council, person: PersonId) -> Seat | None:
    """The person's seat, else the one of its own that it gave up last.

    Locks the record until the transaction ends: nobody is seated meanwhile, and so nobody is seated twice.
    """
    await uow.record.lock_head(council.id)
    return await seat_of(uow, council.id, person) or await uow.seats.find_left(council.id, person)


async def take_seat(uow: UnitOfWork, council: Council, actor: Actor, *, now: datetime) -> Seat:
    """Seat the actor in the running transaction; whether it may sit was asked before.

    Who comes back gets the seat that was given up: a new one would be a second ballot in the open round.
    """
    former = await uow.seats.find_left(council.id, actor.person)
    if former is None:
        seat = await uow.seats.add(
            council=council.id,
            name=_seat_name(actor),
            kind=SeatKind.PERSON,
            holders=(actor.person,),
            at=now,
        )
    else:
        seat = await uow.seats.return_to(former.id, actor.person, at=now)
    await _enter_taken(uow, council, seat, now=now)
    return seat


async def _enter_taken(uow: UnitOfWork, council: Council, *seats: Seat, now: datetime) -> None:
    secrets = Commitments(uow)
    events = [Event(now, "seat taken", _as_entered(seat, secrets)) for seat in seats]
    await enter(uow, council.id, events)
    await secrets.keep()


def _as_entered(seat: Seat, secrets: Commitments) -> dict[str, Json]:
    return {
        "seat": seat.id,
        "seat_kind": seat.kind.value,
        "name": secrets.text(seat.name),
        "holders": [secrets.person(person) for person in seat.holders],
        "weight": seat.weight,
        "veto": seat.veto,
        "observer": seat.observer,
    }


def _seat_name(actor: Actor) -> str:
    """The member's display name, as far as it fits; Discord has checked it already."""
    return " ".join(actor.name.split())[:NAME_LIMIT] or str(actor.person)
