"""What the databases count of a round's ballots: no ballot of a million is brought here for it."""

from collections.abc import Iterable

from sqlalchemy import and_, func
from sqlmodel import col, select

from deliberation.categories import Position
from deliberation.ids import IssueId, RoundId, SeatId
from deliberation.issues import IssueStatus
from deliberation.rulings.tallies import Count, SeatBallot, Tally
from services.ports import BallotKey
from storage.repositories.repository import Repository, chunks
from storage.tables import BallotRow, DocketRow, EntitlementRow, IssueRow

_WEIGHT = func.coalesce(func.sum(EntitlementRow.weight), 0)
_ITS_SEAT = and_(col(EntitlementRow.round) == BallotRow.round, col(EntitlementRow.seat) == BallotRow.seat)
_COUNTED = (
    select(BallotRow.issue, BallotRow.position, func.count(), _WEIGHT)
    .join(EntitlementRow, _ITS_SEAT)
    .group_by(col(BallotRow.issue), col(BallotRow.position))
)
_LACKING = and_(_ITS_SEAT, col(BallotRow.issue) == DocketRow.issue)
_MISSING = (
    select(EntitlementRow.seat)
    .distinct()
    .join(DocketRow, col(DocketRow.round) == EntitlementRow.round)
    .join(IssueRow, col(IssueRow.id) == DocketRow.issue)
    .outerjoin(BallotRow, _LACKING)
    .where(col(BallotRow.seat).is_(None), IssueRow.status == IssueStatus.OPEN.value)
)


class Counts(Repository):
    async def of_issue(self, round_id: RoundId, issue: IssueId) -> tuple[SeatBallot, ...]:
        query = (
            select(EntitlementRow.seat, EntitlementRow.weight, EntitlementRow.veto, BallotRow.position)
            .outerjoin(BallotRow, and_(_ITS_SEAT, col(BallotRow.issue) == issue))
            .where(EntitlementRow.round == round_id)
            .order_by(col(EntitlementRow.seat))
        )
        return tuple(
            SeatBallot(seat=SeatId(seat), position=Position(cast) if cast else None, weight=weight, veto=veto)
            for seat, weight, veto, cast in await self._session.exec(query)
        )

    async def positions(self, round_id: RoundId, seats: Iterable[SeatId]) -> dict[BallotKey, Position]:
        found: dict[BallotKey, Position] = {}
        stands = select(BallotRow.issue, BallotRow.seat, BallotRow.position).where(BallotRow.round == round_id)
        for chunk in chunks(seats):
            for issue, seat, position in await self._session.exec(stands.where(col(BallotRow.seat).in_(chunk))):
                found[round_id, IssueId(issue), SeatId(seat)] = Position(position)
        return found

    async def tally(self, round_id: RoundId, issue: IssueId | None = None) -> dict[IssueId, Tally]:
        of_round = select(func.count(), _WEIGHT).where(EntitlementRow.round == round_id)
        entitled = _count(*(await self._session.exec(of_round)).one())
        docket = select(DocketRow.issue).where(DocketRow.round == round_id).order_by(col(DocketRow.place))
        listed = [IssueId(one) for one in await self._session.exec(docket) if issue in (None, one)]
        counts = {one: {position: Count() for position in Position} for one in listed}
        counted = _COUNTED.where(BallotRow.round == round_id)
        if issue is not None:
            counted = counted.where(BallotRow.issue == issue)
        for one, position, seats, weight in await self._session.exec(counted):
            if one in counts:
                counts[IssueId(one)][Position(position)] = _count(seats, weight)
        vetoes: dict[IssueId, dict[SeatId, Position]] = {one: {} for one in counts}
        for (_, one, seat), position in sorted((await self._vetoes(round_id)).items()):
            if one in vetoes:
                vetoes[one][seat] = position
        return {one: Tally(counts=counts[one], entitled=entitled, vetoes=vetoes[one]) for one in counts}

    async def count_voted(self, round_id: RoundId) -> int:
        voted = select(func.count(col(BallotRow.seat).distinct())).where(BallotRow.round == round_id)
        return (await self._session.exec(voted)).one()

    async def seats_missing(self, round_id: RoundId) -> tuple[SeatId, ...]:
        missing = _MISSING.where(EntitlementRow.round == round_id).order_by(col(EntitlementRow.seat))
        return tuple(map(SeatId, await self._session.exec(missing)))

    async def count_missing(self, round_id: RoundId) -> int:
        missing = _MISSING.where(EntitlementRow.round == round_id).subquery()
        return (await self._session.exec(select(func.count()).select_from(missing))).one()

    async def _vetoes(self, round_id: RoundId) -> dict[BallotKey, Position]:
        """The ballots of seats with a veto: the few seats first, so that nobody looks through all ballots."""
        may = select(EntitlementRow.seat).where(EntitlementRow.round == round_id, col(EntitlementRow.veto).is_(True))
        return await self.positions(round_id, map(SeatId, await self._session.exec(may)))


def _count(seats: int, weight: int) -> Count:
    """PostgreSQL adds 64-bit integers up to a decimal."""
    return Count(int(seats), int(weight))
