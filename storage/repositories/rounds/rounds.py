"""Rounds with their dockets, and the locks that keep ballots and closers apart.

On PostgreSQL whoever stores ballots or closes holds the round's row FOR NO KEY UPDATE: one at a time, so that of two
ballots of a seat the one accepted last stands, while rows that merely refer to the round pass. SQLite has one writer at
a time, so its rows need no lock.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, func, literal_column, or_, update
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from deliberation.ids import CouncilId, IssueId, RoundId
from deliberation.issues import Issue, IssueStatus
from deliberation.rounds import RUNNING, DocketEntry, Round, RoundIsOpen, RoundStatus
from deliberation.rules import Rules
from deliberation.seats import Seat
from services.ports import DueRound
from storage.repositories.councils import rules_of, rules_text
from storage.repositories.posts.troubles import set_back
from storage.repositories.repository import chunks, differing, found
from storage.tables import DocketRow, IssueRow, RoundRow

from .entitlements import Entitlements, entitlement_of

_RUNNING = col(RoundRow.status).in_([literal_column(f"'{status.value}'") for status in RUNNING])
_OPEN = col(RoundRow.status) == RoundStatus.OPEN.value
_DEBATE = col(RoundRow.status) == RoundStatus.DEBATE.value
_DUE_AT = case((_DEBATE, col(RoundRow.opened_at)), else_=col(RoundRow.closes_at))

_FIRST_DUE = select(func.min(_DUE_AT)).where(
    _RUNNING, RoundRow.status != RoundStatus.PAUSED.value, ~set_back(col(RoundRow.council))
)
_LISTED = (
    select(DocketRow, IssueRow.status)
    .join(IssueRow, col(IssueRow.id) == DocketRow.issue)
    .order_by(col(DocketRow.round), col(DocketRow.place))
)


class Rounds(Entitlements):
    async def add(
        self,
        *,
        council: CouncilId,
        number: int,
        rules: Rules,
        opened_at: datetime,
        closes_at: datetime,
        scheduled: bool,
        docket: Sequence[Issue],
        entitled: Sequence[Seat],
        status: RoundStatus = RoundStatus.OPEN,
    ) -> Round:
        adding = self._insert(RoundRow).values(
            council=council,
            number=number,
            status=status.value,
            rules=rules_text(rules),
            opened_at=opened_at,
            closes_at=closes_at,
            closed_at=None,
            scheduled=scheduled,
            ended_early=False,
            paused_at=None,
            extended=False,
            may_end_early=rules.early_close,
        )
        # The index of running rounds decides, also between two transactions that both saw none.
        once = adding.on_conflict_do_nothing().returning(RoundRow)
        row = (await self._session.exec(once)).scalar()
        if row is None:
            running = await self.find_running(council)
            if running is None:
                raise ValueError(f"council {council} has had a round {number}")
            raise RoundIsOpen(number=running.number, closes_at=running.closes_at)
        round_ = as_round(row)
        self._changes.note(RoundRow, vars(row))
        await self._put_on_docket(round_, docket)
        await self.entitle([entitlement_of(seat, round_.id) for seat in entitled])
        return round_

    async def start_voting(
        self, round_: Round, *, before: Round, docket: Sequence[Issue], entitled: Sequence[Seat]
    ) -> None:
        changed = differing(_changing(round_), _changing(before))
        frozen = {"rules": rules_text(round_.rules), "may_end_early": round_.rules.early_close}
        await self._update(RoundRow, {"id": round_.id}, {**changed, **frozen})
        await self._delete(DocketRow, col(DocketRow.round) == round_.id)
        await self._put_on_docket(round_, docket)
        await self.entitle([entitlement_of(seat, round_.id) for seat in entitled])

    async def get(self, round_id: RoundId) -> Round:
        row = (await self._session.exec(select(RoundRow).where(RoundRow.id == round_id))).first()
        return as_round(found(row, "round", round_id))

    async def find(self, council: CouncilId, number: int) -> Round | None:
        return await self._found(_in(council).where(RoundRow.number == number))

    async def find_running(self, council: CouncilId) -> Round | None:
        return await self._found(_in(council).where(_RUNNING))

    async def last(self, council: CouncilId) -> Round | None:
        return await self._found(_in(council).order_by(col(RoundRow.number).desc()).limit(1))

    async def list_in(self, council: CouncilId) -> tuple[Round, ...]:
        rows = await self._session.exec(_in(council).order_by(col(RoundRow.number)))
        return tuple(map(as_round, rows))

    async def lock(self, round_id: RoundId) -> Round:
        locked = select(RoundRow).where(RoundRow.id == round_id).with_for_update(key_share=True)
        return as_round(found((await self._session.exec(locked)).first(), "round", round_id))

    async def claim_due(self, round_id: RoundId, now: datetime) -> Round | None:
        due = select(RoundRow.id).where(RoundRow.id == round_id, _OPEN, RoundRow.closes_at <= now)
        claimed = (await self._session.exec(due.with_for_update(key_share=True, skip_locked=True))).first()
        if claimed is None:
            return None
        closing = update(RoundRow).where(col(RoundRow.id) == claimed).values(status=RoundStatus.CLOSING.value)
        row = (await self._session.exec(closing.returning(RoundRow))).scalar()
        return None if row is None else as_round(row)

    async def list_due(self, now: datetime) -> tuple[DueRound, ...]:
        # Without the rules: a round whose rules cannot be read is no reason to miss another's deadline.
        closing = col(RoundRow.status) == RoundStatus.CLOSING.value
        due = select(_DUE_AT, RoundRow.council, RoundRow.id, RoundRow.status)
        due = due.where(or_(and_(or_(_OPEN, _DEBATE), now >= _DUE_AT), closing), ~set_back(col(RoundRow.council), now))
        return tuple(
            DueRound(at, CouncilId(council), RoundId(number), RoundStatus(status))
            for at, council, number, status in await self._session.exec(due.order_by(_DUE_AT, col(RoundRow.id)))
        )

    async def put(self, round_: Round, *, before: Round) -> None:
        changed = differing(_changing(round_), _changing(before))
        if round_.status is RoundStatus.CLOSING:
            # Passed through on the way to the close, without an entry of its own (as by `claim_due`).
            status = changed.pop("status", round_.status.value)
            await self._session.exec(update(RoundRow).where(col(RoundRow.id) == round_.id).values(status=status))
        await self._update(RoundRow, {"id": round_.id}, changed)

    async def docket(self, rounds: Iterable[RoundId]) -> dict[RoundId, tuple[DocketEntry, ...]]:
        entries: dict[RoundId, list[DocketEntry]] = {round_id: [] for round_id in rounds}
        for chunk in chunks(entries):
            for row, status in await self._session.exec(_LISTED.where(col(DocketRow.round).in_(chunk))):
                entries[RoundId(row.round)].append(as_docket_entry(row, status))
        return {round_id: tuple(listed) for round_id, listed in entries.items()}

    async def earliest_due(self) -> datetime | None:
        return (await self._session.exec(_FIRST_DUE)).one()

    async def list_open_to_early_close(self, now: datetime) -> tuple[tuple[CouncilId, RoundId], ...]:
        query = select(RoundRow.council, RoundRow.id).where(_OPEN, col(RoundRow.may_end_early).is_(True))
        rows = await self._session.exec(query.where(~set_back(col(RoundRow.council), now)).order_by(col(RoundRow.id)))
        return tuple((CouncilId(council), RoundId(number)) for council, number in rows)

    async def _found(self, query: SelectOfScalar[RoundRow]) -> Round | None:
        row = (await self._session.exec(query)).first()
        return None if row is None else as_round(row)

    async def _put_on_docket(self, round_: Round, listed: Sequence[Issue]) -> None:
        entries = [
            {
                "round": round_.id,
                "issue": issue.id,
                "number": issue.number,
                "title": issue.text.title,
                "version": issue.version,
                "place": place,
            }
            for place, issue in enumerate(listed, start=1)
        ]
        await self._add_all(DocketRow, entries)
        for row in entries:
            self._changes.note(DocketRow, row)


def as_round(row: RoundRow) -> Round:
    return Round(
        id=RoundId(row.id),
        council=CouncilId(row.council),
        number=row.number,
        status=RoundStatus(row.status),
        rules=rules_of(row.rules),
        opened_at=row.opened_at,
        closes_at=row.closes_at,
        closed_at=row.closed_at,
        scheduled=row.scheduled,
        ended_early=row.ended_early,
        paused_at=row.paused_at,
        extended=row.extended,
    )


def _changing(round_: Round) -> dict[str, Any]:
    return {
        "status": round_.status.value,
        "opened_at": round_.opened_at,
        "closes_at": round_.closes_at,
        "closed_at": round_.closed_at,
        "ended_early": round_.ended_early,
        "paused_at": round_.paused_at,
        "extended": round_.extended,
    }


def _in(council: CouncilId) -> SelectOfScalar[RoundRow]:
    return select(RoundRow).where(RoundRow.council == council)


def as_docket_entry(row: DocketRow, status: str) -> DocketEntry:
    return DocketEntry(
        round=RoundId(row.round),
        issue=IssueId(row.issue),
        number=row.number,
        title=row.title,
        version=row.version,
        place=row.place,
        withdrawn=status != IssueStatus.OPEN.value,
    )
