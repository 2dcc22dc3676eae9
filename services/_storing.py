"""Storing what was decided on a group of ballots: the ballots, their history, the record and the redraws."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from deliberation.categories import Position
from deliberation.ids import RoundId
from deliberation.record import Event, Json
from deliberation.rounds import Ballot, Entitlement, Round

from ._record import Commitments, caster_entered, enter, position_entered
from ._redraws import Subject, live_redraws
from .ports import BallotEvent, BallotKey, PostKind, UnitOfWork


@dataclass(slots=True)
class Decided:
    """What is to be stored for a group, in the order in which it was decided. `entitled`: seats taken with a ballot;
    `reasons`: of each ballot the last one given."""

    at: datetime
    rounds: dict[RoundId, Round]
    entitled: list[Entitlement] = field(default_factory=list)
    events: list[BallotEvent] = field(default_factory=list)
    reasons: dict[BallotKey, str] = field(default_factory=dict)


async def store_ballots(uow: UnitOfWork, decided: Decided) -> None:
    """Store all of it; of several events about one ballot the last one stands."""
    if not decided.events:
        return
    last = {(event.round, event.issue, event.seat): event for event in decided.events}
    standing = {key: _ballot(event, event.position) for key, event in last.items() if event.position is not None}
    kept = [(key, text) for key, text in decided.reasons.items() if key in standing]
    redraws = await live_redraws(uow, _shown(decided), now=decided.at)
    async with uow.together():
        await uow.rounds.entitle(decided.entitled)
        await uow.ballots.put(list(standing.values()))
        await uow.ballots.remove([key for key in last if key not in standing])
        await uow.ballots.add_events(decided.events)
        await uow.reasons.put([(*key, standing[key].position, text, decided.at) for key, text in kept])
        await _enter(uow, decided)
        await uow.posts.redraw(redraws)


def _ballot(event: BallotEvent, position: Position) -> Ballot:
    return Ballot(
        round=event.round,
        issue=event.issue,
        seat=event.seat,
        position=position,
        version=event.version,
        cast_at=event.at,
    )


async def _enter(uow: UnitOfWork, decided: Decided) -> None:
    """One entry of the record for each round: every ballot of the group, as it was cast."""
    secrets = Commitments(uow)
    by_round: dict[RoundId, list[BallotEvent]] = {}
    for event in decided.events:
        by_round.setdefault(event.round, []).append(event)
    for round_id, events in sorted(by_round.items()):
        round_ = decided.rounds[round_id]
        lines: Sequence[Json] = [_line(event, round_, decided, secrets) for event in events]
        data: dict[str, Json] = {"round": round_id, "ballots": lines}
        await enter(uow, round_.council, [Event(decided.at, "ballots cast", data)])
    await secrets.keep()


def _line(event: BallotEvent, round_: Round, decided: Decided, secrets: Commitments) -> Json:
    reason = decided.reasons.get((event.round, event.issue, event.seat))
    return {
        "issue": event.issue,
        "seat": event.seat,
        **position_entered(event.position, round_, secrets),
        "version": event.version,
        "by": caster_entered(event),
        "reason": secrets.reason(reason or "", round_),
    }


def _shown(decided: Decided) -> Sequence[Subject]:
    """The messages that show the ballots."""
    subjects: dict[Subject, None] = {}
    for event in decided.events:
        council = decided.rounds[event.round].council
        subjects[council, PostKind.ROUND, int(event.round)] = None
        subjects[council, PostKind.CARD, int(event.issue)] = None
    return list(subjects)
