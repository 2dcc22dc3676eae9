"""Storing what was decided on a group of ballots: the ballots, their history, the record and the redraws."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from deliberation.ballots.sums import Sum
from deliberation.categories import Position
from deliberation.ids import RoundId
from deliberation.record import EntryKind, Event, Json
from deliberation.rounds import Ballot, Entitlement, Round
from services.ports import BallotEvent, BallotKey, GivenReason, PostKind, RunningSum, UnitOfWork
from services.posts import Subject, live_redraws
from services.record import Commitments, caster_entered, committed, enter, position_entered


class Noted(NamedTuple):
    """A ballot's event, and the words that came with it: its own, whatever else the seat says in the same group."""

    event: BallotEvent
    reason: str | None

    @property
    def key(self) -> BallotKey:
        return self.event.round, self.event.issue, self.event.seat


@dataclass(slots=True)
class Decided:
    """What is to be stored for a group, in the order in which it was decided. `entitled`: seats taken with a ballot;
    `sums`: of the rounds, as the ballots leave them, under the salts of their commitments."""

    at: datetime
    rounds: dict[RoundId, Round]
    salts: dict[RoundId, bytes] = field(default_factory=dict[RoundId, bytes])
    sums: dict[RoundId, Sum] = field(default_factory=dict[RoundId, Sum])
    entitled: list[Entitlement] = field(default_factory=list[Entitlement])
    casts: list[Noted] = field(default_factory=list[Noted])


async def store_ballots(uow: UnitOfWork, decided: Decided) -> None:
    """Store all of it; of several events about one ballot the last one stands."""
    if not decided.casts:
        return
    last = {cast.key: cast.event for cast in decided.casts}
    standing = {key: _ballot(event, event.position) for key, event in last.items() if event.position is not None}
    redraws = await live_redraws(uow, _shown(decided), now=decided.at)
    await uow.ballots.put(list(standing.values()))
    await uow.ballots.remove([key for key in last if key not in standing])
    await uow.ballots.add_events([cast.event for cast in decided.casts])
    reasons: dict[BallotKey, GivenReason] = {}
    for round_id in sorted({cast.event.round for cast in decided.casts}):
        reasons |= await _enter(uow, decided, decided.rounds[round_id])
    await uow.reasons.put([reason for key, reason in reasons.items() if key in standing])
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


async def _enter(uow: UnitOfWork, decided: Decided, round_: Round) -> dict[BallotKey, GivenReason]:
    """One entry of the record for the round: every ballot of the group, as it was cast, and the sum that they leave.
    The last reason given for each ballot."""
    secrets = Commitments(uow)
    lines: list[Json] = []
    reasons: dict[BallotKey, GivenReason] = {}
    for cast in decided.casts:
        if cast.event.round != round_.id:
            continue
        commitment = secrets.reason(cast.reason or "", round_)
        lines.append(_line(cast.event, round_, secrets, reason=commitment))
        if cast.reason and commitment is not None:
            reasons[cast.key] = GivenReason(*cast.key, cast.event.position, cast.reason, decided.at, commitment)
    running = RunningSum(salt=decided.salts[round_.id], text=decided.sums[round_.id].text)
    await uow.sums.put({round_.id: running})
    await uow.rounds.entitle([one for one in decided.entitled if one.round == round_.id])
    data: dict[str, Json] = {"round": round_.id, "ballots": lines, "sum": committed(running)}
    await enter(uow, round_.council, [Event(decided.at, EntryKind.BALLOTS_CAST, data)], secrets)
    return reasons


def _line(event: BallotEvent, round_: Round, secrets: Commitments, *, reason: str | None) -> Json:
    return {
        "issue": event.issue,
        "seat": event.seat,
        **position_entered(event.position, round_, secrets),
        "version": event.version,
        "by": caster_entered(event),
        "reason": reason,
    }


def _shown(decided: Decided) -> Sequence[Subject]:
    """The messages that show the ballots."""
    subjects: dict[Subject, None] = {}
    for event, _ in decided.casts:
        council = decided.rounds[event.round].council
        subjects[council, PostKind.ROUND, int(event.round)] = None
        subjects[council, PostKind.CARD, int(event.issue)] = None
    return list(subjects)
