"""Roll calls: a chair calls, seats answer, and the next round opens with those that did (PRODUCT §3)."""

from deliberation.councils import Actor, Council
from deliberation.ids import ChannelId, CouncilId, SeatId
from deliberation.record import EntryKind, Json
from deliberation.rounds import RoundIsOpen, RoundStatus
from deliberation.rounds.roll_calls import NoRollCall, Presence, RollCall
from deliberation.seats import ObserverMayNotVote
from services.ports import PostKind, Store, UnitOfWork
from services.posts import redraw_now
from services.record import enter_by
from services.transactions import acting_seat, chaired_council, locked_council, require_role

from .views import RollCallView


class RollCallService:
    """What chairs and members intend with a roll call."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def call(self, channel: ChannelId, actor: Actor) -> RollCallView:
        """Call the roll for the next round, again where a roll call is under way; it lasts until voting opens.

        Raises NoCouncil, CouncilClosed, NotChair, or RoundIsOpen where voting has opened already.
        """
        async with self._store.write(actor.person) as uow:
            council = await chaired_council(uow, channel, actor)
            running = await uow.rounds.find_running(council.id)
            if running is not None and running.status is not RoundStatus.DEBATE:
                raise RoundIsOpen(number=running.number, closes_at=running.closes_at)
            now = await uow.now()
            roll_call = await uow.roll_calls.call(council.id, at=now)
            await _enter(uow, council, actor, kind=EntryKind.ROLL_CALLED, roll_call=roll_call)
            # A new roll call gets a new message, below what was said since the last one.
            await uow.posts.forget_message(PostKind.ROLL_CALL, int(council.id))
            await redraw_now(uow, council.id, now=now, roll_call=True)
            view = await _view(uow, council, roll_call)
            await uow.commit()
        return view

    async def answer(
        self, channel: ChannelId, actor: Actor, presence: Presence, seat: SeatId | None = None
    ) -> RollCallView:
        """Answer for one's seat. The last answer counts.

        Raises NoCouncil, CouncilClosed, NoRollCall, ObserverMayNotVote, or as `acting_seat` and `require_role`.
        """
        async with self._store.write(actor.person) as uow:
            council = await locked_council(uow, channel)
            own = await acting_seat(uow, council, actor, seat)
            require_role(council, own, actor)
            if own.observer:
                raise ObserverMayNotVote(seat=own.shown)
            roll_call = await _held(uow, council)
            now = await uow.now()
            await uow.roll_calls.answer(council.id, own.id, presence, at=now)
            await _enter(
                uow, council, actor, kind=EntryKind.ROLL_ANSWERED, roll_call=roll_call, seat=own.id, as_=presence
            )
            await redraw_now(uow, council.id, now=now, roll_call=True)
            view = await _view(uow, council, await _held(uow, council))
            await uow.commit()
        return view

    async def end(self, channel: ChannelId, actor: Actor) -> RollCallView:
        """Cancel the roll call: the next round opens as if there had been none. Raises as `call`, or NoRollCall."""
        async with self._store.write(actor.person) as uow:
            council = await chaired_council(uow, channel, actor)
            roll_call = await _held(uow, council)
            await uow.roll_calls.end(council.id)
            await _enter(uow, council, actor, kind=EntryKind.ROLL_CALLED_OFF, roll_call=roll_call)
            await redraw_now(uow, council.id, now=await uow.now(), roll_call=True)
            view = await _view(uow, council, roll_call)
            await uow.commit()
        return view

    async def view(self, council_id: CouncilId) -> RollCallView | None:
        """The roll call that is under way, if any. Raises LookupError."""
        async with self._store.read() as uow:
            council = await uow.councils.get(council_id)
            roll_call = await uow.roll_calls.find(council_id)
            return None if roll_call is None else await _view(uow, council, roll_call)


async def _held(uow: UnitOfWork, council: Council) -> RollCall:
    roll_call = await uow.roll_calls.find(council.id)
    if roll_call is None:
        raise NoRollCall
    return roll_call


async def _view(uow: UnitOfWork, council: Council, roll_call: RollCall) -> RollCallView:
    seats = [seat for seat in await uow.seats.list_in(council.id) if seat.votes]
    return RollCallView(council=council, roll_call=roll_call, seats=tuple(seats))


async def _enter(
    uow: UnitOfWork,
    council: Council,
    actor: Actor,
    *,
    kind: EntryKind,
    roll_call: RollCall,
    seat: SeatId | None = None,
    as_: Presence | None = None,
) -> None:
    data: dict[str, Json] = {
        "number": roll_call.number,
        "seat": seat,
        "presence": None if as_ is None else as_.value,
    }
    await enter_by(uow, council.id, actor, kind=kind, data=data)
