"""The seats that may vote in a round, with their weight and powers frozen."""

from collections.abc import Iterable, Sequence

from sqlalchemy import case, func, tuple_
from sqlmodel import col, select

from deliberation.ids import RoundId, SeatId
from deliberation.rounds import Entitlement
from deliberation.seats import Seat
from storage.repositories.repository import Repository, chunks
from storage.tables import EntitlementRow


class Entitlements(Repository):
    async def count_entitled(self, round_id: RoundId) -> int:
        entitled = select(func.count()).select_from(EntitlementRow).where(EntitlementRow.round == round_id)
        return (await self._session.exec(entitled)).one()

    async def entitled_sum(self, round_id: RoundId) -> tuple[int, int, int]:
        vetoes = func.coalesce(func.sum(case((col(EntitlementRow.veto), 1), else_=0)), 0)
        weight = func.coalesce(func.sum(EntitlementRow.weight), 0)
        summed = select(func.count(), weight, vetoes).where(EntitlementRow.round == round_id)
        # PostgreSQL adds 64-bit integers up to a decimal.
        seats, weight, vetoes = map(int, (await self._session.exec(summed)).one())
        return seats, weight, vetoes

    async def find_entitlements(
        self, pairs: Iterable[tuple[RoundId, SeatId]]
    ) -> dict[tuple[RoundId, SeatId], Entitlement]:
        entitled: dict[tuple[RoundId, SeatId], Entitlement] = {}
        pair = tuple_(col(EntitlementRow.round), col(EntitlementRow.seat))
        for chunk in chunks(pairs):
            for row in await self._session.exec(select(EntitlementRow).where(pair.in_(chunk))):
                entitled[RoundId(row.round), SeatId(row.seat)] = as_entitlement(row)
        return entitled

    async def entitle(self, entitlements: Sequence[Entitlement]) -> None:
        """Entitle the seats; one that is entitled already stays as it is."""
        values = [
            {
                "round": entitlement.round,
                "seat": entitlement.seat,
                "weight": entitlement.weight,
                "veto": entitlement.veto,
                "may_abstain": entitlement.may_abstain,
            }
            for entitlement in entitlements
        ]
        await self._each(self._insert(EntitlementRow).on_conflict_do_nothing(), values)
        for row in values:
            self._changes.note(EntitlementRow, row)


def as_entitlement(row: EntitlementRow) -> Entitlement:
    return Entitlement(
        round=RoundId(row.round), seat=SeatId(row.seat), weight=row.weight, veto=row.veto, may_abstain=row.may_abstain
    )


def entitlement_of(seat: Seat, round_id: RoundId) -> Entitlement:
    return Entitlement(round=round_id, seat=seat.id, weight=seat.weight, veto=seat.veto, may_abstain=seat.may_abstain)
