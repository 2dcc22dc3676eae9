"""Ballots and their history."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import and_, delete, func
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from deliberation.categories import Position
from deliberation.ids import IssueId, PersonId, RoundId, SeatId
from deliberation.rounds import Ballot
from services.ports import BallotEvent, BallotKey
from storage.repositories.repository import chunks
from storage.tables import BallotEventRow, BallotRow

from .counts import Counts

_BY_SEAT = (col(BallotRow.issue), col(BallotRow.seat))


class Ballots(Counts):
    async def find_many(self, keys: Iterable[BallotKey]) -> dict[BallotKey, Ballot]:
        ballots: dict[BallotKey, Ballot] = {}
        seats: defaultdict[tuple[RoundId, IssueId], list[SeatId]] = defaultdict(list)
        for round_id, issue, seat in keys:
            seats[round_id, issue].append(seat)
        for (round_id, issue), listed in seats.items():
            on_issue = select(BallotRow).where(BallotRow.round == round_id, BallotRow.issue == issue)
            for chunk in chunks(listed):
                for row in await self._session.exec(on_issue.where(col(BallotRow.seat).in_(chunk))):
                    ballots[round_id, issue, SeatId(row.seat)] = _ballot(row)
                # A turn for others: SQLite answers without one.
                await asyncio.sleep(0)
        return ballots

    async def put(self, ballots: Sequence[Ballot]) -> None:
        # In one order everywhere, so that two processes never wait for each other.
        ordered = sorted(ballots, key=lambda ballot: (ballot.round, ballot.issue, ballot.seat))
        await self._put(BallotRow, list(map(ballot_values, ordered)), key=("round", "issue", "seat"))

    async def remove(self, keys: Sequence[BallotKey]) -> None:
        for round_id, issue, seat in sorted(keys):
            on_issue = and_(col(BallotRow.round) == round_id, col(BallotRow.issue) == issue)
            await self._session.exec(delete(BallotRow).where(on_issue, col(BallotRow.seat) == seat))

    async def add_events(self, events: Sequence[BallotEvent]) -> None:
        await self._add_all(BallotEventRow, list(map(event_values, events)))

    async def list_events(self, round_id: RoundId) -> tuple[BallotEvent, ...]:
        query = select(BallotEventRow).where(BallotEventRow.round == round_id)
        ordered = query.order_by(col(BallotEventRow.at), col(BallotEventRow.id))
        return tuple([as_event(row) async for row in self._in_turns(ordered)])

    async def of_round(self, round_id: RoundId) -> tuple[Ballot, ...]:
        query = select(BallotRow).where(BallotRow.round == round_id).order_by(*_BY_SEAT)
        return tuple([_ballot(row) async for row in self._in_turns(query)])

    async def caster(self, ballot: BallotKey) -> PersonId | None:
        round_id, issue, seat = ballot
        of_seat = select(BallotRow.cast_at).where(BallotRow.round == round_id, BallotRow.issue == issue)
        cast_at = of_seat.where(BallotRow.seat == seat).scalar_subquery()
        # By the instant too, for which there is an index.
        cast = select(BallotEventRow.person).where(BallotEventRow.round == round_id, col(BallotEventRow.at) == cast_at)
        cast = cast.where(BallotEventRow.issue == issue, BallotEventRow.seat == seat)
        person = (await self._session.exec(cast.order_by(col(BallotEventRow.id).desc()).limit(1))).first()
        return None if person is None else PersonId(person)

    async def decided_by(self, person: PersonId, round_id: RoundId, seats: Iterable[SeatId]) -> tuple[SeatId, ...]:
        same_instant = and_(col(BallotEventRow.round) == BallotRow.round, col(BallotEventRow.at) == BallotRow.cast_at)
        its_own = and_(col(BallotEventRow.issue) == BallotRow.issue, col(BallotEventRow.seat) == BallotRow.seat)
        query = select(BallotRow.issue, BallotRow.seat, BallotEventRow.person)
        query = query.join(BallotEventRow, and_(same_instant, its_own)).order_by(col(BallotEventRow.id))
        # Of several at one instant the last one stands.
        casters: dict[tuple[int, int], int] = {}
        for chunk in chunks(seats):
            stands = and_(col(BallotRow.seat).in_(chunk), col(BallotRow.proxy).is_(None))
            for issue, seat, caster in await self._session.exec(query.where(BallotRow.round == round_id, stands)):
                casters[issue, seat] = caster
        return tuple(sorted({SeatId(seat) for (_, seat), caster in casters.items() if caster == person}))

    async def by_proxy(self, round_id: RoundId) -> tuple[Ballot, ...]:
        query = select(BallotRow).where(BallotRow.round == round_id, col(BallotRow.proxy).is_not(None))
        return tuple(map(_ballot, await self._session.exec(query.order_by(*_BY_SEAT))))

    async def shifts(self, round_id: RoundId, *, since: RoundId) -> dict[IssueId, dict[Position, int]]:
        before = aliased(BallotRow)
        same = and_(col(before.issue) == BallotRow.issue, col(before.seat) == BallotRow.seat)
        query = (
            select(BallotRow.issue, BallotRow.position, func.count())
            .join(before, same)
            .where(before.round == since, BallotRow.round == round_id, before.position != BallotRow.position)
            .group_by(col(BallotRow.issue), col(BallotRow.position))
        )
        found: dict[IssueId, dict[Position, int]] = {}
        for issue, position, seats in await self._session.exec(query):
            found.setdefault(IssueId(issue), {})[Position(position)] = seats
        return found

    async def of_seats(self, round_id: RoundId, seats: Iterable[SeatId]) -> tuple[Ballot, ...]:
        """By issue and seat."""
        ballots: list[Ballot] = []
        for chunk in chunks(seats):
            query = select(BallotRow).where(BallotRow.round == round_id, col(BallotRow.seat).in_(chunk))
            ballots += [_ballot(row) async for row in self._in_turns(query)]
        return tuple(sorted(ballots, key=lambda ballot: (ballot.issue, ballot.seat)))


def ballot_values(ballot: Ballot) -> dict[str, Any]:
    return {
        "round": ballot.round,
        "issue": ballot.issue,
        "seat": ballot.seat,
        "position": ballot.position.value,
        "version": ballot.version,
        "cast_at": ballot.cast_at,
        "proxy": ballot.proxy,
    }


def event_values(event: BallotEvent) -> dict[str, Any]:
    return {
        "round": event.round,
        "issue": event.issue,
        "seat": event.seat,
        "position": None if event.position is None else event.position.value,
        "version": event.version,
        "person": event.person,
        "salt": event.salt,
        "at": event.at,
    }


def _ballot(row: BallotRow) -> Ballot:
    return Ballot(
        round=RoundId(row.round),
        issue=IssueId(row.issue),
        seat=SeatId(row.seat),
        position=Position(row.position),
        version=row.version,
        cast_at=row.cast_at,
        proxy=None if row.proxy is None else SeatId(row.proxy),
    )


def as_event(row: BallotEventRow) -> BallotEvent:
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
