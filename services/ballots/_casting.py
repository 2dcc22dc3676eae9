"""Casting a group of ballots in one transaction: lock the rounds, read the clock, decide each, store them all.

The promise rests on this order (PRODUCT §3): the instant is read after the rounds are locked. So a ballot is stored if
and only if it was accepted before the deadline, and closing the round counts every ballot accepted in time.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from deliberation.ballots.sums import Sum
from deliberation.categories import Position
from deliberation.councils import Actor, Council
from deliberation.errors import DomainError
from deliberation.ids import CouncilId, PersonId, RoundId, SeatId
from deliberation.rounds import (
    CastBefore,
    DocketEntry,
    Entitlement,
    NoBallot,
    NotEntitled,
    NotOnDocket,
    ReasonRequired,
    Round,
    RoundIsOver,
    TextChanged,
)
from deliberation.rules import Secrecy
from deliberation.seats import Barred, MayNotAbstain, NotHolder, ObserverMayNotVote, Seat
from deliberation.texts import REASON_LIMIT, checked
from deliberation.texts.invisible import shows
from services.ports import BallotEvent, BallotKey, Grounds, UnitOfWork, Voter
from services.record import RecordContradicted
from services.seats import (
    Holder,
    OwnNames,
    late_since,
    own_or_former_seat,
    require_in_time,
    returned,
    take_seat,
    voting_seat,
)
from services.transactions import no_seat, require_role

from ._cast import Cast
from ._storing import Decided, Noted, store_ballots
from .views import BallotReceipt


async def cast_group(uow: UnitOfWork, casts: Sequence[Cast]) -> list[BallotReceipt | Exception]:
    """Decide and store the ballots in the order given; returns an answer for each. The caller commits."""
    grounds = await uow.casting.gather(
        rounds={cast.round for cast in casts},
        issues={cast.issue for cast in casts},
        people={cast.actor.person for cast in casts},
    )
    group = _Group(uow, grounds)
    answers = [await group.answer(cast) for cast in casts]
    await store_ballots(uow, group.decided)
    return answers


class _Group:
    """The data by which one group's ballots are decided, and what is to be stored for them."""

    def __init__(self, uow: UnitOfWork, grounds: Grounds) -> None:
        self._uow = uow
        self._now = grounds.now
        self._rounds, self._councils, self._dockets = grounds.rounds, grounds.councils, grounds.dockets
        self._standing: dict[BallotKey, Position] = dict(grounds.positions)
        self._seats = defaultdict[tuple[CouncilId, PersonId], tuple[Seat, ...]](tuple)
        self._removed = defaultdict[tuple[RoundId, PersonId], tuple[Seat, ...]](tuple)
        self._late: dict[tuple[RoundId, PersonId, SeatId], datetime] = {}
        self._entitled: dict[tuple[RoundId, SeatId], Entitlement] = {}
        self._names: dict[CouncilId, OwnNames] = {}
        self.decided = Decided(grounds, {key: Sum.read(running.text) for key, running in grounds.sums.items()})
        for voter in grounds.voters:
            self._seat_voter(voter)

    def _seat_voter(self, voter: Voter) -> None:
        """Remember one seat of a voter: a sitting seat by its council, a removed one by the round in which it is still
        entitled."""
        if voter.seat.left_at is None:
            self._seats[voter.seat.council, voter.person] += (voter.seat,)
        else:
            self._removed[voter.round, voter.person] += (voter.seat,)
        if voter.entitlement is not None:
            self._entitled[voter.round, voter.seat.id] = voter.entitlement
        late = late_since(self._rounds[voter.round], voter.seat, voter.since)
        if late is not None:
            self._late[voter.round, voter.person, voter.seat.id] = late

    async def answer(self, cast: Cast) -> BallotReceipt | Exception:
        """Decide one ballot, after the effect of those before it in the group."""
        try:
            return await self._decide(cast)
        except DomainError as refusal:
            return refusal

    async def _decide(self, cast: Cast) -> BallotReceipt:
        round_, entry = await self._admitted(cast)
        council = self._councils[round_.council]
        own = await self._own_seat(cast, round_, council)
        if own is not None:
            await self._require_in_time(cast, round_, entry, own)
        stood = None if own is None else self._standing.get((cast.round, cast.issue, own.id))
        # A seat can change hands: under secrecy not even its holder may learn how it voted before.
        previous = None if round_.rules.secrecy is Secrecy.SECRET else stood
        self._require_vote(cast, round_, council, own)
        by = None if own is None or previous is None else await self._other_caster(cast, own)
        reason = _given_reason(cast, round_, previous)
        if cast.position is None and stood is None:
            raise NoBallot(number=entry.number)
        taken = own is None or (own.left_at is not None and own not in self._held(cast, round_))
        seat = await self._seat_newcomer(cast.actor, council) if own is None or taken else own
        self._entitle(round_, seat)
        repeated = previous is not None and previous is cast.position and reason is None
        if not repeated:
            self._note(cast, seat, reason)
        return self._receipt(cast, round_, entry, seat=seat, previous=previous, by=by, reason=reason, seat_taken=taken)

    async def _admitted(self, cast: Cast) -> tuple[Round, DocketEntry]:
        """The round and the issue's entry on its docket, if a ballot on that text can be accepted now; raises
        otherwise. Raises RecordContradicted where the running sum of the round's ballots was removed from the store."""
        round_ = self._rounds.get(cast.round)
        if round_ is None:
            raise RoundIsOver(number=0, status="unknown")
        round_.require_accepting(self._now)
        entry = next((entry for entry in self._dockets[cast.round] if entry.issue == cast.issue), None)
        if entry is None:
            raise NotOnDocket(number=0)
        if entry.withdrawn:
            (await self._uow.issues.get(entry.issue)).require_open()
        if entry.version != cast.version:
            raise TextChanged(number=entry.number)
        if round_.id not in self.decided.sums:
            raise RecordContradicted(what=f"sums (round {round_.number})", count=1)
        return round_, entry

    def _require_vote(self, cast: Cast, round_: Round, council: Council, seat: Seat | None) -> None:
        """Raises unless the seat may take this position in this round."""
        if seat is None:
            return
        require_role(council, seat, cast.actor)
        entitlement = self._entitled.get((round_.id, seat.id))
        if entitlement is None and seat.observer:
            raise ObserverMayNotVote(seat=seat.shown)
        # A seat that was given up is about to be taken again.
        joining = seat if seat.left_at is None else returned(seat, at=self._now)
        if entitlement is None and not round_.may_join(joining):
            raise NotEntitled(seat=seat.shown, number=round_.number)
        may_abstain = seat.may_abstain if entitlement is None else entitlement.may_abstain
        if cast.position is Position.ABSTAIN and not may_abstain:
            raise MayNotAbstain(seat=seat.shown)

    async def _own_seat(self, cast: Cast, round_: Round, council: Council) -> Seat | None:
        """The seat that the actor votes for. Under open seating this can be one that they gave up: its ballots stand,
        and a new seat would vote twice."""
        held = self._held(cast, round_)
        if held:
            return voting_seat(held, cast.seat)
        if cast.actor.person in await self._uow.seats.barred(council.id):
            raise Barred
        if not (round_.rules.open_seating and council.may_take_seat(cast.actor)):
            raise no_seat(council, cast.actor)
        seat = await own_or_former_seat(self._uow, council, cast.actor.person)
        if cast.seat is not None and (seat is None or seat.id != cast.seat):
            raise NotHolder(seat="")
        if seat is not None:
            self._entitled |= await self._uow.rounds.find_entitlements([(round_.id, seat.id)])
            self._standing = await self._uow.ballots.positions(round_.id, [seat.id]) | self._standing
        return seat

    async def _require_in_time(self, cast: Cast, round_: Round, entry: DocketEntry, seat: Seat) -> None:
        """Raises CastBefore where the seat voted on the issue before the actor came to it, or JoinedLate."""
        late = self._late.get((cast.round, cast.actor.person, seat.id))
        if late is None:
            return
        holder = Holder(seat, late)
        await require_in_time(self._uow, round_, holder, cast.actor.person)
        key = (cast.round, cast.issue, seat.id)
        if any(noted.key == key for noted in self.decided.casts):
            return
        stands = (await self._uow.ballots.find_many([key])).get(key)
        if stands is not None and not holder.sees_since(stands.cast_at):
            raise CastBefore(seat=seat.shown, number=entry.number)

    async def _seat_newcomer(self, actor: Actor, council: Council) -> Seat:
        if council.id not in self._names:
            self._names[council.id] = await OwnNames.of(self._uow, council.id)
        seat = await take_seat(self._uow, council, actor, now=self._now, names=self._names[council.id])
        self._seats[council.id, actor.person] = (seat,)
        return seat

    async def _other_caster(self, cast: Cast, seat: Seat) -> PersonId | None:
        """The other holder of the delegation who cast the ballot that stands; None if nobody else did."""
        if len(seat.holders) < 2:
            return None
        key = (cast.round, cast.issue, seat.id)
        latest = [noted.event.person for noted in self.decided.casts if noted.key == key]
        person = latest[-1] if latest else await self._uow.ballots.caster(key)
        return None if person == cast.actor.person else person

    def _held(self, cast: Cast, round_: Round) -> tuple[Seat, ...]:
        """The seats that the actor holds, including removed ones that are still entitled in the round."""
        return self._seats[round_.council, cast.actor.person] + self._removed[cast.round, cast.actor.person]

    def _entitle(self, round_: Round, seat: Seat) -> None:
        """Under open seating, a seat taken during the round is entitled in it from its first ballot on."""
        if (round_.id, seat.id) in self._entitled:
            return
        entitlement = Entitlement(
            round=round_.id, seat=seat.id, weight=seat.weight, veto=seat.veto, may_abstain=seat.may_abstain
        )
        self._entitled[round_.id, seat.id] = entitlement
        self.decided.entitled.append(entitlement)
        self.decided.sums[round_.id].entitle(entitlement)

    def _note(self, cast: Cast, seat: Seat, reason: str | None) -> None:
        key = (cast.round, cast.issue, seat.id)
        event = BallotEvent(
            round=cast.round,
            issue=cast.issue,
            seat=seat.id,
            position=cast.position,
            version=cast.version,
            person=cast.actor.person,
            at=self._now,
            salt=self._uow.salt(),
        )
        self.decided.casts.append(Noted(event, reason))
        stood = self._standing.pop(key, None)
        entitlement = self._entitled[cast.round, seat.id]
        self.decided.sums[cast.round].move(cast.issue, entitlement, before=stood, now=cast.position)
        if cast.position is not None:
            self._standing[key] = cast.position

    def _receipt(
        self,
        cast: Cast,
        round_: Round,
        entry: DocketEntry,
        *,
        seat: Seat,
        previous: Position | None,
        by: PersonId | None,
        reason: str | None,
        seat_taken: bool,
    ) -> BallotReceipt:
        missing = [
            other
            for other in self._dockets[round_.id]
            if not other.withdrawn and (round_.id, other.issue, seat.id) not in self._standing
        ]
        return BallotReceipt(
            council=self._councils[round_.council],
            round=round_,
            entry=entry,
            seat=seat,
            position=cast.position,
            previous=previous,
            previous_by=by,
            reason=reason,
            repeated=previous is not None and previous is cast.position and reason is None,
            seat_taken=seat_taken,
            next=next((other for other in missing if other.issue != entry.issue), None),
            remaining=len(missing),
        )


def _given_reason(cast: Cast, round_: Round, previous: Position | None) -> str | None:
    """The reason that comes with the ballot, checked; None where none was given and none is needed.

    Raises ReasonRequired where the rules ask for a reason, and a position is taken or changed without one.
    """
    if cast.position is None:
        return None
    required = round_.rules.reason_required and cast.position is not Position.ABSTAIN
    if shows(cast.reason or ""):
        return checked(cast.reason or "", field="reason", limit=REASON_LIMIT)
    if required and (previous is not cast.position or cast.reason is not None):
        raise ReasonRequired(prefill="")
    return None
