"""Ballots, their history, and the counts that the databases make of them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Row, and_, bindparam, delete, func, select

from deliberation.categories import Position
from deliberation.ids import IssueId, PersonId, RoundId, SeatId
from deliberation.issues import IssueStatus
from deliberation.rounds import Ballot
from deliberation.rulings.tallies import Count, SeatBallot, Tally
from services.ports import BallotEvent, BallotKey
from storage.repositories.connected import Connected, chunks
from storage.repositories.prepared import OneOf, Prepared, PreparedInsert
from storage.tables import ballot_events, docket, entitlements, issues
from storage.tables import ballots as table

_IN_ROUND = table.c.round == bindparam("of_round")
_STANDING = Prepared(
    select(table.c.issue, table.c.seat, table.c.position).where(_IN_ROUND, OneOf(table.c.seat, "seats"))
)
_OF_SEATS = Prepared(
    select(table).where(_IN_ROUND, table.c.issue == bindparam("of_issue"), OneOf(table.c.seat, "seats")), long=True
)
_REMOVAL = Prepared(
    delete(table).where(_IN_ROUND, table.c.issue == bindparam("of_issue"), table.c.seat == bindparam("of_seat"))
)
_NEW_EVENT = PreparedInsert(ballot_events.insert())
_CAST_BY_ENTITLED = table.join(
    entitlements, and_(entitlements.c.round == table.c.round, entitlements.c.seat == table.c.seat)
)
_TO_COUNT = Prepared(select(docket.c.issue).where(docket.c.round == bindparam("of_round")).order_by(docket.c.place))
_TOTAL_WEIGHT = func.coalesce(func.sum(entitlements.c.weight), 0).label("weight")
_ENTITLED = Prepared(
    select(func.count().label("seats"), _TOTAL_WEIGHT).where(entitlements.c.round == bindparam("of_round")), long=True
)
_COUNTING = (
    select(table.c.issue, table.c.position, func.count().label("seats"), _TOTAL_WEIGHT)
    .select_from(_CAST_BY_ENTITLED)
    .where(_IN_ROUND)
    .group_by(table.c.issue, table.c.position)
)
_COUNTED = Prepared(_COUNTING, long=True)
_COUNTED_ON_ISSUE = Prepared(_COUNTING.where(table.c.issue == bindparam("of_issue")), long=True)
_VETOES = Prepared(
    select(entitlements.c.seat).where(entitlements.c.round == bindparam("of_round"), entitlements.c.veto.is_(True)),
    long=True,
)
_VOTED = Prepared(select(func.count(table.c.seat.distinct())).where(_IN_ROUND), long=True)
_LACKING = and_(
    table.c.round == entitlements.c.round, table.c.seat == entitlements.c.seat, table.c.issue == docket.c.issue
)
_MISSING = (
    select(entitlements.c.seat)
    .distinct()
    .select_from(
        entitlements.join(docket, docket.c.round == entitlements.c.round)
        .join(issues, issues.c.id == docket.c.issue)
        .outerjoin(table, _LACKING)
    )
    .where(entitlements.c.round == bindparam("of_round"), table.c.seat.is_(None))
    .where(issues.c.status == IssueStatus.OPEN.value)
)
_SEATS_MISSING = Prepared(_MISSING.order_by(entitlements.c.seat), long=True)
_COUNT_MISSING = Prepared(select(func.count()).select_from(_MISSING.subquery()), long=True)
_BY_VALUE = {position.value: position for position in Position}


class Ballots(Connected):
    async def find_many(self, keys: Iterable[BallotKey]) -> dict[BallotKey, Ballot]:
        ballots: dict[BallotKey, Ballot] = {}
        seats: defaultdict[tuple[RoundId, IssueId], list[SeatId]] = defaultdict(list)
        for round_id, issue, seat in keys:
            seats[round_id, issue].append(seat)
        for (round_id, issue), listed in seats.items():
            for chunk in chunks(listed):
                for row in await self._rows(_OF_SEATS, of_round=round_id, of_issue=issue, seats=chunk):
                    ballots[round_id, issue, SeatId(row.seat)] = _ballot(row)
        return ballots

    async def put(self, ballots: Sequence[Ballot]) -> None:
        values = [
            {
                "round": ballot.round,
                "issue": ballot.issue,
                "seat": ballot.seat,
                "position": ballot.position.value,
                "version": ballot.version,
                "cast_at": ballot.cast_at,
                "proxy": ballot.proxy,
            }
            # In one order everywhere, so that two processes never wait for each other.
            for ballot in sorted(ballots, key=lambda ballot: (ballot.round, ballot.issue, ballot.seat))
        ]
        await self._each(self._upserting(table, "round", "issue", "seat"), values)

    async def remove(self, keys: Sequence[BallotKey]) -> None:
        named = [{"of_round": round_id, "of_issue": issue, "of_seat": seat} for round_id, issue, seat in sorted(keys)]
        await self._each(_REMOVAL, named)

    async def add_events(self, events: Sequence[BallotEvent]) -> None:
        values = [
            {
                "round": event.round,
                "issue": event.issue,
                "seat": event.seat,
                "position": None if event.position is None else event.position.value,
                "version": event.version,
                "person": event.person,
                "salt": event.salt,
                "at": event.at,
            }
            for event in events
        ]
        await self._each(_NEW_EVENT, values)

    async def list_events(self, round_id: RoundId) -> tuple[BallotEvent, ...]:
        query = select(ballot_events).where(ballot_events.c.round == round_id)
        ordered = query.order_by(ballot_events.c.at, ballot_events.c.id)
        return tuple(_event(row) for row in await self._rows(ordered))

    async def of_issue(self, round_id: RoundId, issue: IssueId) -> tuple[SeatBallot, ...]:
        own = and_(table.c.round == entitlements.c.round, table.c.seat == entitlements.c.seat, table.c.issue == issue)
        query = (
            select(entitlements.c.seat, entitlements.c.weight, entitlements.c.veto, table.c.position)
            .select_from(entitlements.outerjoin(table, own))
            .where(entitlements.c.round == round_id)
            .order_by(entitlements.c.seat)
        )
        return tuple(_seat_ballot(row) for row in await self._rows(query))

    async def of_round(self, round_id: RoundId) -> tuple[Ballot, ...]:
        query = select(table).where(table.c.round == round_id).order_by(table.c.issue, table.c.seat)
        return tuple(_ballot(row) for row in await self._rows(query))

    async def caster(self, ballot: BallotKey) -> PersonId | None:
        round_id, issue, seat = ballot
        cast_at = select(table.c.cast_at).where(table.c.round == round_id, table.c.issue == issue, table.c.seat == seat)
        events = ballot_events.c
        # By the instant too, for which there is an index.
        cast = and_(events.round == round_id, events.at == cast_at.scalar_subquery())
        of_seat = and_(cast, events.issue == issue, events.seat == seat)
        person = await self._value(select(events.person).where(of_seat).order_by(events.id.desc()).limit(1))
        return None if person is None else PersonId(person)

    async def decided_by(self, person: PersonId, round_id: RoundId, seats: Iterable[SeatId]) -> tuple[SeatId, ...]:
        cast = ballot_events.c
        same = and_(cast.round == table.c.round, cast.at == table.c.cast_at)
        its_own = and_(cast.issue == table.c.issue, cast.seat == table.c.seat)
        query = select(table.c.issue, table.c.seat, cast.person).join(ballot_events, and_(same, its_own))
        # Of several at one instant the last one stands.
        casters: dict[tuple[int, int], int] = {}
        for chunk in chunks(seats):
            stands = and_(table.c.round == round_id, table.c.seat.in_(chunk), table.c.proxy.is_(None))
            for row in await self._rows(query.where(stands).order_by(cast.id)):
                casters[row.issue, row.seat] = row.person
        return tuple(sorted({SeatId(seat) for (_, seat), caster in casters.items() if caster == person}))

    async def by_proxy(self, round_id: RoundId) -> tuple[Ballot, ...]:
        query = select(table).where(table.c.round == round_id, table.c.proxy.is_not(None))
        return tuple(_ballot(row) for row in await self._rows(query.order_by(table.c.issue, table.c.seat)))

    async def shifts(self, round_id: RoundId, *, since: RoundId) -> dict[IssueId, dict[Position, int]]:
        before = table.alias()
        same = and_(before.c.round == since, before.c.issue == table.c.issue, before.c.seat == table.c.seat)
        query = (
            select(table.c.issue, table.c.position, func.count().label("seats"))
            .select_from(table.join(before, same))
            .where(table.c.round == round_id, before.c.position != table.c.position)
            .group_by(table.c.issue, table.c.position)
        )
        found: dict[IssueId, dict[Position, int]] = {}
        for row in await self._rows(query):
            found.setdefault(IssueId(row.issue), {})[Position(row.position)] = row.seats
        return found

    async def of_seats(self, round_id: RoundId, seats: Iterable[SeatId]) -> tuple[Ballot, ...]:
        """By issue and seat."""
        rows: list[Row[Any]] = []
        for chunk in chunks(seats):
            rows.extend(await self._rows(select(table).where(table.c.round == round_id, table.c.seat.in_(chunk))))
        return tuple(_ballot(row) for row in sorted(rows, key=lambda row: (row.issue, row.seat)))

    async def positions(self, round_id: RoundId, seats: Iterable[SeatId]) -> dict[BallotKey, Position]:
        found: dict[BallotKey, Position] = {}
        for chunk in chunks(seats):
            for row in await self._rows(_STANDING, of_round=round_id, seats=chunk):
                issue, seat, position = tuple(row)
                found[round_id, issue, seat] = _BY_VALUE[position]
        return found

    async def tally(self, round_id: RoundId, issue: IssueId | None = None) -> dict[IssueId, Tally]:
        # PostgreSQL adds 64-bit integers up to a decimal.
        [total] = await self._rows(_ENTITLED, of_round=round_id)
        entitled = Count(int(total.seats), int(total.weight))
        listed = [IssueId(row.issue) for row in await self._rows(_TO_COUNT, of_round=round_id)]
        counts = {one: {position: Count() for position in Position} for one in listed if issue in (None, one)}
        vetoes: dict[IssueId, dict[SeatId, Position]] = {one: {} for one in counts}
        if issue is None:
            counted = await self._rows(_COUNTED, of_round=round_id)
        else:
            counted = await self._rows(_COUNTED_ON_ISSUE, of_round=round_id, of_issue=issue)
        for row in counted:
            if row.issue in counts:
                counts[IssueId(row.issue)][_BY_VALUE[row.position]] = Count(int(row.seats), int(row.weight))
        for row in await self._veto_ballots(round_id):
            if row.issue in vetoes:
                vetoes[IssueId(row.issue)][SeatId(row.seat)] = Position(row.position)
        return {one: Tally(counts=counts[one], entitled=entitled, vetoes=vetoes[one]) for one in counts}

    async def count_voted(self, round_id: RoundId) -> int:
        return await self._value(_VOTED, of_round=round_id)

    async def seats_missing(self, round_id: RoundId) -> tuple[SeatId, ...]:
        return tuple(SeatId(row.seat) for row in await self._rows(_SEATS_MISSING, of_round=round_id))

    async def count_missing(self, round_id: RoundId) -> int:
        return await self._value(_COUNT_MISSING, of_round=round_id)

    async def _veto_ballots(self, round_id: RoundId) -> Sequence[Row[Any]]:
        # The few seats first, so that nobody looks through all ballots for theirs.
        rows: list[Row[Any]] = []
        for chunk in chunks(row.seat for row in await self._rows(_VETOES, of_round=round_id)):
            rows += await self._rows(_STANDING, of_round=round_id, seats=chunk)
        return sorted(rows, key=lambda row: (row.issue, row.seat))


def _ballot(row: Row[Any]) -> Ballot:
    return Ballot(
        round=RoundId(row.round),
        issue=IssueId(row.issue),
        seat=SeatId(row.seat),
        position=Position(row.position),
        version=row.version,
        cast_at=row.cast_at,
        proxy=None if row.proxy is None else SeatId(row.proxy),
    )


def _event(row: Row[Any]) -> BallotEvent:
    return BallotEvent(
        round=RoundId(row.round),
        issue=IssueId(row.issue),
        seat=SeatId(row.seat),
        position=None if row.position is None else Position(row.position),
        version=row.version,
        person=PersonId(row.person),
        at=row.at,
        salt=row.salt,
    )


def _seat_ballot(row: Row[Any]) -> SeatBallot:
    position = None if row.position is None else Position(row.position)
    return SeatBallot(seat=SeatId(row.seat), position=position, weight=row.weight, veto=row.veto)
