"""Ballots: casting, changing and withdrawing one, and finding the issues that still lack one.

A receipt means that the ballot is durable: it is returned after the commit.
"""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from functools import partial

from deliberation.councils import Actor, Council
from deliberation.ids import ChannelId, IssueId, RoundId, SeatId
from deliberation.rounds import NotOnDocket, ReasonRequired, Round
from deliberation.seats import Seat
from deliberation.texts import REASON_LIMIT
from deliberation.texts.invisible import shows
from services.issues import CardView, card_view
from services.people import DraftPlace, kept_where_refused
from services.ports import DraftKind, Store, StoreConflict, StoreUnavailable, UnitOfWork
from services.reasons import ReasonPace
from services.rounds import RoundView, round_view
from services.seats import Holder, holder_of, voting_seat
from services.transactions import (
    GroupCommit,
    council_in,
    find_entry,
    issue_numbered,
    persistently,
    running_round,
    seats_of,
)

from ._cast import Cast
from ._casting import cast_group
from .views import BallotReceipt


class BallotService:
    """What members intend with their ballots."""

    def __init__(self, store: Store, pace: ReasonPace) -> None:
        self._store = store
        self._pace = pace
        self._group: GroupCommit[Cast, BallotReceipt] = GroupCommit(self._cast_all)

    async def cast(self, cast: Cast) -> BallotReceipt:
        """Cast, change or (`position` None) withdraw a ballot. The receipt means that it is durable.

        Raises ReasonRequired, with the text to open the form with, where the rules ask for a reason and none came;
        otherwise one of RoundIsOver, DeadlinePassed, NotOnDocket, IssueWithdrawn, TextChanged, NoSeat, SeatingClosed,
        SeatNeedsRole, SeatNeedsMembership, Barred, WhichSeat, NotHolder, JoinedLate, CastBefore, VotedAlready,
        ObserverMayNotVote, NotEntitled, MayNotAbstain, NoBallot, DebateUnderWay, RoundPaused, ReasonsTooMany, or a
        `Text…` error. A refused reason is stored as a draft.
        """
        try:
            async with self._keeping_reason(cast):
                if cast.reason:
                    await self._pace.require(cast.actor)
                return await self._group.submit(cast)
        except ReasonRequired as refusal:
            prefill = await self.reason_prefill(cast.round, cast.issue, cast.actor, cast.seat)
            raise ReasonRequired(prefill=prefill) from refusal

    async def withdraw(
        self, round_id: RoundId, issue: IssueId, version: int, actor: Actor, seat: SeatId | None = None
    ) -> BallotReceipt:
        """Withdraw the seat's ballot on the issue. Raises NoBallot, or as `cast`."""
        return await self._group.submit(Cast(round_id, issue, version, None, actor, seat=seat))

    async def reason_prefill(self, round_id: RoundId, issue: IssueId, actor: Actor, seat: SeatId | None = None) -> str:
        """The text that a reason form opens with: what was typed and refused, else the seat's last reason. Under
        secrecy never the latter, for the seat may have had another holder. Raises WhichSeat, NotHolder or
        JoinedLate."""
        async with self._store.read() as uow:
            round_ = await uow.rounds.get(round_id)
            council = round_.council
            draft = await uow.drafts.find(council=council, person=actor.person, kind=DraftKind.REASON, subject=issue)
            if draft is not None:
                return draft.fields["reason"][:REASON_LIMIT]
            own, _ = await _viewing(uow, round_, actor, seat)
            last = None if own is None or round_.is_secret else await uow.reasons.latest(issue, own.seat.id)
            if last is None or own is None or (last.round == round_.id and not own.sees_since(last.given_at)):
                return ""
            return last.text

    async def docket(self, channel: ChannelId, actor: Actor, seat: SeatId | None = None) -> RoundView:
        """The docket as the member sees it, the issues without their ballot first. Raises NoCouncil, NoOpenRound, or as
        `docket_of`."""
        async with self._store.read() as uow:
            council = await council_in(uow, channel)
            return await self._docket(uow, council, await running_round(uow, council.id), actor, seat)

    async def docket_of(self, round_id: RoundId, actor: Actor, seat: SeatId | None = None) -> RoundView:
        """That round's docket as the member sees it, for one of their seats.

        Raises WhichSeat, NotHolder, JoinedLate, DebateUnderWay, RoundPaused, RoundIsOver or DeadlinePassed.
        """
        async with self._store.read() as uow:
            round_ = await uow.rounds.get(round_id)
            return await self._docket(uow, await uow.councils.get(round_.council), round_, actor, seat)

    async def ballot_for(self, channel: ChannelId, actor: Actor, number: int, seat: SeatId | None = None) -> CardView:
        """The issue of that number, ready to be voted on. Raises NoCouncil, NoSuchIssue, NoOpenRound or as
        `ballot_of`."""
        async with self._store.read() as uow:
            council = await council_in(uow, channel)
            issue = await issue_numbered(uow, council.id, number)
            return await self._ballot(uow, await running_round(uow, council.id), issue.id, actor, seat)

    async def ballot_of(self, round_id: RoundId, issue: IssueId, actor: Actor, seat: SeatId | None = None) -> CardView:
        """The issue, ready to be voted on in that round. Raises NotOnDocket, or as `docket_of`."""
        async with self._store.read() as uow:
            return await self._ballot(uow, await uow.rounds.get(round_id), issue, actor, seat)

    async def _docket(
        self, uow: UnitOfWork, council: Council, round_: Round, actor: Actor, seat: SeatId | None
    ) -> RoundView:
        round_.require_accepting(await uow.now())
        viewer, seats = await _viewing(uow, round_, actor, seat)
        return await round_view(uow, council, round_, viewer=viewer, seats=seats)

    async def _ballot(
        self, uow: UnitOfWork, round_: Round, issue: IssueId, actor: Actor, seat: SeatId | None
    ) -> CardView:
        round_.require_accepting(await uow.now())
        found = await uow.issues.get(issue)
        if await find_entry(uow, round_, issue) is None:
            raise NotOnDocket(number=found.number)
        viewer, _ = await _viewing(uow, round_, actor, seat)
        return await card_view(uow, await uow.councils.get(round_.council), found, viewer=viewer)

    async def _cast_all(self, casts: Sequence[Cast]) -> list[BallotReceipt | Exception]:
        """Decide and store a group, and try again where the store breaks off. The first attempt may have been stored
        although its answer was lost: its ballots are then cast again, and count once. A refusal that only a later
        attempt met says nothing about the first one."""
        failures: list[StoreUnavailable] = []

        async def attempt() -> list[BallotReceipt | Exception]:
            try:
                return await self._cast_once(casts)
            except StoreUnavailable as failure:
                failures.append(failure)
                raise

        answers = await persistently(attempt)
        doubt = next((failure for failure in failures if not isinstance(failure, StoreConflict)), None)
        return [doubt if doubt and _contradicts(answer) else answer for answer in answers]

    async def _cast_once(self, casts: Sequence[Cast]) -> list[BallotReceipt | Exception]:
        async with self._store.write(*{cast.actor.person for cast in casts}) as uow:
            answers = await cast_group(uow, casts)
            for cast, answer in zip(casts, answers, strict=True):
                if isinstance(answer, BallotReceipt) and answer.reason is not None:
                    await uow.drafts.drop(
                        council=answer.council.id, person=cast.actor.person, kind=DraftKind.REASON, subject=cast.issue
                    )
            await uow.commit()
        recorded = sum(isinstance(answer, BallotReceipt) and not answer.repeated for answer in answers)
        self._store.observer.ballots_recorded(recorded, group=len(casts))
        return answers

    def _keeping_reason(self, cast: Cast) -> AbstractAsyncContextManager[None]:
        """Store a form's reason as a draft where the ballot is refused. A tap and an empty field bring no reason."""
        if not shows(cast.reason or ""):
            return nullcontext()
        typed = {"reason": cast.reason or ""}
        return kept_where_refused(self._store, cast.actor.person, typed, partial(_place_of, cast))


async def _place_of(cast: Cast, uow: UnitOfWork) -> DraftPlace:
    """Where a refused reason is stored."""
    return DraftPlace((await uow.rounds.get(cast.round)).council, DraftKind.REASON, cast.issue)


def _contradicts(answer: BallotReceipt | Exception) -> bool:
    """Whether the answer denies what an earlier attempt may have stored. ReasonRequired, which asks for a form, denies
    nothing."""
    return isinstance(answer, Exception) and not isinstance(answer, ReasonRequired)


async def _viewing(
    uow: UnitOfWork, round_: Round, actor: Actor, named: SeatId | None
) -> tuple[Holder | None, tuple[Seat, ...]]:
    """The actor as holder of the seat that they vote for in the round, None without one, and all that they could vote
    for.

    Raises WhichSeat, NotHolder or JoinedLate.
    """
    removed = await uow.seats.removed_held_by([(round_.id, actor.person)])
    held = (*await seats_of(uow, round_.council, actor.person), *removed[round_.id, actor.person])
    if not held:
        return None, ()
    return await holder_of(uow, round_, voting_seat(held, named), actor.person), held
