"""Issues: proposing, looking, withdrawing, and asking for a review."""

from functools import partial
from typing import ClassVar

from deliberation.councils import Actor, Council
from deliberation.errors import DomainError
from deliberation.ids import ChannelId, IssueId, SeatId
from deliberation.issues import Issue, IssueStatus, ReviewAskedAlready, require_room_for
from deliberation.record import EntryKind
from deliberation.seats import JoinedLate, Seat
from deliberation.texts import IssueText, fold
from services.people import DraftPlace, kept_where_refused
from services.ports import Draft, DraftKind, Store, UnitOfWork
from services.posts import redraw_now
from services.record import enter_by
from services.seats import Holder, holder_of
from services.transactions import (
    acting_seat,
    council_in,
    issue_numbered,
    locked_council,
    no_seat,
    require_role,
    seat_of,
    seats_of,
)

from ._card import card_view
from ._similar import similar
from .views import CardView, Proposal, ReviewReceipt


class NoDraft(DomainError):
    """There is no draft that could be proposed."""

    code: ClassVar[str] = "no_draft"


class IssueService:
    """What members intend with issues."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def propose(
        self,
        channel: ChannelId,
        actor: Actor,
        *,
        title: str,
        action: str,
        why: str,
        replaces: int | None = None,
        anyway: bool = False,
    ) -> Proposal:
        """Put an issue up, at *independent*. Where similar ones exist, nothing is put up unless `anyway`. `replaces`:
        the number of the issue that it would replace.

        Raises NoCouncil, CouncilClosed, NoSuchIssue, IssuesTooMany, a seat's error, or a `Text…` error. Whatever is not
        put up is stored as a draft.
        """
        typed = {"title": title, "action": action, "why": why}
        if replaces is not None:
            typed["replaces"] = str(replaces)
        async with (
            kept_where_refused(self._store, actor.person, typed, partial(_place_in, channel)),
            self._store.write(actor.person) as uow,
        ):
            council = await locked_council(uow, channel)
            await _require_voice(uow, council, actor)
            text = IssueText.written(title=title, action=action, why=why)
            listed = await uow.issues.list_in(council.id)
            others = [issue for issue in listed if issue.number != replaces]
            alike = () if anyway else similar(text.title, others)
            issue = None if alike else await _put_up(uow, council, actor, text, replaces=replaces)
            if issue is None:
                draft = Draft(council=council.id, person=actor.person, kind=DraftKind.ISSUE, subject=0, fields=typed)
                await uow.drafts.put(draft, at=await uow.now())
            await uow.commit()
        return Proposal(council=council, issue=issue, similar=alike)

    async def draft(self, channel: ChannelId, actor: Actor) -> Draft | None:
        """The actor's last proposal that was not put up, if any. Raises NoCouncil."""
        async with self._store.read() as uow:
            council = await council_in(uow, channel)
            return await uow.drafts.find(council=council.id, person=actor.person, kind=DraftKind.ISSUE, subject=0)

    async def propose_draft(self, channel: ChannelId, actor: Actor) -> Proposal:
        """Put the draft up although similar issues exist. Asked for several times, it is put up once.

        Raises NoDraft, or as `propose`; a refused draft stays.
        """
        async with self._store.write(actor.person) as uow:
            council = await locked_council(uow, channel)
            await _require_voice(uow, council, actor)
            draft = await uow.drafts.find(council=council.id, person=actor.person, kind=DraftKind.ISSUE, subject=0)
            if draft is None:
                raise NoDraft
            fields = draft.fields
            text = IssueText.written(title=fields["title"], action=fields["action"], why=fields["why"])
            replaces = fields.get("replaces") or None
            issue = await _put_up(uow, council, actor, text, replaces=None if replaces is None else int(replaces))
            await uow.commit()
        return Proposal(council=council, issue=issue)

    async def show(self, channel: ChannelId, actor: Actor, number: int) -> CardView:
        """An issue with the actor's own ballot. Raises NoCouncil or NoSuchIssue."""
        async with self._store.read() as uow:
            council = await council_in(uow, channel)
            issue = await issue_numbered(uow, council.id, number)
            held = await seats_of(uow, council.id, actor.person)
            # With several seats there is no one ballot to show; voting asks for which seat.
            viewer = await _viewer(uow, council, actor, held[0]) if len(held) == 1 else None
            return await card_view(uow, council, issue, viewer=viewer)

    async def card(self, issue: IssueId) -> CardView:
        """An issue as its public card shows it. Raises LookupError."""
        async with self._store.read() as uow:
            found = await uow.issues.get(issue)
            return await card_view(uow, await uow.councils.get(found.council), found, viewer=None)

    async def list_in(self, channel: ChannelId) -> tuple[Council, tuple[Issue, ...]]:
        """The council and its issues: those under discussion by number, then the others. Raises NoCouncil."""
        async with self._store.read() as uow:
            council = await council_in(uow, channel)
            issues = await uow.issues.list_in(council.id)
            return council, tuple(
                sorted(issues, key=lambda issue: (issue.status is not IssueStatus.OPEN, issue.number))
            )

    async def suggest(
        self, channel: ChannelId, typed: str, *, most: int = 25, votable: bool = False
    ) -> tuple[Issue, ...]:
        """Issues whose number or title matches what was typed so far; none where the channel has no council. `votable`:
        only those on the open round's docket."""
        async with self._store.read() as uow:
            council = await uow.councils.find_in(channel)
            issues = () if council is None else await uow.issues.list_in(council.id)
            if council is not None and votable:
                round_ = await uow.rounds.find_running(council.id)
                docket = () if round_ is None else (await uow.rounds.docket([round_.id]))[round_.id]
                listed = {entry.issue for entry in docket}
                issues = tuple(issue for issue in issues if issue.id in listed)
        wanted = fold(typed)
        fitting = [issue for issue in issues if issue.status is IssueStatus.OPEN and _fits(issue, wanted)]
        fitting.sort(key=lambda issue: (str(issue.number) != wanted, issue.number))
        return tuple(fitting[:most])

    async def withdraw(self, channel: ChannelId, actor: Actor, number: int) -> CardView:
        """Withdraw one's own issue before its first ruling. Ballots on it stay stored, and get no ruling.

        Raises NoCouncil, CouncilClosed, NoSuchIssue, NotProposer, AlreadyRuled, or as `Issue.require_open`.
        """
        async with self._store.write(actor.person) as uow:
            council = await locked_council(uow, channel)
            issue = await issue_numbered(uow, council.id, number)
            issue.require_withdrawable(actor.person)
            now = await uow.now()
            await uow.issues.withdraw(issue.id, at=now)
            await _enter_by(uow, council, actor, kind=EntryKind.ISSUE_WITHDRAWN, issue=issue)
            round_ = await uow.rounds.find_running(council.id)
            await redraw_now(uow, council.id, round_id=round_ and round_.id, issues=[issue.id], now=now)
            view = await card_view(uow, council, await uow.issues.get(issue.id), viewer=None)
            await uow.commit()
        return view

    async def review(self, channel: ChannelId, actor: Actor, number: int, seat: SeatId | None = None) -> ReviewReceipt:
        """Ask for a new vote on a prohibited issue, or second that request. With enough seconders it returns to the
        docket.

        Raises NoCouncil, NoSuchIssue, a seat's error, ReviewNotNeeded, ReviewUnderWay or ReviewAskedAlready.
        """
        async with self._store.write(actor.person) as uow:
            council = await locked_council(uow, channel)
            own = await acting_seat(uow, council, actor, seat)
            require_role(council, own, actor)
            issue = await issue_numbered(uow, council.id, number)
            issue.require_reviewable()
            needed = council.rules.review_seconders
            now = await uow.now()
            if not await uow.issues.second(issue.id, own.id, at=now):
                raise ReviewAskedAlready(number=number, seconders=issue.seconders - 1, needed=needed)
            receipt = ReviewReceipt(
                council=council,
                issue=issue,
                seconders=issue.seconders,
                needed=needed,
                opened=issue.seconders >= needed,
            )
            await _enter_by(uow, council, actor, kind=EntryKind.REVIEW_ASKED, issue=issue, seat=own.id)
            if receipt.opened:
                await uow.issues.put_standing(issue.id, issue.standing.reviewed(), before=issue.standing)
                await _enter_by(uow, council, actor, kind=EntryKind.REVIEW_OPENED, issue=issue)
                await redraw_now(uow, council.id, issues=[issue.id], now=now)
            await uow.commit()
        return receipt


async def _viewer(uow: UnitOfWork, council: Council, actor: Actor, seat: Seat) -> Holder | None:
    """The actor as holder of the seat; None where they may see nothing of what the seat has cast."""
    round_ = await uow.rounds.find_running(council.id)
    if round_ is None:
        return Holder(seat)
    try:
        return await holder_of(uow, round_, seat, actor.person)
    except JoinedLate:
        return None


async def _require_voice(uow: UnitOfWork, council: Council, actor: Actor) -> None:
    """Raises unless the actor may propose: a holder of any seat (an observer's too), a chair, and under open seating
    anyone who could take a seat."""
    if council.is_chair(actor) or council.may_take_seat(actor):
        return
    if await seat_of(uow, council.id, actor.person) is None:
        raise no_seat(council, actor)


async def _put_up(uow: UnitOfWork, council: Council, actor: Actor, text: IssueText, *, replaces: int | None) -> Issue:
    if replaces is not None:
        await issue_numbered(uow, council.id, replaces)
    now = await uow.now()
    if not council.is_chair(actor):
        require_room_for(actor.person, await uow.issues.list_in(council.id), now=now)
    number = await uow.issues.last_number(council.id) + 1
    issue = await uow.issues.add(
        council=council.id, number=number, text=text, proposer=actor.person, at=now, replaces=replaces
    )
    await uow.drafts.drop(council=council.id, person=actor.person, kind=DraftKind.ISSUE, subject=0)
    data = {"issue": issue.id, "number": number, "version": issue.version}
    await enter_by(uow, council.id, actor, at=now, kind=EntryKind.ISSUE_PROPOSED, data=data)
    await redraw_now(uow, council.id, issues=[issue.id], now=now)
    return issue


async def _place_in(channel: ChannelId, uow: UnitOfWork) -> DraftPlace | None:
    """Where a member's draft of a proposal is stored in the channel's council."""
    council = await uow.councils.find_in(channel)
    return None if council is None else DraftPlace(council.id, DraftKind.ISSUE)


async def _enter_by(
    uow: UnitOfWork, council: Council, actor: Actor, *, kind: EntryKind, issue: Issue, **figures: int
) -> None:
    data = {"issue": issue.id, "number": issue.number, **figures}
    await enter_by(uow, council.id, actor, kind=kind, data=data)


def _fits(issue: Issue, wanted: str) -> bool:
    return not wanted or str(issue.number).startswith(wanted) or wanted in fold(issue.text.title)
