"""Reasons that come with ballots."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, and_, bindparam, func, select

from deliberation.ballots.reasons import Reason
from deliberation.categories import Position
from deliberation.ids import IssueId, ReasonId, RoundId, SeatId
from services.ports import GivenReason
from storage import tables
from storage.repositories.connected import Connected
from storage.repositories.prepared import Prepared

_TABLE, _RULINGS = tables.reasons, tables.rulings

_NEWEST_FIRST = (_TABLE.c.given_at.desc(), _TABLE.c.id.desc())

_OF_ISSUE = Prepared(select(_TABLE).where(_TABLE.c.issue == bindparam("of_issue")).order_by(*_NEWEST_FIRST), long=True)


class Reasons(Connected):
    async def put(self, reasons: Sequence[GivenReason]) -> None:
        values = [
            {
                "round": reason.round,
                "issue": reason.issue,
                "seat": reason.seat,
                "position": None if reason.position is None else reason.position.value,
                "text": reason.text,
                "commitment": reason.commitment,
                "given_at": reason.at,
            }
            for reason in sorted(reasons, key=lambda reason: reason[:3])
        ]
        await self._each(self._upserting(_TABLE, "round", "issue", "seat"), values)

    async def latest(self, issue: IssueId, seat: SeatId) -> Reason | None:
        query = select(_TABLE).where(_TABLE.c.issue == issue, _TABLE.c.seat == seat)
        row = await self._first(query.order_by(*_NEWEST_FIRST).limit(1))
        return None if row is None else _reason(row)

    async def list_of_issue(self, issue: IssueId) -> tuple[Reason, ...]:
        return tuple(_reason(row) for row in await self._rows(_OF_ISSUE, of_issue=issue))

    async def list_of_round(self, round_id: RoundId) -> tuple[Reason, ...]:
        query = select(_TABLE).where(_TABLE.c.round == round_id).order_by(_TABLE.c.issue, *_NEWEST_FIRST)
        return tuple(_reason(row) for row in await self._rows(query))

    async def newest_of_round(self, round_id: RoundId) -> tuple[Reason, ...]:
        return tuple(_reason(row) for row in await self._rows(_newest_standing(round_id)))


def _newest_standing(round_id: RoundId) -> Select[Any]:
    ballots = tables.ballots
    own = and_(
        ballots.c.round == _TABLE.c.round,
        ballots.c.issue == _TABLE.c.issue,
        ballots.c.seat == _TABLE.c.seat,
        ballots.c.position == _TABLE.c.position,
    )
    place = func.row_number().over(partition_by=(_TABLE.c.issue, _TABLE.c.position), order_by=_NEWEST_FIRST)
    ranked = select(_TABLE, place.label("place")).join(ballots, own).where(_TABLE.c.round == round_id).subquery()
    return select(ranked).where(ranked.c.place == 1).order_by(ranked.c.issue, ranked.c.position)


def _reason(row: Row[Any]) -> Reason:
    return Reason(
        id=ReasonId(row.id),
        round=RoundId(row.round),
        issue=IssueId(row.issue),
        seat=SeatId(row.seat),
        position=None if row.position is None else Position(row.position),
        text=row.text,
        given_at=row.given_at,
    )
