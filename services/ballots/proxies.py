"""Proxies: a seat lets another seat vote in its place, for one round or one issue (PRODUCT §6)."""

from deliberation.ballots.proxies import NoProxy, Proxy, ProxyMayNotVote, ProxyToSelf
from deliberation.councils import Actor, Council
from deliberation.ids import ChannelId, SeatId
from deliberation.issues import Issue
from deliberation.record import EntryKind
from deliberation.rounds import Round
from deliberation.seats import NoSuchSeat, ObserverMayNotVote, Seat
from services.ports import Store, UnitOfWork
from services.record import enter_by
from services.seats import holder_of
from services.transactions import acting_seat, issue_numbered, locked_council, require_role

from .views import ProxyReceipt


class ProxyService:
    """What members intend with proxies."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def give(
        self,
        channel: ChannelId,
        actor: Actor,
        *,
        to: SeatId,
        issue: int | None = None,
        seat: SeatId | None = None,
    ) -> ProxyReceipt:
        """Let the seat `to` vote in place of the actor's seat where that casts no ballot: in the running or next round,
        or on the issue of that number in its next round. Replaces an earlier proxy for the same.

        Raises NoCouncil, CouncilClosed, NoSuchIssue, as `Issue.require_open`, NoSuchSeat, ProxyToSelf, ProxyMayNotVote,
        ObserverMayNotVote, DeadlinePassed, JoinedLate, or as `acting_seat` and `require_role`.
        """
        async with self._store.write(actor.person) as uow:
            council, own, about, round_ = await self._begin(uow, channel, actor, issue=issue, seat=seat)
            other = await self._other(uow, council, own, to)
            given_at = await uow.now()
            about_id = None if about is None else about.id
            await uow.proxies.put(
                Proxy(council=council.id, seat=own.id, proxy=other.id, issue=about_id, given_at=given_at)
            )
            await _enter(uow, council, actor, kind=EntryKind.PROXY_GIVEN, seat=own, issue=about, proxy=other.id)
            await uow.commit()
        return ProxyReceipt(council=council, seat=own, proxy=other, issue=about, round=round_)

    async def take_back(
        self, channel: ChannelId, actor: Actor, *, issue: int | None = None, seat: SeatId | None = None
    ) -> ProxyReceipt:
        """End the actor's proxy for the round, or for the issue of that number. Raises NoProxy, or as `give`."""
        async with self._store.write(actor.person) as uow:
            council, own, about, round_ = await self._begin(uow, channel, actor, issue=issue, seat=seat)
            about_id = None if about is None else about.id
            given = {(one.seat, one.issue): one.proxy for one in await uow.proxies.list_in(council.id)}
            if (own.id, about_id) not in given:
                raise NoProxy
            await uow.proxies.remove(own.id, about_id)
            other = await uow.seats.get(given[own.id, about_id])
            await _enter(uow, council, actor, kind=EntryKind.PROXY_ENDED, seat=own, issue=about, proxy=other.id)
            await uow.commit()
        return ProxyReceipt(council=council, seat=own, proxy=other, issue=about, round=round_)

    async def _begin(
        self, uow: UnitOfWork, channel: ChannelId, actor: Actor, *, issue: int | None, seat: SeatId | None
    ) -> tuple[Council, Seat, Issue | None, Round | None]:
        # The round is locked before the clock is read: a process that claims it afterwards finds the proxy as it is
        # now.
        council = await locked_council(uow, channel)
        own = await acting_seat(uow, council, actor, seat)
        require_role(council, own, actor)
        if own.observer:
            raise ObserverMayNotVote(seat=own.shown)
        about = None if issue is None else await issue_numbered(uow, council.id, issue)
        if about is not None:
            about.require_open()
        round_ = await uow.rounds.find_running(council.id)
        if round_ is not None:
            round_ = await uow.rounds.lock(round_.id)
            round_.require_unfinished(await uow.now())
            # A member who may not vote for the seat may not give a proxy for it either.
            await holder_of(uow, round_, own, actor.person)
        return council, own, about, round_

    async def _other(self, uow: UnitOfWork, council: Council, own: Seat, to: SeatId) -> Seat:
        seats = {seat.id: seat for seat in await uow.seats.list_in(council.id)}
        other = seats.get(to)
        if other is None:
            raise NoSuchSeat(given=str(to))
        if other.id == own.id:
            raise ProxyToSelf(seat=own.shown)
        if other.observer:
            raise ProxyMayNotVote(seat=other.shown)
        return other


async def _enter(
    uow: UnitOfWork, council: Council, actor: Actor, *, kind: EntryKind, seat: Seat, issue: Issue | None, proxy: SeatId
) -> None:
    data = {"seat": seat.id, "proxy": proxy, "issue": None if issue is None else issue.id}
    await enter_by(uow, council.id, actor, kind=kind, data=data)
