"""Reasons that come with ballots."""

from collections.abc import Sequence

from sqlalchemy import and_, func
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from deliberation.ballots.reasons import Reason
from deliberation.categories import Position
from deliberation.ids import IssueId, ReasonId, RoundId, SeatId
from services.ports import GivenReason
from storage.repositories.repository import Repository
from storage.tables import BallotRow, ReasonRow

_ANSWER = (col(ReasonRow.issue), col(ReasonRow.position))
_NEWEST_FIRST = (col(ReasonRow.given_at).desc(), col(ReasonRow.id).desc())


class Reasons(Repository):
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
        await self._put(ReasonRow, values, key=("round", "issue", "seat"))

    async def latest(self, issue: IssueId, seat: SeatId) -> Reason | None:
        query = select(ReasonRow).where(ReasonRow.issue == issue, ReasonRow.seat == seat)
        row = (await self._session.exec(query.order_by(*_NEWEST_FIRST).limit(1))).first()
        return None if row is None else _reason(row)

    async def list_of_issue(self, issue: IssueId) -> tuple[Reason, ...]:
        query = select(ReasonRow).where(ReasonRow.issue == issue).order_by(*_NEWEST_FIRST)
        return tuple([_reason(row) async for row in self._in_turns(query)])

    async def list_of_round(self, round_id: RoundId) -> tuple[Reason, ...]:
        query = select(ReasonRow).where(ReasonRow.round == round_id).order_by(col(ReasonRow.issue), *_NEWEST_FIRST)
        return tuple([_reason(row) async for row in self._in_turns(query)])

    async def newest_of_round(self, round_id: RoundId) -> tuple[Reason, ...]:
        its_ballot = and_(
            col(BallotRow.round) == ReasonRow.round,
            col(BallotRow.issue) == ReasonRow.issue,
            col(BallotRow.seat) == ReasonRow.seat,
            col(BallotRow.position) == ReasonRow.position,
        )
        place = func.row_number().over(partition_by=_ANSWER, order_by=_NEWEST_FIRST)
        standing = select(ReasonRow, place.label("place")).join(BallotRow, its_ballot)
        ranked = standing.where(ReasonRow.round == round_id).subquery()
        newest = aliased(ReasonRow, ranked)
        query = select(newest).where(ranked.c.place == 1).order_by(ranked.c.issue, ranked.c.position)
        return tuple(map(_reason, await self._session.exec(query)))


def _reason(row: ReasonRow) -> Reason:
    return Reason(
        id=ReasonId(row.id),
        round=RoundId(row.round),
        issue=IssueId(row.issue),
        seat=SeatId(row.seat),
        position=None if row.position is None else Position(row.position),
        text=row.text,
        given_at=row.given_at,
    )
