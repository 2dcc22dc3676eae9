"""What is kept about one person besides ballots' histories and the record: each section of its export."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import and_, or_, union
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from deliberation.ids import PersonId, SeatId
from storage.repositories.record.entries import OF_PERSON
from storage.repositories.repository import Repository
from storage.tables import (
    BallotRow,
    BarredRow,
    CouncilRow,
    DraftRow,
    EntitlementRow,
    IssueRow,
    IssueSecondRow,
    IssueVersionRow,
    PersonRow,
    ProxyRow,
    ReasonRow,
    RecordSecretRow,
    RollCallAnswerRow,
    RoundRow,
    Row,
    SeatHolderRow,
    SeatRow,
)

Section = dict[str, Any]
"""A line of a section, by the words of the export."""


class Kept(Repository):
    async def kept(self, person: PersonId, *, own: Iterable[SeatId]) -> dict[str, list[Section]]:
        seats = sorted(set(own))
        return {
            "councils": await self._councils(person),
            "seats": await self._held(person),
            "rounds": await self._rounds(seats),
            "ballots": await self._ballots(seats),
            "reasons": await self._reasons(seats),
            "issues": await self._issues(person),
            "wordings": await self._wordings(person),
            "seconds": await self._seconds(seats),
            "proxies": await self._proxies(seats),
            "roll_calls": await self._roll_calls(seats),
            "bars": await self._bars(person),
            "drafts": await self._drafts(person),
            "preferences": await self._preferences(person),
        }

    async def _councils(self, person: PersonId) -> list[Section]:
        named = select(CouncilRow).where(col(CouncilRow.id).in_(councils_of(person))).order_by(col(CouncilRow.id))
        rows = await self._session.exec(named)
        return [{"council": row.id, **_told(row, "name", "guild", "channel", "closed_at")} for row in rows]

    async def _held(self, person: PersonId) -> list[Section]:
        held = select(SeatRow, SeatHolderRow).join(SeatHolderRow, col(SeatHolderRow.seat) == SeatRow.id)
        held = held.where(SeatHolderRow.person == person).order_by(col(SeatHolderRow.id))
        return [
            {
                "council": seat.council,
                "seat": seat.id,
                **_told(seat, "name", "kind", "country", "weight", "veto", "observer", "may_abstain"),
                **_told(holding, "since", "until", "salt"),
            }
            for seat, holding in await self._session.exec(held)
        ]

    async def _rounds(self, own: Sequence[SeatId]) -> list[Section]:
        entitled = (
            select(RoundRow, EntitlementRow)
            .join(SeatRow, col(SeatRow.council) == RoundRow.council)
            .join(
                EntitlementRow, and_(col(EntitlementRow.round) == RoundRow.id, col(EntitlementRow.seat) == SeatRow.id)
            )
            .where(col(SeatRow.id).in_(own))
            .order_by(col(RoundRow.id), col(EntitlementRow.seat))
        )
        return [
            {
                "council": round_.council,
                "round": round_.number,
                **_told(row, "seat", "weight", "veto", "may_abstain"),
            }
            for round_, row in await self._session.exec(entitled)
        ]

    async def _ballots(self, own: Sequence[SeatId]) -> list[Section]:
        cast = (
            select(RoundRow, IssueRow.number, BallotRow)
            .join(SeatRow, col(SeatRow.council) == RoundRow.council)
            .join(BallotRow, and_(col(BallotRow.round) == RoundRow.id, col(BallotRow.seat) == SeatRow.id))
            .join(IssueRow, col(IssueRow.id) == BallotRow.issue)
            .where(col(SeatRow.id).in_(own))
            .order_by(col(RoundRow.id), col(IssueRow.number))
        )
        return [
            {
                "council": round_.council,
                "round": round_.number,
                "issue": number,
                **_told(ballot, "seat", "position", "version", "cast_at"),
                "by_proxy_of": ballot.proxy,
            }
            for round_, number, ballot in await self._session.exec(cast)
        ]

    async def _reasons(self, own: Sequence[SeatId]) -> list[Section]:
        given = (
            select(IssueRow, RoundRow.number, ReasonRow)
            .join(SeatRow, col(SeatRow.council) == IssueRow.council)
            .join(ReasonRow, and_(col(ReasonRow.issue) == IssueRow.id, col(ReasonRow.seat) == SeatRow.id))
            .join(RoundRow, col(RoundRow.id) == ReasonRow.round)
            .where(col(SeatRow.id).in_(own))
            .order_by(col(IssueRow.id), col(ReasonRow.given_at))
        )
        return [
            {
                "council": issue.council,
                "round": number,
                "issue": issue.number,
                **_told(reason, "seat", "position", "text", "given_at"),
            }
            for issue, number, reason in await self._session.exec(given)
        ]

    async def _issues(self, person: PersonId) -> list[Section]:
        proposed = select(IssueRow).where(IssueRow.proposer == person).order_by(col(IssueRow.id))
        told = ("version", "status", "category", "proposed_at", "withdrawn_at", "salt")
        rows = await self._session.exec(proposed)
        return [{"council": row.council, "issue": row.number, **_told(row, *told)} for row in rows]

    async def _wordings(self, person: PersonId) -> list[Section]:
        written = select(IssueRow, IssueVersionRow).join(IssueVersionRow, col(IssueVersionRow.issue) == IssueRow.id)
        written = written.where(IssueVersionRow.author == person)
        rows = await self._session.exec(written.order_by(col(IssueRow.id), col(IssueVersionRow.version)))
        told = ("version", "title", "action", "why", "written_at", "salt")
        return [{"council": issue.council, "issue": issue.number, **_told(row, *told)} for issue, row in rows]

    async def _seconds(self, own: Sequence[SeatId]) -> list[Section]:
        its = and_(col(IssueSecondRow.issue) == IssueRow.id, col(IssueSecondRow.seat) == SeatRow.id)
        query = select(IssueRow, IssueSecondRow).join(SeatRow, col(SeatRow.council) == IssueRow.council)
        wanted = query.join(IssueSecondRow, its).where(col(SeatRow.id).in_(own)).order_by(col(IssueRow.id))
        return [
            {"council": issue.council, "issue": issue.number, **_told(row, "seat", "at")}
            for issue, row in await self._session.exec(wanted)
        ]

    async def _proxies(self, own: Sequence[SeatId]) -> list[Section]:
        """Those that the seats gave and those that were given to them. `issue` is null for a round."""
        theirs = or_(col(ProxyRow.seat).in_(own), col(ProxyRow.proxy).in_(own))
        of_council = col(ProxyRow.council).in_(select(SeatRow.council).where(col(SeatRow.id).in_(own)))
        given = select(ProxyRow, IssueRow.number).outerjoin(IssueRow, col(IssueRow.id) == ProxyRow.issue)
        rows = await self._session.exec(given.where(of_council, theirs).order_by(col(ProxyRow.given_at)))
        return [
            {**_told(row, "council", "seat", "proxy"), "issue": number, "given_at": row.given_at}
            for row, number in rows
        ]

    async def _roll_calls(self, own: Sequence[SeatId]) -> list[Section]:
        own_answers = and_(col(RollCallAnswerRow.council) == SeatRow.council, col(RollCallAnswerRow.seat) == SeatRow.id)
        answered = select(RollCallAnswerRow).join(SeatRow, own_answers).where(col(SeatRow.id).in_(own))
        rows = await self._session.exec(answered.order_by(col(RollCallAnswerRow.at)))
        return [_told(row, "council", "seat", "presence", "at") for row in rows]

    async def _bars(self, person: PersonId) -> list[Section]:
        bars = select(BarredRow).where(BarredRow.person == person).order_by(col(BarredRow.council))
        return [_told(row, "council", "at", "salt") for row in await self._session.exec(bars)]

    async def _drafts(self, person: PersonId) -> list[Section]:
        drafts = select(DraftRow).where(DraftRow.person == person).order_by(col(DraftRow.at))
        return [_told(row, "council", "kind", "subject", "typed", "at") for row in await self._session.exec(drafts)]

    async def _preferences(self, person: PersonId) -> list[Section]:
        own = select(PersonRow).where(PersonRow.person == person)
        return [_told(row, "language", "reminders", "changed_at") for row in await self._session.exec(own)]


def councils_of(person: PersonId) -> SelectOfScalar[int]:
    """The ids of every council that keeps something about the person."""
    held = select(SeatRow.council).join(SeatHolderRow, col(SeatHolderRow.seat) == SeatRow.id)
    written = select(IssueRow.council).join(IssueVersionRow, col(IssueVersionRow.issue) == IssueRow.id)
    keeping = union(
        held.where(SeatHolderRow.person == person),
        select(IssueRow.council).where(IssueRow.proposer == person),
        written.where(IssueVersionRow.author == person),
        select(DraftRow.council).where(DraftRow.person == person),
        select(BarredRow.council).where(BarredRow.person == person),
        select(RecordSecretRow.council).where(RecordSecretRow.value == str(person), OF_PERSON),
    )
    return select(CouncilRow.id).where(col(CouncilRow.id).in_(keeping)).order_by(col(CouncilRow.id))


def _told(row: Row, *names: str) -> Section:
    return {name: getattr(row, name) for name in names}
