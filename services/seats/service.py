"""Seats, for members: taking one, claiming a delegation, giving one up, and listing them."""

from deliberation.councils import Actor, Council
from deliberation.ids import ChannelId, PersonId, SeatId
from deliberation.record import EntryKind
from deliberation.rounds import Round, RoundStatus
from deliberation.seats import NoSeat, NoSuchSeat, Seat, SeatNotFree, SeatResting, SeatTaken, WhichSeat
from deliberation.texts import fold
from services.ports import Store, UnitOfWork
from services.record import enter_by
from services.transactions import council_in, locked_council, no_seat, seat_of, seats_of, sitting_council

from ._holders import require_no_other_vote, resting, voting_seat
from ._leaving import give_up
from ._recognising import require_admitted, require_new
from ._taking import take_seat
from .views import SeatList, SeatReceipt


class SeatService:
    """What members intend with seats."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def take(self, channel: ChannelId, actor: Actor, seat: SeatId | None = None) -> SeatReceipt:
        """Take a seat of one's own under open seating, or claim the free delegation `seat`.

        Raises NoCouncil, CouncilClosed, SeatTaken, Barred, SeatingClosed, SeatNeedsRole, SeatNeedsMembership,
        VotedAlready, ErasedInRound, NoSuchSeat, SeatNotFree or SeatResting.
        """
        async with self._store.write(actor.person) as uow:
            council = await locked_council(uow, channel)
            # Until the transaction ends nobody else is seated, and so nobody is seated twice.
            await uow.record.lock_head(council.id)
            await _require_free_to_sit(uow, council, actor, claiming=seat is not None)
            round_ = await uow.rounds.find_running(council.id)
            if seat is None:
                taken = await take_seat(uow, council, actor, now=await uow.now())
            else:
                taken = await _claim(uow, council, actor, seat, round_)
            votes_now = round_ is not None and await _votes_in(uow, round_, taken)
            await uow.commit()
        return SeatReceipt(council=council, seat=taken, round=round_, votes_now=votes_now)

    async def require_claimant(self, channel: ChannelId, actor: Actor) -> None:
        """Raises as `take` for a member who may not claim any delegation at all."""
        async with self._store.read() as uow:
            council = await sitting_council(uow, channel)
            await _require_free_to_sit(uow, council, actor, claiming=True)

    async def require_seat(self, channel: ChannelId, actor: Actor) -> None:
        """Raises NoCouncil, CouncilClosed, or as `no_seat` for a member who holds no seat."""
        async with self._store.read() as uow:
            council = await sitting_council(uow, channel)
            if not await seats_of(uow, council.id, actor.person):
                raise no_seat(council, actor)

    async def leave(self, channel: ChannelId, actor: Actor, seat: SeatId | None = None) -> SeatReceipt:
        """Give up one's own seat, or one's part in a delegation, whose seat stays. Ballots that were cast stay too.

        Raises NoCouncil, CouncilClosed, NoSeat, WhichSeat or NotHolder.
        """
        async with self._store.write(actor.person) as uow:
            council = await locked_council(uow, channel)
            await uow.record.lock_head(council.id)
            held = await seats_of(uow, council.id, actor.person)
            if not held:
                raise NoSeat(open_seating=council.may_take_seat(actor))
            if seat is None and len(held) > 1:
                raise WhichSeat(seats=held)
            left = voting_seat(held, seat)
            now = await uow.now()
            await give_up(uow, left, actor.person, at=now)
            await enter_by(uow, council.id, actor, at=now, kind=EntryKind.SEAT_LEFT, data={"seat": left.id})
            round_ = await uow.rounds.find_running(council.id)
            await uow.commit()
        return SeatReceipt(council=council, seat=left, round=round_)

    async def list_in(self, channel: ChannelId, actor: Actor) -> SeatList:
        """The council's seats, the actor's own, the proxies in force, and the people who are barred. Raises
        NoCouncil."""
        async with self._store.read() as uow:
            council = await council_in(uow, channel)
            return SeatList(
                council=council,
                seats=await uow.seats.list_in(council.id),
                own=await seats_of(uow, council.id, actor.person),
                proxies=await uow.proxies.list_in(council.id),
                barred=await uow.seats.barred(council.id),
                resting=await resting(uow, await uow.rounds.find_running(council.id)),
            )

    async def suggest(
        self, channel: ChannelId, typed: str, *, free: bool = False, own: PersonId | None = None, most: int = 25
    ) -> tuple[Seat, ...]:
        """Seats whose name or country matches what was typed so far, those that begin with it first; none where the
        channel has no council. `free`: only delegations that can be claimed now; `own`: only seats that this person
        holds."""
        async with self._store.read() as uow:
            council = await uow.councils.find_in(channel)
            if council is None:
                return ()
            seats = await (uow.seats.list_in(council.id) if own is None else seats_of(uow, council.id, own))
            taken = await resting(uow, await uow.rounds.find_running(council.id)) if free else frozenset[SeatId]()
        wanted = fold(typed)
        fitting = [seat for seat in seats if _fits(seat, wanted)]
        if free:
            fitting = [seat for seat in fitting if seat.is_free and seat.id not in taken]
        fitting.sort(key=lambda seat: (not fold(seat.name).startswith(wanted), seat.name.casefold()))
        return tuple(fitting[:most])


async def _require_free_to_sit(uow: UnitOfWork, council: Council, actor: Actor, *, claiming: bool) -> None:
    """Raises SeatTaken, Barred, SeatingClosed, SeatNeedsRole or SeatNeedsMembership."""
    held = await seat_of(uow, council.id, actor.person)
    if held is not None:
        raise SeatTaken(seat=held.shown)
    await require_admitted(uow, council, actor.person)
    refusal = council.claiming_refusal(actor) if claiming else council.seating_refusal(actor)
    if refusal is not None:
        raise refusal


async def _claim(uow: UnitOfWork, council: Council, actor: Actor, seat_id: SeatId, round_: Round | None) -> Seat:
    """Let the actor hold a free delegation. Raises NoSuchSeat, SeatNotFree, SeatResting, VotedAlready or
    ErasedInRound."""
    seat = next((seat for seat in await uow.seats.list_in(council.id) if seat.id == seat_id), None)
    if seat is None:
        raise NoSuchSeat(given=str(seat_id))
    if not seat.is_free:
        raise SeatNotFree(seat=seat.shown)
    await require_new(uow, council, actor.person)
    await require_no_other_vote(uow, council, actor.person, own=seat.id)
    if round_ is not None and seat.id in await resting(uow, round_):
        raise SeatResting(seat=seat.shown, number=round_.number)
    now = await uow.now()
    await uow.seats.hold(seat.id, actor.person, at=now, claimed=True)
    claimed = await uow.seats.get(seat.id)
    await enter_by(uow, council.id, actor, at=now, kind=EntryKind.SEAT_CLAIMED, data={"seat": seat.id})
    return claimed


async def _votes_in(uow: UnitOfWork, round_: Round, seat: Seat) -> bool:
    if round_.status is not RoundStatus.OPEN or seat.observer:
        return False
    entitled = await uow.rounds.find_entitlements([(round_.id, seat.id)])
    return bool(entitled) or round_.may_join(seat)


def _fits(seat: Seat, wanted: str) -> bool:
    return not wanted or wanted in fold(seat.name) or wanted == (seat.country or "").casefold()
