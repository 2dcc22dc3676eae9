"""Seats and who holds them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, bindparam, not_, or_, select, update

from deliberation.ids import CouncilId, PersonId, RoundId, SeatId
from deliberation.rounds import Entitlement
from deliberation.seats import Seat, SeatKind, shown_name
from services.ports import Delegation, Voter, in_turns
from storage.tables import barred, entitlements, rounds, seat_holders
from storage.tables import seats as table

from .connected import Connected, chunks, differing, found
from .prepared import OneOf, Prepared

_PERSON = seat_holders.c.person
_EVERY = seat_holders.alias("every_holder")
_HOLDERS = Prepared(
    select(seat_holders.c.seat, _PERSON)
    .where(OneOf(seat_holders.c.seat, "seats"), seat_holders.c.until.is_(None))
    .order_by(seat_holders.c.id)
)
_HELD = (
    select(table, _PERSON, seat_holders.c.since.label("held_since"))
    .join(seat_holders, seat_holders.c.seat == table.c.id)
    .where(seat_holders.c.until.is_(None))
    .order_by(table.c.id)
)
_ENTITLED = and_(entitlements.c.round == rounds.c.id, entitlements.c.seat == table.c.id)
_VOTERS = Prepared(
    _HELD.add_columns(rounds.c.id.label("round"), entitlements.c.round.label("entitled"))
    .add_columns(*(entitlements.c[name].label(f"entitled_{name}") for name in ("weight", "veto", "may_abstain")))
    .add_columns(_EVERY.c.person.label("holder"))
    .join(rounds, rounds.c.council == table.c.council)
    .join(_EVERY, and_(_EVERY.c.seat == table.c.id, _EVERY.c.until.is_(None)))
    .outerjoin(entitlements, _ENTITLED)
    .where(OneOf(_PERSON, "people"), OneOf(rounds.c.id, "rounds"))
    .where(or_(table.c.left_at.is_(None), entitlements.c.round.is_not(None)))
    .order_by(_EVERY.c.id)
)
"""A row for each holder of each seat that one of the people holds, in each round."""
_NAMES = Prepared(select(table.c.id, table.c.name, table.c.kind).where(OneOf(table.c.id, "seats")))
_NEW_HOLDER = Prepared(
    seat_holders.insert()
    .values(
        **{
            name: bindparam(f"new_{name}", type_=seat_holders.c[name].type)
            for name in ("seat", "person", "salt", "claimed", "since")
        },
        until=None,
    )
    .returning(seat_holders.c.id)
)


class Seats(Connected):
    async def add(
        self,
        *,
        council: CouncilId,
        name: str,
        kind: SeatKind,
        country: str | None = None,
        weight: int = 1,
        veto: bool = False,
        observer: bool = False,
        may_abstain: bool = True,
        holders: Sequence[PersonId],
        at: datetime,
        claimed: bool = False,
    ) -> Seat:
        seat = await self._insert(
            table,
            council=council,
            name=name,
            kind=kind.value,
            country=country,
            weight=weight,
            veto=veto,
            observer=observer,
            may_abstain=may_abstain,
            since=at,
            left_at=None,
        )
        for person in holders:
            await self._add_holder(SeatId(seat), person, at=at, claimed=claimed)
        return Seat(
            id=SeatId(seat),
            council=council,
            name=name,
            kind=kind,
            country=country,
            weight=weight,
            veto=veto,
            observer=observer,
            may_abstain=may_abstain,
            holders=tuple(holders),
            since=at,
        )

    async def add_delegations(
        self, council: CouncilId, delegations: Sequence[Delegation], *, at: datetime
    ) -> tuple[Seat, ...]:
        if not delegations:
            return ()
        values = [
            {
                "council": council,
                "name": one.name,
                "kind": SeatKind.DELEGATION.value,
                "country": one.country,
                "weight": one.weight,
                "veto": one.veto,
                "observer": one.observer,
                "may_abstain": one.may_abstain,
                "since": at,
                "left_at": None,
            }
            for one in delegations
        ]
        inserted = await self._connection.execute(table.insert().returning(table, sort_by_parameter_order=True), values)
        rows = inserted.all()
        for row in rows:
            self._changes.note(table, row._mapping)
        seats = tuple(_seat(row, one.holders) for row, one in zip(rows, delegations, strict=True))
        for seat in seats:
            for person in seat.holders:
                await self._add_holder(seat.id, person, at=at)
        return seats

    async def _add_holder(self, seat: SeatId, person: PersonId, *, at: datetime, claimed: bool = False) -> None:
        holding = {"seat": seat, "person": person, "salt": self._changes.salt(), "claimed": claimed, "since": at}
        number = await self._value(_NEW_HOLDER, **{f"new_{name}": value for name, value in holding.items()})
        self._changes.note(seat_holders, {"id": number, **holding, "until": None})

    async def get(self, seat: SeatId) -> Seat:
        row = found(await self._first(select(table).where(table.c.id == seat)), "seat", seat)
        return (await self._seats([row]))[0]

    async def list_in(self, council: CouncilId) -> tuple[Seat, ...]:
        rows = await self._rows(select(table).where(table.c.council == council, table.c.left_at.is_(None)))
        # Sorted here, because each database sorts letters by rules of its own.
        return tuple(sorted(await self._seats(rows), key=lambda seat: (seat.name.casefold(), seat.id)))

    async def held_by(
        self, holders: Iterable[tuple[CouncilId, PersonId]]
    ) -> dict[tuple[CouncilId, PersonId], tuple[Seat, ...]]:
        held: dict[tuple[CouncilId, PersonId], list[SeatId]] = {pair: [] for pair in holders}
        rows: dict[SeatId, Row[Any]] = {}
        for people in chunks(person for _, person in held):
            # Not by the council, whose every seat SQLite would then look through: a person holds few.
            for row in await self._rows(_HELD.where(_PERSON.in_(people), table.c.left_at.is_(None))):
                pair = (CouncilId(row.council), PersonId(row.person))
                if pair in held:
                    held[pair].append(SeatId(row.id))
                    rows[SeatId(row.id)] = row
        by_id = {seat.id: seat for seat in await self._seats(rows.values())}
        return {pair: tuple(by_id[seat] for seat in listed) for pair, listed in held.items()}

    async def own_names(self, council: CouncilId) -> tuple[str, ...]:
        own = select(table.c.name).where(table.c.council == council, table.c.left_at.is_(None))
        return tuple(row.name for row in await self._rows(own.where(table.c.kind == SeatKind.PERSON.value)))

    async def names(self, seats: Iterable[SeatId]) -> dict[SeatId, str]:
        names: dict[SeatId, str] = {}
        for chunk in chunks(seats):
            rows = await self._rows(_NAMES, seats=chunk)
            names.update((SeatId(row.id), shown_name(row.name, SeatKind(row.kind))) for row in rows)
        return names

    async def leave(self, seat: SeatId, *, at: datetime) -> None:
        await self.remove(seat, at=at)
        await self._end_holdings(seat_holders.c.seat == seat, at=at)

    async def remove(self, seat: SeatId, *, at: datetime) -> None:
        sitting = update(table).where(table.c.id == seat, table.c.left_at.is_(None)).values(left_at=at)
        if await self._changed(sitting):
            self._changes.note(table, {"id": seat, "left_at": at})

    async def put(self, seat: Seat, *, before: Seat) -> None:
        await self._update(table, {"id": seat.id}, differing(_changing(seat), _changing(before)))

    async def hold(self, seat: SeatId, person: PersonId, *, at: datetime, claimed: bool = False) -> bool:
        held = select(seat_holders.c.id).where(seat_holders.c.seat == seat, seat_holders.c.person == person)
        if await self._first(held.where(seat_holders.c.until.is_(None))) is not None:
            return False
        await self._add_holder(seat, person, at=at, claimed=claimed)
        return True

    async def release(self, seat: SeatId, person: PersonId, *, at: datetime) -> bool:
        return await self._end_holdings(and_(seat_holders.c.seat == seat, seat_holders.c.person == person), at=at)

    async def _end_holdings(self, where: ColumnElement[bool], *, at: datetime) -> bool:
        """End those of these holdings that last; whether there were any."""
        ended = update(seat_holders).where(where, seat_holders.c.until.is_(None)).values(until=at)
        rows = await self._rows(ended.returning(seat_holders.c.id))
        for row in rows:
            self._changes.note(seat_holders, {"id": row.id, "until": at})
        return bool(rows)

    async def held_since(self, seat: SeatId, person: PersonId) -> datetime | None:
        query = select(seat_holders.c.since).where(seat_holders.c.seat == seat, seat_holders.c.person == person)
        return await self._value(query.where(seat_holders.c.until.is_(None)))

    async def held_by_others(self, seat: SeatId, person: PersonId, *, since: datetime) -> bool:
        others = select(seat_holders.c.id).where(seat_holders.c.seat == seat)
        lasting = or_(seat_holders.c.until.is_(None), seat_holders.c.until >= since)
        own = and_(seat_holders.c.person == person, seat_holders.c.until.is_(None))
        return await self._first(others.where(lasting, not_(own)).limit(1)) is not None

    async def claimed_in(self, council: CouncilId, person: PersonId, *, since: datetime) -> tuple[SeatId, ...]:
        held = select(table.c.id).join(seat_holders, seat_holders.c.seat == table.c.id).distinct()
        lasting = or_(seat_holders.c.until.is_(None), seat_holders.c.until >= since)
        of_person = and_(table.c.council == council, seat_holders.c.person == person)
        by_itself = held.where(of_person, lasting, seat_holders.c.claimed.is_(True))
        rows = await self._rows(by_itself.order_by(table.c.id))
        return tuple(SeatId(row.id) for row in rows)

    async def claims_given_up(self, council: CouncilId, *, since: datetime) -> tuple[SeatId, ...]:
        ended = select(table.c.id).join(seat_holders, seat_holders.c.seat == table.c.id).distinct()
        ended = ended.where(table.c.council == council, table.c.left_at.is_(None), seat_holders.c.until >= since)
        ended = ended.where(seat_holders.c.claimed.is_(True))
        return tuple(SeatId(row.id) for row in await self._rows(ended.order_by(table.c.id)))

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
        of_rounds = list(round_ids)
        found: dict[tuple[int, int, int], tuple[Row[Any], list[PersonId]]] = {}
        for some in chunks(people):
            for row in await self._rows(_VOTERS, people=some, rounds=of_rounds):
                _, holders = found.setdefault((row.id, row.round, row.person), (row, []))
                holders.append(PersonId(row.holder))
        return tuple(_voter(row, _seat(row, holders)) for row, holders in found.values())

    async def bar(self, council: CouncilId, person: PersonId, *, at: datetime) -> bool:
        row = {"council": council, "person": person, "salt": self._changes.salt(), "at": at}
        insert = self._inserting(barred).values(**row).on_conflict_do_nothing().returning(barred.c.id)
        number = await self._value(insert)
        if number is not None:
            self._changes.note(barred, {"id": number, **row})
        return number is not None

    async def unbar(self, council: CouncilId, person: PersonId) -> bool:
        return await self._delete(barred, and_(barred.c.council == council, barred.c.person == person))

    async def barred(self, council: CouncilId) -> tuple[PersonId, ...]:
        query = select(barred.c.person).where(barred.c.council == council).order_by(barred.c.person)
        return tuple(PersonId(row.person) for row in await self._rows(query))

    async def find_left(self, council: CouncilId, person: PersonId) -> Seat | None:
        query = (
            select(table)
            .join(seat_holders, seat_holders.c.seat == table.c.id)
            .where(table.c.council == council, table.c.kind == SeatKind.PERSON.value, table.c.left_at.is_not(None))
            .where(seat_holders.c.person == person)
            .order_by(table.c.left_at.desc(), table.c.id)
        )
        row = await self._first(query.limit(1))
        return None if row is None else _seat(row, ())

    async def return_to(self, seat: SeatId, person: PersonId, *, at: datetime, claimed: bool = False) -> Seat:
        await self._update(table, {"id": seat}, {"left_at": None, "since": at})
        # Whose seat was removed holds it still, for the round that was running.
        await self.hold(seat, person, at=at, claimed=claimed)
        return await self.get(seat)

    async def _seats(self, rows: Iterable[Row[Any]]) -> list[Seat]:
        listed = list(rows)
        holders: defaultdict[int, list[PersonId]] = defaultdict(list)
        for chunk in chunks(row.id for row in listed):
            for row in await self._rows(_HOLDERS, seats=chunk):
                holders[row.seat].append(PersonId(row.person))
        seats: list[Seat] = []
        async for row in in_turns(listed):
            seats.append(_seat(row, holders[row.id]))
        return seats


def _changing(seat: Seat) -> dict[str, Any]:
    return {
        "name": seat.name,
        "weight": seat.weight,
        "veto": seat.veto,
        "observer": seat.observer,
        "may_abstain": seat.may_abstain,
    }


def _seat(row: Row[Any], holders: Sequence[PersonId]) -> Seat:
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


def _voter(row: Row[Any], seat: Seat) -> Voter:
    round_id = RoundId(row.round)
    entitlement = None
    if row.entitled is not None:
        entitlement = Entitlement(
            round=round_id,
            seat=seat.id,
            weight=row.entitled_weight,
            veto=row.entitled_veto,
            may_abstain=row.entitled_may_abstain,
        )
    person = PersonId(row.person)
    return Voter(round=round_id, person=person, seat=seat, since=row.held_since, entitlement=entitlement)
