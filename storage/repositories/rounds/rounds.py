"""Rounds with their dockets and entitled seats, and the locks that keep ballots and closers apart.

On PostgreSQL whoever stores ballots or closes holds the round's row FOR NO KEY UPDATE: one at a time, so that of two
ballots of a seat the one accepted last stands, while rows that merely refer to the round pass. SQLite has one writer at
a time, so its rows need no lock.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, bindparam, case, func, literal_column, or_, select, tuple_, update

from deliberation.ids import CouncilId, IssueId, RoundId, SeatId
from deliberation.issues import Issue, IssueStatus
from deliberation.rounds import RUNNING, DocketEntry, Entitlement, Round, RoundIsOpen, RoundStatus
from deliberation.rules import Rules
from deliberation.seats import Seat
from services.ports import DueRound
from storage import tables
from storage.repositories.connected import Connected, chunks, differing, found
from storage.repositories.councils import rules_of, rules_text
from storage.repositories.posts.troubles import set_back
from storage.repositories.prepared import OneOf, Prepared, PreparedInsert
from storage.tables import rounds as table

_DOCKET, _ENTITLED = tables.docket, tables.entitlements
_RUNNING = table.c.status.in_([literal_column(f"'{status.value}'") for status in RUNNING])
_OPEN = table.c.status == RoundStatus.OPEN.value
_DEBATE = table.c.status == RoundStatus.DEBATE.value
_DUE_AT = case((_DEBATE, table.c.opened_at), else_=table.c.closes_at)

_LOCKED = Prepared(
    select(table).where(OneOf(table.c.id, "rounds")).order_by(table.c.id).with_for_update(key_share=True)
)
_LISTED = Prepared(
    select(_DOCKET, tables.issues.c.status)
    .join(tables.issues, tables.issues.c.id == _DOCKET.c.issue)
    .where(OneOf(_DOCKET.c.round, "rounds"))
    .order_by(_DOCKET.c.round, _DOCKET.c.place)
)
_COUNT_ENTITLED = Prepared(
    select(func.count()).select_from(_ENTITLED).where(_ENTITLED.c.round == bindparam("of_round")), long=True
)
_WITH_VETO = func.coalesce(func.sum(case((_ENTITLED.c.veto, 1), else_=0)), 0)
_SUM_ENTITLED = Prepared(
    select(
        func.count().label("seats"),
        func.coalesce(func.sum(_ENTITLED.c.weight), 0).label("weight"),
        _WITH_VETO.label("vetoes"),
    ).where(_ENTITLED.c.round == bindparam("of_round")),
    long=True,
)
_OF_COUNCIL = table.c.council == bindparam("of_council")
_GET = Prepared(select(table).where(table.c.id == bindparam("of_id")))
_FIND_RUNNING = Prepared(select(table).where(_OF_COUNCIL, _RUNNING))
_LIST = Prepared(select(table).where(_OF_COUNCIL).order_by(table.c.number))
_NEW_LINE = PreparedInsert(_DOCKET.insert())
_FIRST_DUE = Prepared(
    select(func.min(_DUE_AT)).where(_RUNNING, table.c.status != RoundStatus.PAUSED.value, ~set_back(table.c.council))
)


class Rounds(Connected):
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
        insert = self._inserting(table).values(
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
        row = await self._first(insert.on_conflict_do_nothing().returning(table))
        if row is None:
            running = await self.find_running(council)
            if running is None:
                raise ValueError(f"council {council} has had a round {number}")
            raise RoundIsOpen(number=running.number, closes_at=running.closes_at)
        round_ = as_round(row)
        self._changes.note(table, row._mapping)
        await self._put_on_docket(round_.id, docket)
        await self.entitle([_entitlement_of(seat, round_.id) for seat in entitled])
        return round_

    async def start_voting(
        self, round_: Round, *, before: Round, docket: Sequence[Issue], entitled: Sequence[Seat]
    ) -> None:
        changed = differing(_changing(round_), _changing(before))
        frozen = {"rules": rules_text(round_.rules), "may_end_early": round_.rules.early_close}
        await self._update(table, {"id": round_.id}, {**changed, **frozen})
        await self._delete(_DOCKET, _DOCKET.c.round == round_.id)
        await self._put_on_docket(round_.id, docket)
        await self.entitle([_entitlement_of(seat, round_.id) for seat in entitled])

    async def get(self, round_id: RoundId) -> Round:
        return as_round(found(await self._first(_GET, of_id=round_id), "round", round_id))

    async def find(self, council: CouncilId, number: int) -> Round | None:
        return await self._found(_in(council).where(table.c.number == number))

    async def find_running(self, council: CouncilId) -> Round | None:
        return await self._found(_FIND_RUNNING, of_council=council)

    async def last(self, council: CouncilId) -> Round | None:
        return await self._found(_in(council).order_by(table.c.number.desc()).limit(1))

    async def list_in(self, council: CouncilId) -> tuple[Round, ...]:
        return tuple(as_round(row) for row in await self._rows(_LIST, of_council=council))

    async def lock(self, round_id: RoundId) -> Round:
        locked = _by_id(round_id).with_for_update(key_share=True)
        return as_round(found(await self._first(locked), "round", round_id))

    async def lock_for_ballots(self, rounds: Iterable[RoundId]) -> dict[RoundId, Round]:
        locked: dict[RoundId, Round] = {}
        for chunk in chunks(sorted(rounds)):
            locked.update((RoundId(row.id), as_round(row)) for row in await self._rows(_LOCKED, rounds=chunk))
        return locked

    async def claim_due(self, round_id: RoundId, now: datetime) -> Round | None:
        due = select(table.c.id).where(table.c.id == round_id, _OPEN, table.c.closes_at <= now)
        claimed = await self._value(due.with_for_update(key_share=True, skip_locked=True))
        if claimed is None:
            return None
        closing = update(table).where(table.c.id == claimed).values(status=RoundStatus.CLOSING.value)
        return await self._found(closing.returning(table))

    async def list_due(self, now: datetime) -> tuple[DueRound, ...]:
        # Without the rules: a round whose rules cannot be read is no reason to miss another's deadline.
        closing = table.c.status == RoundStatus.CLOSING.value
        due = select(_DUE_AT.label("at"), table.c.council, table.c.id, table.c.status)
        due = due.where(or_(and_(or_(_OPEN, _DEBATE), now >= _DUE_AT), closing), ~set_back(table.c.council, now))
        due = due.order_by(_DUE_AT, table.c.id)
        return tuple(
            DueRound(row.at, CouncilId(row.council), RoundId(row.id), RoundStatus(row.status))
            for row in await self._rows(due)
        )

    async def put(self, round_: Round, *, before: Round) -> None:
        changed = differing(_changing(round_), _changing(before))
        if round_.status is RoundStatus.CLOSING:
            # Passed through on the way to the close, without an entry of its own (as by `claim_due`).
            status = changed.pop("status", round_.status.value)
            await self._connection.execute(update(table).where(table.c.id == round_.id).values(status=status))
        await self._update(table, {"id": round_.id}, changed)

    async def docket(self, rounds: Iterable[RoundId]) -> dict[RoundId, tuple[DocketEntry, ...]]:
        entries: dict[RoundId, list[DocketEntry]] = {round_id: [] for round_id in rounds}
        for chunk in chunks(entries):
            for row in await self._rows(_LISTED, rounds=chunk):
                entries[RoundId(row.round)].append(_docket_entry(row))
        return {round_id: tuple(listed) for round_id, listed in entries.items()}

    async def count_entitled(self, round_id: RoundId) -> int:
        return await self._value(_COUNT_ENTITLED, of_round=round_id)

    async def entitled_sum(self, round_id: RoundId) -> tuple[int, int, int]:
        [row] = await self._rows(_SUM_ENTITLED, of_round=round_id)
        # PostgreSQL adds 64-bit integers up to a decimal.
        return int(row.seats), int(row.weight), int(row.vetoes)

    async def find_entitlements(
        self, pairs: Iterable[tuple[RoundId, SeatId]]
    ) -> dict[tuple[RoundId, SeatId], Entitlement]:
        entitled: dict[tuple[RoundId, SeatId], Entitlement] = {}
        for chunk in chunks(pairs):
            query = select(_ENTITLED).where(tuple_(_ENTITLED.c.round, _ENTITLED.c.seat).in_(chunk))
            for row in await self._rows(query):
                entitled[RoundId(row.round), SeatId(row.seat)] = _entitlement(row)
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
        await self._each(self._adding(_ENTITLED), values)
        for row in values:
            self._changes.note(_ENTITLED, row)

    async def earliest_due(self) -> datetime | None:
        return await self._value(_FIRST_DUE)

    async def list_open_to_early_close(self, now: datetime) -> tuple[tuple[CouncilId, RoundId], ...]:
        query = select(table.c.council, table.c.id).where(_OPEN, table.c.may_end_early.is_(True))
        rows = await self._rows(query.where(~set_back(table.c.council, now)).order_by(table.c.id))
        return tuple((CouncilId(row.council), RoundId(row.id)) for row in rows)

    async def _found(self, statement: Any, **parameters: Any) -> Round | None:
        row = await self._first(statement, **parameters)
        return None if row is None else as_round(row)

    async def _put_on_docket(self, round_id: RoundId, listed: Sequence[Issue]) -> None:
        entries = [
            {
                "round": round_id,
                "issue": issue.id,
                "number": issue.number,
                "title": issue.text.title,
                "version": issue.version,
                "place": place,
            }
            for place, issue in enumerate(listed, start=1)
        ]
        await self._each(_NEW_LINE, entries)
        for row in entries:
            self._changes.note(_DOCKET, row)


def as_round(row: Row[Any]) -> Round:
    """The round of a row that holds every column of its table."""
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


def _by_id(round_id: RoundId) -> Select[Any]:
    return select(table).where(table.c.id == round_id)


def _in(council: CouncilId) -> Select[Any]:
    return select(table).where(table.c.council == council)


def _docket_entry(row: Row[Any]) -> DocketEntry:
    return DocketEntry(
        round=RoundId(row.round),
        issue=IssueId(row.issue),
        number=row.number,
        title=row.title,
        version=row.version,
        place=row.place,
        withdrawn=row.status != IssueStatus.OPEN.value,
    )


def _entitlement_of(seat: Seat, round_id: RoundId) -> Entitlement:
    return Entitlement(round=round_id, seat=seat.id, weight=seat.weight, veto=seat.veto, may_abstain=seat.may_abstain)


def _entitlement(row: Row[Any]) -> Entitlement:
    return Entitlement(
        round=RoundId(row.round), seat=SeatId(row.seat), weight=row.weight, veto=row.veto, may_abstain=row.may_abstain
    )
