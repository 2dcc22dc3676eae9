"""What is checked after the kills: whether everything acknowledged is there, once, and in time."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bench.crash.assembly import CHAIR, recall
from bench.crash.trial import Ballot
from deliberation.ids import CouncilId, IssueId, RoundId, SeatId
from deliberation.rounds import RUNNING, Round, RoundStatus
from services import Services
from services.ports import BallotEvent, PostKind, UnitOfWork
from storage import Database

SETTLING = timedelta(seconds=60)
Key = tuple[int, int, int]
"""Round, issue, seat."""


@dataclass
class Findings:
    """What the database contains; `violations`: each promise that was broken, in a sentence."""

    unacknowledged: int = 0
    closed: int = 0
    cancelled: int = 0
    rulings: int = 0
    latest_close: timedelta = timedelta(0)
    violations: list[str] = field(default_factory=list)


async def settle(database: Database) -> None:
    """Do what the program does after a restart, until no round is running. Raises TimeoutError."""
    services = Services.over(database)
    places = await recall(services)
    async with asyncio.timeout(SETTLING.total_seconds()):
        while True:
            await services.timetable.settle_due()
            views = [await services.rounds.status(place.channel) for place in places]
            running = [view for view in views if view is not None]
            for view in running:
                if view.round.status is RoundStatus.PAUSED:
                    await services.rounds.resume(view.council.channel, CHAIR)
            if not running:
                return
            await asyncio.sleep(0.05)


async def look(database: Database, acknowledged: Sequence[Ballot]) -> Findings:
    """Compare the database with what was acknowledged."""
    findings = Findings()
    by_round: defaultdict[int, list[Ballot]] = defaultdict(list)
    for ballot in acknowledged:
        by_round[ballot.round].append(ballot)
    async with database.read() as uow:
        for council in await uow.councils.list_all():
            await _look_at_council(uow, council.id, by_round, findings)
    unknown = sum(len(ballots) for ballots in by_round.values())
    if unknown:
        findings.violations.append(f"{unknown} acknowledged ballots are in rounds that do not exist")
    report = await Services.over(database).audit.verify()
    findings.violations += [f"disputed: {fault}" for fault in report.faults]
    findings.rulings = report.rulings
    return findings


async def _look_at_council(
    uow: UnitOfWork, council: CouncilId, by_round: defaultdict[int, list[Ballot]], findings: Findings
) -> None:
    entered = Counter(
        entry.data.get("round") for entry in await uow.record.entries(council) if entry.kind == "round closed"
    )
    due = await uow.posts.list_due(datetime.max.replace(tzinfo=UTC), most=1_000_000)
    results = Counter(post.subject for post in due if post.kind is PostKind.RESULT and post.council == council)
    for round_ in await uow.rounds.list_in(council):
        closings = (entered[round_.id], results[round_.id])
        expected = (1, 1) if round_.status is RoundStatus.CLOSED else (0, 0)
        if closings != expected:
            findings.violations.append(
                f"round {round_.id} is {round_.status}, and (entered as closed, results) are {closings}"
            )
        await _look_at_round(uow, round_, by_round.pop(round_.id, []), findings)


async def _look_at_round(uow: UnitOfWork, round_: Round, acknowledged: list[Ballot], findings: Findings) -> None:
    if round_.status in RUNNING:
        findings.violations.append(f"round {round_.id} is still {round_.status}")
    findings.closed += round_.status is RoundStatus.CLOSED
    findings.cancelled += round_.status is RoundStatus.CANCELLED
    if round_.status is RoundStatus.CLOSED and round_.closed_at is not None:
        findings.latest_close = max(findings.latest_close, round_.closed_at - round_.closes_at)
        votable = [entry.issue for entry in (await uow.rounds.docket([round_.id]))[round_.id] if not entry.withdrawn]
        ruled = await uow.rulings.of_round(round_.id)
        if sorted(votable) != sorted(ruled):
            findings.violations.append(f"round {round_.id} ruled on {sorted(ruled)} of {sorted(votable)}")
    events = await uow.ballots.list_events(round_.id)
    fresh = [ballot for ballot in acknowledged if not ballot.repeated]
    findings.unacknowledged += len(events) - len(fresh)
    findings.violations += [
        *_late(round_, events),
        *_lost(fresh, events),
        *_never_stood((ballot for ballot in acknowledged if ballot.repeated), events),
        *await _astray(uow, round_, events),
    ]


def _late(round_: Round, events: Iterable[BallotEvent]) -> list[str]:
    """Ballots that were accepted although the round was over."""
    end = round_.closed_at if round_.status is RoundStatus.CANCELLED and round_.closed_at else round_.closes_at
    return [f"accepted at {event.at}, after {end}: {event}" for event in events if event.at >= end]


def _lost(acknowledged: Iterable[Ballot], events: Iterable[BallotEvent]) -> list[str]:
    """Acknowledged ballots that the history lacks. Each member's receipts, in their order, must be among the ballots
    that the history has of that member, in the same order."""
    cast: defaultdict[tuple[Key, int], list[str | None]] = defaultdict(list)
    for event in events:
        position = None if event.position is None else event.position.value
        cast[(event.round, event.issue, event.seat), event.person].append(position)
    lost: list[str] = []
    remaining = {key: iter(positions) for key, positions in cast.items()}
    for ballot in acknowledged:
        history = remaining.get(((ballot.round, ballot.issue, ballot.seat), ballot.person), iter(()))
        if all(position != ballot.position for position in history):
            lost.append(f"lost: {ballot}")
    return lost


def _never_stood(repeated: Iterable[Ballot], events: Iterable[BallotEvent]) -> list[str]:
    """Ballots whose receipt said that they stood already, although nobody had cast them."""
    cast = {(event.round, event.issue, event.seat, event.position) for event in events}
    return [f"never cast: {one}" for one in repeated if (one.round, one.issue, one.seat, one.position) not in cast]


async def _astray(uow: UnitOfWork, round_: Round, events: Iterable[BallotEvent]) -> list[str]:
    """Seats whose standing ballot is not the one that they cast last."""
    last: dict[tuple[IssueId, SeatId], BallotEvent] = {(event.issue, event.seat): event for event in events}
    expected = {key: event.position for key, event in last.items() if event.position is not None}
    ballots = await uow.ballots.of_round(RoundId(round_.id))
    found = {(ballot.issue, ballot.seat): ballot.position for ballot in ballots if ballot.proxy is None}
    return [
        f"round {round_.id}, issue and seat {key}: {found.get(key)} stands, and {expected.get(key)} was cast last"
        for key in sorted(expected.keys() | found.keys())
        if expected.get(key) != found.get(key)
    ]
