"""Settling a round: from its counted ballots to stored rulings (ARCHITECTURE "How a round closes").

By now the round is `closing`: no ballot can be added, so counting needs no lock. Storing checks the status first, so
that of two processes that close the round, one finds nothing left to do.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from deliberation.categories import Category
from deliberation.codec import ruling_to_data
from deliberation.councils import Council
from deliberation.ids import IssueId, RoundId
from deliberation.issues import Issue
from deliberation.record import EntryKind, Event, Json, instant_text
from deliberation.rounds import Ballot, DocketEntry, Round, RoundStatus
from deliberation.rulings import Ruling, rule
from deliberation.rulings.standings import Standing, Terms
from deliberation.rulings.tallies import Tally
from services.ports import PostKind, Store, UnitOfWork
from services.posts import redraw_now
from services.record import Commitments, ballot_line, enter, enter_one, require_true_count

from ._by_proxy import proxied_ballots, with_proxied
from ._opening import plan_reminders


async def settle(store: Store, round_id: RoundId) -> None:
    """Rule on a closing round and close it; or let it go on, where its rules prolong it because a quorum is missing.

    Does nothing where it is closed already. Raises RecordContradicted where the tables are not as they were entered.
    """
    async with store.read() as uow:
        round_ = await uow.rounds.get(round_id)
        # Proxies can be neither given nor ended once the deadline has passed.
        proxied = await proxied_ballots(uow, round_)
        counted_in = await uow.ballots.tally(round_id)
        if round_.status is RoundStatus.CLOSING:
            await require_true_count(uow, round_, counted_in)
        tallies = await with_proxied(uow, round_, counted_in, proxied)
    async with store.write() as uow:
        council = await uow.councils.lock(round_.council)
        counted, round_ = round_, await uow.rounds.lock(round_id)
        if round_.status is not RoundStatus.CLOSING:
            return
        recount = round_.closes_at != counted.closes_at
        if not recount:
            closed = await _conclude(uow, council, round_, tallies, proxied)
            late = await uow.now() - round_.closes_at
            await uow.commit()
            if closed:
                store.observer.round_closed(late=late)
    if recount:
        # Meanwhile another process prolonged the round and claimed it again, and ballots have come since.
        await settle(store, round_id)


async def _conclude(
    uow: UnitOfWork, council: Council, round_: Round, tallies: Mapping[IssueId, Tally], proxied: Sequence[Ballot]
) -> bool:
    """Prolong the round, or rule on the issues still on its docket. Returns whether it is closed now."""
    docket = (await uow.rounds.docket([round_.id]))[round_.id]
    votable = [entry for entry in docket if not entry.withdrawn]
    if round_.may_be_extended(await uow.now()) and _is_inquorate(round_, votable, tallies):
        await _extend(uow, council, round_, docket)
        return False
    rulings = await decide(uow, round_, votable, tallies)
    await _store_proxied(uow, round_, [ballot for ballot in proxied if ballot.issue in rulings])
    await _store(uow, council, round_, docket, rulings)
    return True


def _is_inquorate(round_: Round, votable: Sequence[DocketEntry], tallies: Mapping[IssueId, Tally]) -> bool:
    tallied = [tallies[entry.issue] for entry in votable]
    return any(not round_.rules.quorum.met(tally.cast.seats, tally.entitled.seats) for tally in tallied)


async def _extend(uow: UnitOfWork, council: Council, round_: Round, docket: Sequence[DocketEntry]) -> None:
    """Open the round again; its new deadline is the old one plus the length that its rules give."""
    now = await uow.now()
    closes_at = round_.closes_at + (round_.rules.extension or timedelta(0))
    before, round_ = round_, replace(round_, status=RoundStatus.OPEN, closes_at=closes_at, extended=True)
    await uow.rounds.put(round_, before=before)
    data: dict[str, Json] = {
        "round": round_.id,
        "number": round_.number,
        "closes_at": int(closes_at.timestamp()),
        "by": None,
    }
    await enter_one(uow, council.id, at=now, kind=EntryKind.ROUND_EXTENDED, data=data)
    await plan_reminders(uow, round_, now=now)
    await redraw_now(uow, council.id, round_id=round_.id, issues=[entry.issue for entry in docket], now=now)


async def _store_proxied(uow: UnitOfWork, round_: Round, proxied: Sequence[Ballot]) -> None:
    """Store the ballots that came by proxy, and enter them like every other ballot."""
    if not proxied:
        return
    await uow.ballots.put(proxied)
    secrets = Commitments(uow)
    lines: list[Json] = [ballot_line(ballot, round_, secrets) for ballot in proxied]
    data: dict[str, Json] = {"round": round_.id, "ballots": lines, "at": instant_text(proxied[0].cast_at)}
    await enter(uow, round_.council, [Event(await uow.now(), EntryKind.BALLOTS_BY_PROXY, data)], secrets)


async def decide(
    uow: UnitOfWork, round_: Round, entries: Sequence[DocketEntry], tallies: Mapping[IssueId, Tally]
) -> dict[IssueId, Ruling]:
    """The ruling on each of the entries, given the issues' standings after earlier rounds."""
    issues = [await uow.issues.get(entry.issue) for entry in entries]
    standings = await _standings(uow, round_, entries, issues)
    return {entry.issue: rule(standings[entry.issue], tallies[entry.issue], round_.rules) for entry in entries}


async def _standings(
    uow: UnitOfWork, round_: Round, entries: Sequence[DocketEntry], issues: Sequence[Issue]
) -> dict[IssueId, Standing]:
    """Each issue's standing at the start of the round: carried over from the last round that ruled on it."""
    history = await uow.rulings.of_issues(entry.issue for entry in entries)
    last = {issue: rounds[-1][0] for issue, rounds in history.items() if rounds}
    versions = await versions_of(uow, {past.id for past in last.values()})
    standings: dict[IssueId, Standing] = {}
    for entry, issue in zip(entries, issues, strict=True):
        past = last.get(entry.issue)
        before = None if past is None else Terms(past.rules, versions[past.id, entry.issue])
        now = Terms(round_.rules, entry.version)
        standings[entry.issue] = issue.standing if before is None else issue.standing.carried_over(before, now)
    return standings


async def versions_of(uow: UnitOfWork, rounds: set[RoundId]) -> dict[tuple[RoundId, IssueId], int]:
    """The version of each issue's text on the dockets of these rounds."""
    dockets = await uow.rounds.docket(rounds)
    return {(entry.round, entry.issue): entry.version for docket in dockets.values() for entry in docket}


def _asks_anew(ruling: Ruling) -> bool:
    """Whether the issue's seconders are cleared: after a review, and on becoming *prohibited*, since a review needs
    seconders of its own."""
    reviewed = ruling.before.under_review and not ruling.after.under_review
    return reviewed or (ruling.moved and ruling.after.category is Category.PROHIBITED)


async def _store(
    uow: UnitOfWork,
    council: Council,
    round_: Round,
    docket: Sequence[DocketEntry],
    rulings: Mapping[IssueId, Ruling],
) -> None:
    now = await uow.now()
    await uow.rulings.add(round_.id, rulings)
    for issue, ruling in rulings.items():
        stood = (await uow.issues.get(issue)).standing
        await uow.issues.put_standing(issue, ruling.after, before=stood)
        if _asks_anew(ruling):
            await uow.issues.clear_seconders(issue)
    await uow.issues.mark_ruled(rulings, round_number=round_.number)
    await uow.rounds.put(replace(round_, status=RoundStatus.CLOSED, closed_at=now), before=round_)
    await uow.proxies.end(council.id, rulings)
    await uow.sums.end(round_.id)
    lines: list[Json] = [{"issue": issue, "ruling": ruling_to_data(ruling)} for issue, ruling in rulings.items()]
    data: dict[str, Json] = {"round": round_.id, "number": round_.number, "rulings": lines}
    await enter_one(uow, council.id, at=now, kind=EntryKind.ROUND_CLOSED, data=data)
    await uow.posts.drop(PostKind.REMINDER, round_.id)
    await uow.posts.add(council=council.id, kind=PostKind.RESULT, subject=round_.id, due_at=now, data={})
    await redraw_now(uow, council.id, round_id=round_.id, issues=[entry.issue for entry in docket], now=now)
