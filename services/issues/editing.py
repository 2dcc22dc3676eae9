"""Editing the agenda: seconding an issue, amending its text, merging duplicates, and hiding (PRODUCT §4)."""

from functools import partial

from deliberation.councils import Actor, Council
from deliberation.ids import ChannelId, SeatId
from deliberation.issues import (
    Issue,
    IssueNotHidden,
    IssueStatus,
    MergeWithItself,
    SecondedAlready,
    SecondNotNeeded,
    SecondOfOwn,
    VoteIsOpen,
)
from deliberation.record import EntryKind, Json
from deliberation.rounds import RoundStatus
from deliberation.texts import IssueText, checked
from services.people import DraftPlace, find_draft, kept_where_refused
from services.ports import Draft, DraftKind, Store, UnitOfWork
from services.posts import redraw_now
from services.record import enter_by
from services.transactions import (
    acting_seat,
    chaired_council,
    find_entry,
    issue_numbered,
    locked_council,
    require_role,
    sitting_council,
)

from ._card import card_view
from .views import CardView, SecondReceipt

NOTE_LIMIT = 300
"""Characters of the public note that says why an issue was hidden."""


class EditingService:
    """What members and chairs intend with the issues that others vote on."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def second(self, channel: ChannelId, actor: Actor, number: int, seat: SeatId | None = None) -> SecondReceipt:
        """Second an issue that lacks seconders for its first docket.

        Raises NoCouncil, CouncilClosed, NoSuchIssue, SecondNotNeeded, SecondOfOwn, SecondedAlready, as
        `Issue.require_open` or as `acting_seat`.
        """
        async with self._store.write(actor.person) as uow:
            council = await locked_council(uow, channel)
            own = await acting_seat(uow, council, actor, seat)
            require_role(council, own, actor)
            issue = await issue_numbered(uow, council.id, number)
            issue.require_open()
            needed = council.rules.seconders
            if not issue.lacks_seconders(needed):
                raise SecondNotNeeded(number=number)
            if issue.proposer in own.holders:
                raise SecondOfOwn(number=number)
            now = await uow.now()
            if not await uow.issues.second(issue.id, own.id, at=now):
                raise SecondedAlready(number=number, seconders=issue.seconders, needed=needed)
            await _enter(uow, council, actor, kind=EntryKind.ISSUE_SECONDED, issue=issue, seat=own.id)
            await redraw_now(uow, council.id, issues=[issue.id], now=now)
            issue = await uow.issues.get(issue.id)
            await uow.commit()
        return SecondReceipt(council=council, issue=issue, seconders=issue.seconders, needed=needed)

    async def amendable(self, channel: ChannelId, actor: Actor, number: int) -> tuple[Issue, IssueText | Draft]:
        """The issue, and what its form opens with: the actor's refused amendment, else the current text.

        Raises as `amend`.
        """
        async with self._store.read() as uow:
            council = await sitting_council(uow, channel)
            issue = await issue_numbered(uow, council.id, number)
            await _require_amendable(uow, council, actor, issue)
            draft = await find_draft(uow, actor.person, DraftPlace(council.id, DraftKind.AMENDMENT, issue.id))
            return issue, issue.text if draft is None else draft

    async def amend(
        self, channel: ChannelId, actor: Actor, number: int, *, title: str, action: str, why: str
    ) -> CardView:
        """Change an issue's text; earlier versions stay stored. The same text again changes nothing.

        Raises NoCouncil, CouncilClosed, NoSuchIssue, AmendNeedsChair, VoteIsOpen, a `Text…` error, or as
        `Issue.require_open`. What is refused is stored as a draft.
        """
        typed = {"title": title, "action": action, "why": why}
        async with (
            kept_where_refused(self._store, actor.person, typed, partial(_place_of, channel, number)),
            self._store.write(actor.person) as uow,
        ):
            council = await locked_council(uow, channel)
            issue = await issue_numbered(uow, council.id, number)
            await _require_amendable(uow, council, actor, issue)
            text = IssueText.written(title=title, action=action, why=why)
            if text != issue.text:
                issue = await _amend(uow, council, actor, issue, text)
            await uow.drafts.drop(council=council.id, person=actor.person, kind=DraftKind.AMENDMENT, subject=issue.id)
            view = await card_view(uow, council, issue, viewer=None)
            await uow.commit()
        return view

    async def merge(self, channel: ChannelId, actor: Actor, number: int, *, into: int) -> CardView:
        """Merge a duplicate into another issue, which lists its reasons from now on. The duplicate is no longer voted
        on.

        Raises NoCouncil, CouncilClosed, NotChair, NoSuchIssue, MergeWithItself, or as `Issue.require_open` for either.
        """
        async with self._store.write(actor.person) as uow:
            council = await chaired_council(uow, channel, actor)
            issue, other = await issue_numbered(uow, council.id, number), await issue_numbered(uow, council.id, into)
            if issue.id == other.id:
                raise MergeWithItself(number=number)
            issue.require_open()
            other.require_open()
            await uow.issues.merge(issue.id, into=into)
            await _enter(uow, council, actor, kind=EntryKind.ISSUE_MERGED, issue=issue, into=other.id)
            view = await _redrawn(uow, council, issue, other)
            await uow.commit()
        return view

    async def hide(self, channel: ChannelId, actor: Actor, number: int, *, note: str) -> CardView:
        """Hide an issue that breaks the server's rules, with a public note that says why. It is no longer voted on.

        Raises NoCouncil, CouncilClosed, NotChair, NoSuchIssue, a `Text…` error, or as `Issue.require_open`.
        """
        async with self._store.write(actor.person) as uow:
            council = await chaired_council(uow, channel, actor)
            note = checked(note, field="note", limit=NOTE_LIMIT, lines=False)
            issue = await issue_numbered(uow, council.id, number)
            issue.require_open()
            await uow.issues.hide(issue.id, note=note)
            await _enter(uow, council, actor, kind=EntryKind.ISSUE_HIDDEN, issue=issue)
            view = await _redrawn(uow, council, issue)
            await uow.commit()
        return view

    async def show_again(self, channel: ChannelId, actor: Actor, number: int) -> CardView:
        """Put a hidden issue under discussion again. Raises NoCouncil, CouncilClosed, NotChair, NoSuchIssue,
        IssueNotHidden, or VoteIsOpen, for an issue gets no ruling in the round in which it was hidden."""
        async with self._store.write(actor.person) as uow:
            council = await chaired_council(uow, channel, actor)
            issue = await issue_numbered(uow, council.id, number)
            if issue.status is not IssueStatus.HIDDEN:
                raise IssueNotHidden(number=number)
            running = await uow.rounds.find_running(council.id)
            if running is not None and await find_entry(uow, running, issue.id) is not None:
                raise VoteIsOpen(number=number, closes_at=running.closes_at)
            await uow.issues.show(issue.id)
            await _enter(uow, council, actor, kind=EntryKind.ISSUE_SHOWN, issue=issue)
            view = await _redrawn(uow, council, issue)
            await uow.commit()
        return view


async def _place_of(channel: ChannelId, number: int, uow: UnitOfWork) -> DraftPlace | None:
    """Where a refused amendment of the issue of that number is stored; None where there is no such issue."""
    council = await uow.councils.find_in(channel)
    issue = None if council is None else await uow.issues.find(council.id, number)
    return None if issue is None else DraftPlace(issue.council, DraftKind.AMENDMENT, issue.id)


async def _require_amendable(uow: UnitOfWork, council: Council, actor: Actor, issue: Issue) -> None:
    """Raises as `Issue.require_amendable`, or VoteIsOpen while the issue is voted on (a debate does not count)."""
    issue.require_amendable(actor.person, chair=council.is_chair(actor))
    running = await uow.rounds.find_running(council.id)
    if running is None or running.status is RoundStatus.DEBATE:
        return
    if await find_entry(uow, running, issue.id) is not None:
        raise VoteIsOpen(number=issue.number, closes_at=running.closes_at)


async def _amend(uow: UnitOfWork, council: Council, actor: Actor, issue: Issue, text: IssueText) -> Issue:
    now = await uow.now()
    amended = await uow.issues.amend(issue.id, text, author=actor.person, at=now)
    data: dict[str, Json] = {
        "issue": issue.id,
        "number": issue.number,
        "version": amended.version,
        "editorial": issue.proposer != actor.person,
    }
    await enter_by(uow, council.id, actor, at=now, kind=EntryKind.ISSUE_AMENDED, data=data)
    await redraw_now(uow, council.id, issues=[issue.id], now=now)
    return amended


async def _redrawn(uow: UnitOfWork, council: Council, *issues: Issue) -> CardView:
    """Ask for the issues' cards and the running round's message to be redrawn; returns the first issue's card as it is
    now."""
    running = await uow.rounds.find_running(council.id)
    listed = [issue.id for issue in issues]
    await redraw_now(uow, council.id, round_id=running and running.id, issues=listed, now=await uow.now())
    return await card_view(uow, council, await uow.issues.get(issues[0].id), viewer=None)


async def _enter(
    uow: UnitOfWork, council: Council, actor: Actor, *, kind: EntryKind, issue: Issue, **figures: int
) -> None:
    data = {"issue": issue.id, "number": issue.number, **figures}
    await enter_by(uow, council.id, actor, kind=kind, data=data)
