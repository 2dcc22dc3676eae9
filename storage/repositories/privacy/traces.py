"""What is kept about one person: found, and replaced by a pseudonym."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, or_, update
from sqlmodel import col, select

from deliberation.ids import CouncilId, IssueId, PersonId, RoundId, SeatId
from deliberation.record import Entry
from deliberation.record.ledger import FORMS
from deliberation.rounds import RUNNING
from deliberation.seats import SeatKind
from services.ports import Holding, ReasonKey, Recognised, Secret, Traced, VotingPart
from storage.repositories.ballots.ballots import as_event
from storage.repositories.record.entries import OF_PERSON, RARE, as_entry, as_secret
from storage.repositories.repository import chunks
from storage.tables import (
    BallotEventRow,
    BarredRow,
    DocketRow,
    DraftRow,
    EntitlementRow,
    IssueRow,
    IssueVersionRow,
    PersonRow,
    ReasonRow,
    RecognisedRow,
    RecordEntryRow,
    RecordSecretRow,
    RoundRow,
    Row,
    SeatHolderRow,
    SeatRow,
)

from .kept import Kept, councils_of

_AT_ONCE = 200
"""Entries that are read before the loop turns."""
_LARGE = 20
"""The same of entries of ballots, of which each may hold hundreds."""
# By way of the seats' councils, for there is no index of entitlements by seat.
_ENTITLED = and_(
    col(RoundRow.council) == SeatRow.council,
    col(EntitlementRow.round) == RoundRow.id,
    col(EntitlementRow.seat) == SeatRow.id,
)


class Traces(Kept):
    async def councils(self, person: PersonId) -> tuple[CouncilId, ...]:
        return tuple(map(CouncilId, await self._session.exec(councils_of(person))))

    async def holdings(self, person: PersonId) -> tuple[Holding, ...]:
        query = select(SeatRow, SeatHolderRow).join(SeatHolderRow, col(SeatHolderRow.seat) == SeatRow.id)
        query = query.where(SeatHolderRow.person == person).order_by(col(SeatHolderRow.id))
        return tuple(
            Holding(CouncilId(seat.council), SeatId(seat.id), SeatKind(seat.kind), held.since, held.until)
            for seat, held in await self._session.exec(query)
        )

    async def rounds(self, seats: Iterable[SeatId]) -> tuple[VotingPart, ...]:
        found: set[VotingPart] = set()
        for chunk in chunks(seats):
            query = select(RoundRow.council, RoundRow.id, RoundRow.status).distinct().where(_ENTITLED)
            for council, number, status in await self._session.exec(query.where(col(SeatRow.id).in_(chunk))):
                found.add(VotingPart(CouncilId(council), RoundId(number), status in RUNNING))
        return tuple(sorted(found))

    async def events(self, person: PersonId, *, own: Iterable[SeatId], rounds: Iterable[RoundId]) -> tuple[Traced, ...]:
        found: dict[int, Traced] = {}
        mine = or_(col(BallotEventRow.person) == person, col(BallotEventRow.seat).in_(set(own)))
        for chunk in chunks(rounds):
            places = await self._session.exec(select(RoundRow.id, RoundRow.council).where(col(RoundRow.id).in_(chunk)))
            councils = {number: CouncilId(council) for number, council in places}
            query = select(BallotEventRow).where(col(BallotEventRow.round).in_(chunk), mine)
            async for row in self._in_turns(query):
                found[row.id] = Traced(row.id, councils[row.round], as_event(row))
        return tuple(found[number] for number in sorted(found))

    async def entries_at(self, council: CouncilId, instants: Iterable[datetime]) -> tuple[Entry, ...]:
        entries: list[Entry] = []
        for chunk in chunks(sorted(instants)):
            query = select(RecordEntryRow).where(RecordEntryRow.council == council, col(RecordEntryRow.at).in_(chunk))
            entries += [as_entry(row) async for row in self._in_turns(query, each=_LARGE)]
        return tuple(sorted(entries, key=lambda entry: entry.index))

    async def rare_entries(self, council: CouncilId, kinds: Sequence[str] | None = None) -> AsyncIterator[Entry]:
        query = select(RecordEntryRow).where(RecordEntryRow.council == council, RARE)
        query = query.order_by(col(RecordEntryRow.index)).limit(_AT_ONCE)
        if kinds is not None:
            query = query.where(col(RecordEntryRow.kind).in_(kinds))
        last, more = 0, True
        while more:
            rows = (await self._session.exec(query.where(RecordEntryRow.index > last))).all()
            for entry in map(as_entry, rows):
                last = entry.index
                yield entry
            more = len(rows) == _AT_ONCE
            await asyncio.sleep(0)

    async def commitments(self, person: PersonId) -> dict[CouncilId, tuple[Secret, ...]]:
        found = defaultdict[CouncilId, list[Secret]](list)
        query = select(RecordSecretRow).where(RecordSecretRow.value == str(person), OF_PERSON)
        for row in await self._session.exec(query.order_by(col(RecordSecretRow.commitment))):
            if row.council is not None:
                found[CouncilId(row.council)].append(as_secret(row))
        return {council: tuple(secrets) for council, secrets in found.items()}

    async def issues_with_veto(self, seats: Iterable[SeatId]) -> tuple[tuple[CouncilId, IssueId], ...]:
        found: set[tuple[CouncilId, IssueId]] = set()
        for chunk in chunks(seats):
            query = select(RoundRow.council, DocketRow.issue).distinct().where(_ENTITLED)
            query = query.where(DocketRow.round == RoundRow.id, col(EntitlementRow.veto).is_(True))
            for council, issue in await self._session.exec(query.where(col(SeatRow.id).in_(chunk))):
                found.add((CouncilId(council), IssueId(issue)))
        return tuple(sorted(found))

    async def replace_in(self, council: CouncilId, person: PersonId, by: PersonId) -> None:
        its_seats = col(SeatHolderRow.seat).in_(select(SeatRow.id).where(SeatRow.council == council))
        its_issues = col(IssueVersionRow.issue).in_(select(IssueRow.id).where(IssueRow.council == council))
        named: Sequence[tuple[type[Row], str, ColumnElement[bool]]] = (
            (SeatHolderRow, "person", its_seats),
            (IssueRow, "proposer", col(IssueRow.council) == council),
            (IssueVersionRow, "author", its_issues),
        )
        for kind, column, where in named:
            key = [col(getattr(kind, name)) for name in FORMS[kind.__tablename__].key]
            theirs = update(kind).where(col(getattr(kind, column)) == person, where)
            replaced = theirs.values({column: by, "salt": None}).returning(*key)
            for row in await self._session.exec(replaced):
                self._changes.note(kind, {**row._mapping, column: by})
        await self._delete(BarredRow, col(BarredRow.council) == council, col(BarredRow.person) == person)

    async def replace_cast(self, person: PersonId, by: PersonId, *, events: Iterable[int]) -> None:
        for chunk in chunks(events):
            cast = update(BallotEventRow).where(col(BallotEventRow.id).in_(chunk), col(BallotEventRow.person) == person)
            await self._session.exec(cast.values(person=by, salt=None))

    async def forget_person(self, person: PersonId) -> None:
        await self._session.exec(delete(DraftRow).where(col(DraftRow.person) == person))
        await self._session.exec(delete(PersonRow).where(col(PersonRow.person) == person))

    async def rename(self, seat: SeatId, name: str) -> None:
        await self._update(SeatRow, {"id": seat}, {"name": name})

    async def drop_secrets(self, commitments: Iterable[str]) -> None:
        for chunk in chunks(commitments):
            await self._session.exec(delete(RecordSecretRow).where(col(RecordSecretRow.commitment).in_(chunk)))

    async def blank_reasons(self, keys: Iterable[ReasonKey], *, own: Iterable[SeatId]) -> None:
        for round_id, issue, seat, said in keys:
            by_seat = and_(col(ReasonRow.issue) == issue, col(ReasonRow.seat) == seat)
            given = and_(col(ReasonRow.round) == round_id, by_seat, col(ReasonRow.commitment) == said)
            await self._session.exec(update(ReasonRow).where(given).values(text=""))
        for seat in own:
            of_council = select(IssueRow.id).join(SeatRow, col(SeatRow.council) == IssueRow.council)
            its_own = and_(col(ReasonRow.issue).in_(of_council.where(SeatRow.id == seat)), col(ReasonRow.seat) == seat)
            await self._session.exec(update(ReasonRow).where(its_own).values(text=""))

    async def recognise(self, council: CouncilId, entries: Iterable[Recognised], *, at: datetime) -> None:
        for entry in entries:
            row = RecognisedRow(
                commitment=entry.commitment, salt=entry.salt, council=council, round=entry.round or 0, at=at
            )
            await self._add(row)

    async def recognised(self, council: CouncilId) -> tuple[Recognised, ...]:
        query = select(RecognisedRow).where(RecognisedRow.council == council).order_by(col(RecognisedRow.commitment))
        return tuple(
            Recognised(row.commitment, row.salt, RoundId(row.round) if row.round else None)
            for row in await self._session.exec(query)
        )

    async def forget(self, commitments: Iterable[str]) -> bool:
        return await self._delete(RecognisedRow, col(RecognisedRow.commitment).in_(list(commitments)))
