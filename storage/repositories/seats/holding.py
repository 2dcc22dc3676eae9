"""Who holds which seat, and when."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, not_, or_, update
from sqlmodel import col, select

from deliberation.ids import CouncilId, PersonId, RoundId, SeatId
from deliberation.seats import Seat, SeatKind
from services.ports import Voter, in_turns
from storage.repositories.repository import Repository, chunks
from storage.repositories.rounds.entitlements import as_entitlement
from storage.tables import EntitlementRow, RoundRow, SeatHolderRow, SeatRow

_LASTS = col(SeatHolderRow.until).is_(None)
_ITS_HOLDER = col(SeatHolderRow.seat) == SeatRow.id
_ENTITLED = and_(col(EntitlementRow.round) == RoundRow.id, col(EntitlementRow.seat) == SeatRow.id)
_VOTERS = (
    select(SeatRow, SeatHolderRow, RoundRow.id, EntitlementRow)
    .join(SeatHolderRow, _ITS_HOLDER)
    .join(RoundRow, col(RoundRow.council) == SeatRow.council)
    .outerjoin(EntitlementRow, _ENTITLED)
    .where(_LASTS, or_(col(SeatRow.left_at).is_(None), col(EntitlementRow.round).is_not(None)))
    .order_by(col(SeatRow.id), col(SeatHolderRow.id))
)


class Holding(Repository):
    async def hold(self, seat: SeatId, person: PersonId, *, at: datetime, claimed: bool = False) -> bool:
        if await self.held_since(seat, person) is not None:
            return False
        await self._add_holder(seat, person, at=at, claimed=claimed)
        return True

    async def release(self, seat: SeatId, person: PersonId, *, at: datetime) -> bool:
        return await self._end_holdings(col(SeatHolderRow.seat) == seat, col(SeatHolderRow.person) == person, at=at)

    async def held_since(self, seat: SeatId, person: PersonId) -> datetime | None:
        held = select(SeatHolderRow.since).where(SeatHolderRow.seat == seat, SeatHolderRow.person == person, _LASTS)
        return (await self._session.exec(held)).first()

    async def held_by(
        self, holders: Iterable[tuple[CouncilId, PersonId]]
    ) -> dict[tuple[CouncilId, PersonId], tuple[Seat, ...]]:
        held: dict[tuple[CouncilId, PersonId], list[SeatId]] = {pair: [] for pair in holders}
        rows: dict[SeatId, SeatRow] = {}
        query = select(SeatRow, SeatHolderRow.person).join(SeatHolderRow, _ITS_HOLDER).order_by(col(SeatRow.id))
        query = query.where(_LASTS, col(SeatRow.left_at).is_(None))
        for people in chunks(person for _, person in held):
            # Not by the council, whose every seat SQLite would then look through: a person holds few.
            for row, person in await self._session.exec(query.where(col(SeatHolderRow.person).in_(people))):
                pair = (CouncilId(row.council), PersonId(person))
                if pair in held:
                    held[pair].append(SeatId(row.id))
                    rows[SeatId(row.id)] = row
        by_id = {seat.id: seat for seat in await self._seats(rows.values())}
        return {pair: tuple(by_id[seat] for seat in listed) for pair, listed in held.items()}

    async def held_by_others(self, seat: SeatId, person: PersonId, *, since: datetime) -> bool:
        others = select(SeatHolderRow.id).where(SeatHolderRow.seat == seat, _lasted_until(since))
        own = and_(col(SeatHolderRow.person) == person, _LASTS)
        return (await self._session.exec(others.where(not_(own)).limit(1))).first() is not None

    async def claimed_in(self, council: CouncilId, person: PersonId, *, since: datetime) -> tuple[SeatId, ...]:
        held = select(SeatRow.id).join(SeatHolderRow, _ITS_HOLDER).distinct().order_by(col(SeatRow.id))
        of_person = held.where(SeatRow.council == council, SeatHolderRow.person == person)
        by_itself = of_person.where(_lasted_until(since), col(SeatHolderRow.claimed).is_(True))
        return tuple(map(SeatId, await self._session.exec(by_itself)))

    async def claims_given_up(self, council: CouncilId, *, since: datetime) -> tuple[SeatId, ...]:
        claimed = select(SeatRow.id).join(SeatHolderRow, _ITS_HOLDER).distinct().order_by(col(SeatRow.id))
        claimed = claimed.where(SeatRow.council == council, col(SeatRow.left_at).is_(None))
        ended = claimed.where(col(SeatHolderRow.until) >= since, col(SeatHolderRow.claimed).is_(True))
        return tuple(map(SeatId, await self._session.exec(ended)))

    async def removed_held_by(
        self, holders: Iterable[tuple[RoundId, PersonId]]
    ) -> dict[tuple[RoundId, PersonId], tuple[Seat, ...]]:
        held: dict[tuple[RoundId, PersonId], list[Seat]] = {pair: [] for pair in holders}
        rounds, people = {round_id for round_id, _ in held}, {person for _, person in held}
        for voter in await self.voters(rounds, people):
            if voter.seat.left_at is not None and (voter.round, voter.person) in held:
                held[voter.round, voter.person].append(voter.seat)
        return {pair: tuple(seats) for pair, seats in held.items()}

    async def voters(self, round_ids: Iterable[RoundId], people: Iterable[PersonId]) -> tuple[Voter, ...]:
        of_rounds = _VOTERS.where(col(RoundRow.id).in_(list(round_ids)))
        voters: list[Voter] = []
        for some in chunks(people):
            found = (await self._session.exec(of_rounds.where(col(SeatHolderRow.person).in_(some)))).all()
            seats = {seat.id: seat for seat in await self._seats({row.id: row for row, *_ in found}.values())}
            for row, holding, number, entitled in found:
                entitlement = None if entitled is None else as_entitlement(entitled)
                person = PersonId(holding.person)
                voters.append(Voter(RoundId(number), person, seats[SeatId(row.id)], holding.since, entitlement))
        return tuple(voters)

    async def _add_holder(self, seat: SeatId, person: PersonId, *, at: datetime, claimed: bool = False) -> None:
        salt = self._changes.salt()
        await self._add(SeatHolderRow(seat=seat, person=person, salt=salt, claimed=claimed, since=at, until=None))

    async def _end_holdings(self, *where: ColumnElement[bool], at: datetime) -> bool:
        """End those of these holdings that last; whether there were any."""
        ended = update(SeatHolderRow).where(*where, _LASTS).values(until=at)
        numbers = (await self._session.exec(ended.returning(col(SeatHolderRow.id)))).scalars().all()
        for number in numbers:
            self._changes.note(SeatHolderRow, {"id": number, "until": at})
        return bool(numbers)

    async def _seats(self, rows: Iterable[SeatRow]) -> list[Seat]:
        listed = list(rows)
        holders: defaultdict[int, list[PersonId]] = defaultdict(list)
        held = select(SeatHolderRow.seat, SeatHolderRow.person).where(_LASTS).order_by(col(SeatHolderRow.id))
        for chunk in chunks(row.id for row in listed):
            for seat, person in await self._session.exec(held.where(col(SeatHolderRow.seat).in_(chunk))):
                holders[seat].append(PersonId(person))
        return [as_seat(row, holders[row.id]) async for row in in_turns(listed)]


def _lasted_until(since: datetime) -> ColumnElement[bool]:
    """Whether a holding lasted at that instant or later."""
    return or_(_LASTS, col(SeatHolderRow.until) >= since)


def as_seat(row: SeatRow, holders: Sequence[PersonId]) -> Seat:
    return Seat(
        id=SeatId(row.id),
        council=CouncilId(row.council),
        name=row.name,
        kind=SeatKind(row.kind),
        country=row.country,
        weight=row.weight,
        veto=row.veto,
        observer=row.observer,
        may_abstain=row.may_abstain,
        holders=tuple(holders),
        since=row.since,
        left_at=row.left_at,
    )
