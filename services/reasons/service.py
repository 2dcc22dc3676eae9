"""Reasons: reading why seats vote as they do, and giving one without a ballot."""

from functools import partial

from deliberation.ballots.reasons import ReasonGoesWithBallot
from deliberation.councils import Actor
from deliberation.ids import ChannelId, IssueId, RoundId, SeatId
from deliberation.record import EntryKind, Json
from deliberation.rounds import CastBefore, NotOnDocket, Round, RoundStatus
from deliberation.seats import Seat
from deliberation.texts import REASON_LIMIT, checked
from deliberation.texts.invisible import shows
from services.people import DraftPlace, kept_where_refused
from services.ports import DraftKind, GivenReason, PostKind, Store, UnitOfWork
from services.posts import redraw_live
from services.record import Commitments, enter_one
from services.seats import holder_of
from services.transactions import acting_seat, council_in, find_entry, issue_numbered

from ._pace import ReasonPace
from ._shown import reasons_view
from .views import ReasonsView


class ReasonService:
    """What members intend with their reasons and those of others."""

    def __init__(self, store: Store, pace: ReasonPace) -> None:
        self._store = store
        self._pace = pace

    async def list_of(self, channel: ChannelId, number: int) -> ReasonsView:
        """The reasons on the channel's issue of that number. Raises NoCouncil or NoSuchIssue."""
        async with self._store.read() as uow:
            council = await council_in(uow, channel)
            return await reasons_view(uow, council, await issue_numbered(uow, council.id, number))

    async def of_issue(self, issue: IssueId) -> ReasonsView:
        """The reasons on an issue. Raises LookupError."""
        async with self._store.read() as uow:
            found = await uow.issues.get(issue)
            return await reasons_view(uow, await uow.councils.get(found.council), found)

    async def give(
        self, round_id: RoundId, issue: IssueId, actor: Actor, text: str, seat: SeatId | None = None
    ) -> ReasonsView:
        """Give a reason without a ballot: in the debate before the vote; observers may do so during the vote too.

        Raises ReasonsTooMany, RoundIsOver, RoundPaused, DeadlinePassed, ReasonGoesWithBallot, NotOnDocket, a `Text…`
        error, or as `acting_seat`. A refused text is stored as a draft.
        """
        async with kept_where_refused(
            self._store, actor.person, {"reason": text}, partial(_place_of, round_id, issue, text)
        ):
            await self._pace.require(actor)
            async with self._store.write(actor.person) as uow:
                round_ = await uow.rounds.lock(round_id)
                own = await acting_seat(uow, await uow.councils.get(round_.council), actor, seat)
                await self._give(uow, round_, issue, actor, own, text)
                found = await uow.issues.get(issue)
                view = await reasons_view(uow, await uow.councils.get(round_.council), found)
                await uow.commit()
        return view

    async def _give(self, uow: UnitOfWork, round_: Round, issue: IssueId, actor: Actor, seat: Seat, text: str) -> None:
        now = await uow.now()
        if round_.status is not RoundStatus.DEBATE:
            round_.require_accepting(now)
            if not seat.observer:
                raise ReasonGoesWithBallot
            await _require_in_time(uow, round_, issue, actor, seat)
        entry = await find_entry(uow, round_, issue)
        if entry is None or entry.withdrawn:
            raise NotOnDocket(number=0 if entry is None else entry.number)
        typed = checked(text, field="reason", limit=REASON_LIMIT)
        secrets = Commitments(uow)
        said = secrets.text(typed)
        await uow.reasons.put([GivenReason(round_.id, issue, seat.id, None, typed, now, said)])
        data: dict[str, Json] = {
            "round": round_.id,
            "issue": issue,
            "seat": seat.id,
            "by": secrets.person(actor.person),
            "reason": said,
        }
        await enter_one(uow, round_.council, at=now, kind=EntryKind.REASON_GIVEN, data=data, secrets=secrets)
        await uow.drafts.drop(council=round_.council, person=actor.person, kind=DraftKind.REASON, subject=issue)
        await redraw_live(uow, [(round_.council, PostKind.CARD, int(issue))], now=now)


async def _place_of(round_id: RoundId, issue: IssueId, text: str, uow: UnitOfWork) -> DraftPlace | None:
    """Where a refused reason is stored; None for a text that shows nothing."""
    return DraftPlace((await uow.rounds.get(round_id)).council, DraftKind.REASON, issue) if shows(text) else None


async def _require_in_time(uow: UnitOfWork, round_: Round, issue: IssueId, actor: Actor, seat: Seat) -> None:
    """Raises CastBefore where the seat gave its reason in this round before the actor came to it, or JoinedLate."""
    holder = await holder_of(uow, round_, seat, actor.person)
    last = await uow.reasons.latest(issue, seat.id)
    if last is not None and last.round == round_.id and not holder.sees_since(last.given_at):
        raise CastBefore(seat=seat.name, number=(await uow.issues.get(issue)).number)
