"""Who may vote for which seat while a round runs and holders come and go (PRODUCT §6).

The law: no person decides two counted ballots on one issue, except for seats that a chair gave them. So a member who
has voted for a seat that they took themselves cannot take another one until the round is over, and such a delegation is
not free meanwhile. And a member who comes to a seat while a round runs neither sees nor can change what it cast before.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from deliberation.councils import Council
from deliberation.ids import IssueId, PersonId, SeatId
from deliberation.rounds import Ballot, Round, RoundStatus
from deliberation.rules import Secrecy
from deliberation.seats import JoinedLate, NotHolder, Seat, SeatKind, SeatTaken, VotedAlready, WhichSeat
from services.ports import UnitOfWork


async def require_no_other_vote(uow: UnitOfWork, council: Council, person: PersonId, *, own: SeatId | None) -> None:
    """Raises VotedAlready where a ballot stands in the running round that the person cast for a seat that they took
    themselves, other than `own`; or SeatTaken where they hold such a seat that was removed and votes until the
    close."""
    round_ = await uow.rounds.find_running(council.id)
    if round_ is None or round_.status is RoundStatus.DEBATE:
        return
    claimed = await uow.seats.claimed_in(council.id, person, since=round_.opened_at)
    others = [seat for seat in claimed if seat != own]
    if not others:
        return
    removed = await uow.seats.removed_held_by([(round_.id, person)])
    for seat in removed[round_.id, person]:
        if seat.id in others:
            raise SeatTaken(seat=seat.shown)
    if voted := await uow.ballots.decided_by(person, round_.id, others):
        names = await uow.seats.names(voted)
        raise VotedAlready(seat=names[voted[0]], number=round_.number)


async def resting(uow: UnitOfWork, round_: Round | None) -> frozenset[SeatId]:
    """The delegations that cannot be claimed before the round is over: a member claimed the seat, voted for it in this
    round, and gave it up. In a secret round it must not show who voted, so every claimed seat that was given up
    counts."""
    if round_ is None or round_.status is RoundStatus.DEBATE:
        return frozenset()
    given_up = await uow.seats.claims_given_up(round_.council, since=round_.opened_at)
    if round_.rules.secrecy is Secrecy.SECRET:
        return frozenset(given_up)
    return frozenset(ballot.seat for ballot in await uow.ballots.of_seats(round_.id, given_up))


class Holder(NamedTuple):
    """A member as the holder of one of their seats. `late`: since when they hold it, if that began after voting did;
    None for a member who has held it all the time."""

    seat: Seat
    late: datetime | None = None

    def sees_since(self, at: datetime) -> bool:
        """Whether the member may see what the seat cast or said at that instant: it came after the member did."""
        return self.late is None or at > self.late

    def earlier(self, ballots: Iterable[Ballot]) -> frozenset[IssueId]:
        """The issues on which the seat had voted before the member came to it."""
        return frozenset(ballot.issue for ballot in ballots if not self.sees_since(ballot.cast_at))


def late_since(round_: Round, seat: Seat, since: datetime | None) -> datetime | None:
    """`since`, where the member came to the delegation after voting had opened. A seat of one's own has had no other
    holder."""
    if since is None or seat.kind is SeatKind.PERSON or since <= round_.opened_at:
        return None
    return since


async def holder_of(uow: UnitOfWork, round_: Round, seat: Seat, person: PersonId) -> Holder:
    """The person as a holder of the seat. Raises JoinedLate where they came to it in a secret round in which others
    held it: whatever they could do there would reveal whether those had voted."""
    late = late_since(round_, seat, await uow.seats.held_since(seat.id, person))
    holder = Holder(seat, late)
    await require_in_time(uow, round_, holder, person)
    return holder


async def require_in_time(uow: UnitOfWork, round_: Round, holder: Holder, person: PersonId) -> None:
    """Raises JoinedLate as `holder_of`."""
    if holder.late is None or round_.rules.secrecy is not Secrecy.SECRET:
        return
    if await uow.seats.held_by_others(holder.seat.id, person, since=round_.opened_at):
        raise JoinedLate(seat=holder.seat.shown, number=round_.number)


async def shut_out(uow: UnitOfWork, round_: Round, seats: Iterable[Seat]) -> frozenset[tuple[SeatId, PersonId]]:
    """The pairs of a seat and one of its holders for which JoinedLate would be raised."""
    if round_.rules.secrecy is not Secrecy.SECRET:
        return frozenset()
    asked = {seat.id: seat for seat in seats}
    people = {person for seat in asked.values() for person in seat.holders}
    late = [
        (voter.seat.id, voter.person)
        for voter in await uow.seats.voters([round_.id], people)
        if voter.seat.id in asked and late_since(round_, voter.seat, voter.since) is not None
    ]
    return frozenset([pair for pair in late if await uow.seats.held_by_others(*pair, since=round_.opened_at)])


def voting_seat(held: Sequence[Seat], named: SeatId | None) -> Seat:
    """Of the seats that a member holds, the one to vote for: the one named, else the only one that votes.

    Raises NotHolder or WhichSeat.
    """
    if named is not None:
        seat = next((seat for seat in held if seat.id == named), None)
        if seat is None:
            raise NotHolder(seat="")
        return seat
    voting = [seat for seat in held if not seat.observer]
    if len(voting) > 1:
        raise WhichSeat(seats=tuple(voting))
    return voting[0] if voting else held[0]
