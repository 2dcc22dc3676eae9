"""Seats, from the day on which they are taken until they are left."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, update
from sqlmodel import col, select

from deliberation.ids import CouncilId, PersonId, SeatId
from deliberation.seats import Seat, SeatKind, shown_name
from services.ports import Delegation
from storage.repositories.repository import chunks, differing, found
from storage.tables import SeatHolderRow, SeatRow

from .barring import Barring
from .holding import Holding, as_seat


class Seats(Holding, Barring):
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
        row = SeatRow(
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
        await self._add(row)
        for person in holders:
            await self._add_holder(SeatId(row.id), person, at=at, claimed=claimed)
        return as_seat(row, holders)

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
        adding = insert(SeatRow).returning(SeatRow, sort_by_parameter_order=True)
        rows = (await self._session.exec(adding, params=values)).scalars().all()
        for row in rows:
            self._changes.note(SeatRow, vars(row))
        seats = tuple(as_seat(row, one.holders) for row, one in zip(rows, delegations, strict=True))
        for seat in seats:
            for person in seat.holders:
                await self._add_holder(seat.id, person, at=at)
        return seats

    async def get(self, seat: SeatId) -> Seat:
        row = (await self._session.exec(select(SeatRow).where(SeatRow.id == seat))).first()
        return (await self._seats([found(row, "seat", seat)]))[0]

    async def list_in(self, council: CouncilId) -> tuple[Seat, ...]:
        sitting = select(SeatRow).where(SeatRow.council == council, col(SeatRow.left_at).is_(None))
        rows = [row async for row in self._in_turns(sitting)]
        # Sorted here, because each database sorts letters by rules of its own.
        return tuple(sorted(await self._seats(rows), key=lambda seat: (seat.name.casefold(), seat.id)))

    async def own_names(self, council: CouncilId) -> tuple[str, ...]:
        sitting = select(SeatRow.name).where(SeatRow.council == council, col(SeatRow.left_at).is_(None))
        return tuple(await self._session.exec(sitting.where(SeatRow.kind == SeatKind.PERSON.value)))

    async def names(self, seats: Iterable[SeatId]) -> dict[SeatId, str]:
        names: dict[SeatId, str] = {}
        for chunk in chunks(seats):
            named = select(SeatRow.id, SeatRow.name, SeatRow.kind).where(col(SeatRow.id).in_(chunk))
            for seat, name, kind in await self._session.exec(named):
                names[SeatId(seat)] = shown_name(name, SeatKind(kind))
        return names

    async def leave(self, seat: SeatId, *, at: datetime) -> None:
        await self.remove(seat, at=at)
        await self._end_holdings(col(SeatHolderRow.seat) == seat, at=at)

    async def remove(self, seat: SeatId, *, at: datetime) -> None:
        sitting = update(SeatRow).where(col(SeatRow.id) == seat, col(SeatRow.left_at).is_(None))
        if await self._changed(sitting.values(left_at=at)):
            self._changes.note(SeatRow, {"id": seat, "left_at": at})

    async def put(self, seat: Seat, *, before: Seat) -> None:
        await self._update(SeatRow, {"id": seat.id}, differing(_changing(seat), _changing(before)))

    async def find_left(self, council: CouncilId, person: PersonId) -> Seat | None:
        left = select(SeatRow).join(SeatHolderRow, col(SeatHolderRow.seat) == SeatRow.id)
        left = left.where(SeatRow.council == council, SeatRow.kind == SeatKind.PERSON.value)
        own = left.where(col(SeatRow.left_at).is_not(None), SeatHolderRow.person == person)
        row = (await self._session.exec(own.order_by(col(SeatRow.left_at).desc(), col(SeatRow.id)).limit(1))).first()
        return None if row is None else as_seat(row, ())

    async def return_to(self, seat: SeatId, person: PersonId, *, at: datetime, claimed: bool = False) -> Seat:
        await self._update(SeatRow, {"id": seat}, {"left_at": None, "since": at})
        # Whose seat was removed holds it still, for the round that was running.
        await self.hold(seat, person, at=at, claimed=claimed)
        return await self.get(seat)


def _changing(seat: Seat) -> dict[str, Any]:
    return {
        "name": seat.name,
        "weight": seat.weight,
        "veto": seat.veto,
        "observer": seat.observer,
        "may_abstain": seat.may_abstain,
    }
