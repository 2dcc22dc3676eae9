"""Storing a group of ballots once they are decided: the ballots, their history, the record and the redraws."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from deliberation.ballots.sums import Sum
from deliberation.categories import Position
from deliberation.ids import CouncilId, RoundId
from deliberation.record import EntryKind, Event, Json
from deliberation.rounds import Ballot, Entitlement, Round
from services.ports import BallotEvent, BallotKey, GivenReason, Grounds, Outcome, PostKind, RunningSum, UnitOfWork
from services.posts import Subject, live_redraws
from services.record import Commitments, caster_entered, committed, position_entered, with_changes


class Noted(NamedTuple):
    """A ballot's event and the reason that came with it: its own one, whatever else the seat says in the same group."""

    event: BallotEvent
    reason: str | None

    @property
    def key(self) -> BallotKey:
        return self.event.round, self.event.issue, self.event.seat


@dataclass(slots=True)
class Decided:
    """What is to be stored for a group, in the order in which it was decided. `entitled`: seats taken with a ballot;
    `sums`: of the rounds, as the ballots leave them."""

    grounds: Grounds
    sums: dict[RoundId, Sum]
    entitled: list[Entitlement] = field(default_factory=list[Entitlement])
    casts: list[Noted] = field(default_factory=list[Noted])

    def running(self, round_id: RoundId) -> RunningSum:
        """The round's sum, under the salt of its commitments."""
        return RunningSum(salt=self.grounds.sums[round_id].salt, text=self.sums[round_id].text)


async def store_ballots(uow: UnitOfWork, decided: Decided) -> None:
    """Store all of it. Of several events about one ballot, the last one stands."""
    if not decided.casts:
        return
    last = {cast.key: cast.event for cast in decided.casts}
    standing = {key: _ballot(event, event.position) for key, event in last.items() if event.position is not None}
    await uow.ballots.remove([key for key in last if key not in standing])
    reasons: dict[BallotKey, GivenReason] = {}
    entered: dict[CouncilId, list[Event]] = {}
    rounds = sorted({cast.event.round for cast in decided.casts})
    for round_id in rounds:
        round_ = decided.grounds.rounds[round_id]
        event, given = await _told(uow, decided, round_)
        entered.setdefault(round_.council, []).append(event)
        reasons |= given
    outcome = Outcome(
        ballots=list(standing.values()),
        events=[cast.event for cast in decided.casts],
        sums={round_id: decided.running(round_id) for round_id in rounds},
        entered=entered,
        redraws=live_redraws(_shown(decided), decided.grounds.messages, now=decided.grounds.now),
    )
    await uow.casting.store(outcome)
    await uow.reasons.put([reason for key, reason in reasons.items() if key in standing])


def _ballot(event: BallotEvent, position: Position) -> Ballot:
    return Ballot(
        round=event.round,
        issue=event.issue,
        seat=event.seat,
        position=position,
        version=event.version,
        cast_at=event.at,
    )


async def _told(uow: UnitOfWork, decided: Decided, round_: Round) -> tuple[Event, dict[BallotKey, GivenReason]]:
    """Append one entry to the record for the round: every ballot of the group, as it was cast, and the sum after them.
    Returns the last reason given for each ballot."""
    secrets = Commitments(uow)
    lines: list[Json] = []
    reasons: dict[BallotKey, GivenReason] = {}
    for cast in decided.casts:
        if cast.event.round != round_.id:
            continue
        commitment = secrets.reason(cast.reason or "", round_)
        lines.append(_line(cast.event, round_, secrets, reason=commitment))
        if cast.reason and commitment is not None:
            reasons[cast.key] = GivenReason(
                *cast.key, cast.event.position, cast.reason, decided.grounds.now, commitment
            )
    await uow.rounds.entitle([one for one in decided.entitled if one.round == round_.id])
    data: dict[str, Json] = {"round": round_.id, "ballots": lines, "sum": committed(decided.running(round_.id))}
    [event] = with_changes(uow, [Event(decided.grounds.now, EntryKind.BALLOTS_CAST, data)], secrets)
    await secrets.keep(round_.council)
    return event, reasons


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
        council = decided.grounds.rounds[event.round].council
        subjects[council, PostKind.ROUND, int(event.round)] = None
        subjects[council, PostKind.CARD, int(event.issue)] = None
    return list(subjects)
