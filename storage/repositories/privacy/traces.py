"""What is kept about one person: found, and replaced by a pseudonym."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, bindparam, delete, or_, select, text, update

from deliberation.categories import Position
from deliberation.ids import CouncilId, IssueId, PersonId, RoundId, SeatId
from deliberation.record import Entry
from deliberation.record.ledger import FORMS
from deliberation.rounds import RUNNING
from deliberation.seats import SeatKind
from services.ports import BallotEvent, Holding, ReasonKey, Recognised, Secret, Traced, VotingPart
from storage import tables
from storage.repositories.connected import Connected, chunks
from storage.repositories.record.entries import as_entry, as_secret

from .kept import councils_of, kept_sections

_EVENTS, _ENTRIES, _HOLDERS, _SEATS = tables.ballot_events, tables.record_entries, tables.seat_holders, tables.seats
_ROUNDS, _ENTITLED, _RECOGNISED = tables.rounds, tables.entitlements, tables.recognised
# Written out as in the index, which SQLite would not use for a parameter.
_RARE = text("record_entries.kind <> 'ballots cast'")
_OF_PERSON = text("record_secrets.label = 'person'")
_AT_ONCE = 200
"""Entries that are read before the loop turns."""
_LARGE = 20
"""The same of entries of ballots, of which each may hold hundreds."""


class Traces(Connected):
    async def councils(self, person: PersonId) -> tuple[CouncilId, ...]:
        return tuple(sorted(CouncilId(row.council) for row in await self._rows(councils_of(person)) if row.council))

    async def holdings(self, person: PersonId) -> tuple[Holding, ...]:
        query = (
            select(_SEATS.c.council, _SEATS.c.id, _SEATS.c.kind, _HOLDERS.c.since, _HOLDERS.c.until)
            .join(_HOLDERS, _HOLDERS.c.seat == _SEATS.c.id)
            .where(_HOLDERS.c.person == person)
            .order_by(_HOLDERS.c.id)
        )
        return tuple(
            Holding(CouncilId(row.council), SeatId(row.id), SeatKind(row.kind), row.since, row.until)
            for row in await self._rows(query)
        )

    async def rounds(self, seats: Iterable[SeatId]) -> tuple[VotingPart, ...]:
        # By way of the seats' councils, for there is no index of entitlements by seat.
        found: set[VotingPart] = set()
        for chunk in chunks(seats):
            query = (
                select(_ROUNDS.c.council, _ROUNDS.c.id, _ROUNDS.c.status)
                .distinct()
                .select_from(_SEATS.join(_ROUNDS, _ROUNDS.c.council == _SEATS.c.council))
                .join(_ENTITLED, and_(_ENTITLED.c.round == _ROUNDS.c.id, _ENTITLED.c.seat == _SEATS.c.id))
                .where(_SEATS.c.id.in_(chunk))
            )
            for row in await self._rows(query):
                found.add(VotingPart(CouncilId(row.council), RoundId(row.id), row.status in RUNNING))
        return tuple(sorted(found))

    async def events(self, person: PersonId, *, own: Iterable[SeatId], rounds: Iterable[RoundId]) -> tuple[Traced, ...]:
        found: dict[int, Traced] = {}
        mine = or_(_EVENTS.c.person == person, _EVENTS.c.seat.in_(set(own)))
        for chunk in chunks(rounds):
            query = select(_EVENTS, _ROUNDS.c.council).join(_ROUNDS, _ROUNDS.c.id == _EVENTS.c.round)
            async for row in self._in_turns(query.where(_EVENTS.c.round.in_(chunk), mine)):
                found[row.id] = Traced(row.id, CouncilId(row.council), _event(row))
        return tuple(found[number] for number in sorted(found))

    async def kept(self, person: PersonId, *, own: Iterable[SeatId]) -> dict[str, list[dict[str, Any]]]:
        sections = kept_sections(person, sorted(set(own)))
        return {name: [dict(row._mapping) for row in await self._rows(query)] for name, query in sections.items()}

    async def entries_at(self, council: CouncilId, instants: Iterable[datetime]) -> tuple[Entry, ...]:
        entries: list[Entry] = []
        for chunk in chunks(sorted(instants)):
            query = select(_ENTRIES).where(_ENTRIES.c.council == council, _ENTRIES.c.at.in_(chunk))
            entries += [as_entry(row) async for row in self._in_turns(query, each=_LARGE)]
        return tuple(sorted(entries, key=lambda entry: entry.index))

    async def rare_entries(self, council: CouncilId, kinds: Sequence[str] | None = None) -> AsyncIterator[Entry]:
        query = select(_ENTRIES).where(_ENTRIES.c.council == council, _RARE).order_by(_ENTRIES.c.index).limit(_AT_ONCE)
        if kinds is not None:
            query = query.where(_ENTRIES.c.kind.in_(kinds))
        last, more = 0, True
        while more:
            rows = await self._rows(query.where(_ENTRIES.c.index > last))
            for entry in map(as_entry, rows):
                last = entry.index
                yield entry
            more = len(rows) == _AT_ONCE
            await asyncio.sleep(0)

    async def commitments(self, person: PersonId) -> dict[CouncilId, tuple[Secret, ...]]:
        table, found = tables.record_secrets, defaultdict[CouncilId, list[Secret]](list)
        query = select(table).where(table.c.value == str(person), _OF_PERSON).order_by(table.c.commitment)
        for row in await self._rows(query):
            found[CouncilId(row.council)].append(as_secret(row))
        return {council: tuple(secrets) for council, secrets in found.items()}

    async def issues_with_veto(self, seats: Iterable[SeatId]) -> tuple[tuple[CouncilId, IssueId], ...]:
        docket, found = tables.docket, set[tuple[CouncilId, IssueId]]()
        for chunk in chunks(seats):
            query = (
                select(_ROUNDS.c.council, docket.c.issue)
                .distinct()
                .select_from(_SEATS.join(_ROUNDS, _ROUNDS.c.council == _SEATS.c.council))
                .join(_ENTITLED, and_(_ENTITLED.c.round == _ROUNDS.c.id, _ENTITLED.c.seat == _SEATS.c.id))
                .join(docket, docket.c.round == _ROUNDS.c.id)
                .where(_SEATS.c.id.in_(chunk), _ENTITLED.c.veto.is_(True))
            )
            found |= {(CouncilId(row.council), IssueId(row.issue)) for row in await self._rows(query)}
        return tuple(sorted(found))

    async def replace_in(self, council: CouncilId, person: PersonId, by: PersonId) -> None:
        issues, versions, barred = tables.issues, tables.issue_versions, tables.barred
        its_seats = _HOLDERS.c.seat.in_(select(_SEATS.c.id).where(_SEATS.c.council == council))
        its_issues = select(issues.c.id).where(issues.c.council == council)
        for table, column, where in (
            (_HOLDERS, "person", its_seats),
            (issues, "proposer", issues.c.council == council),
            (versions, "author", versions.c.issue.in_(its_issues)),
        ):
            key = [table.c[name] for name in FORMS[table.name].key]
            named = update(table).where(table.c[column] == person, where).values({column: by, "salt": None})
            for row in await self._rows(named.returning(*key)):
                self._changes.note(table, {**row._mapping, column: by})
        await self._delete(barred, and_(barred.c.council == council, barred.c.person == person))

    async def replace_cast(self, person: PersonId, by: PersonId, *, events: Iterable[int]) -> None:
        for chunk in chunks(events):
            cast = update(_EVENTS).where(_EVENTS.c.id.in_(chunk), _EVENTS.c.person == person)
            await self._connection.execute(cast.values(person=by, salt=None))

    async def forget_person(self, person: PersonId) -> None:
        for table in (tables.drafts, tables.people):
            await self._connection.execute(delete(table).where(table.c.person == person))

    async def rename(self, seat: SeatId, name: str) -> None:
        await self._update(_SEATS, {"id": seat}, {"name": name})

    async def drop_secrets(self, commitments: Iterable[str]) -> None:
        for chunk in chunks(commitments):
            secrets = tables.record_secrets
            await self._connection.execute(delete(secrets).where(secrets.c.commitment.in_(chunk)))

    async def blank_reasons(self, keys: Iterable[ReasonKey], *, own: Iterable[SeatId]) -> None:
        reasons, issues = tables.reasons, tables.issues
        named = [{"of_round": key[0], "of_issue": key[1], "of_seat": key[2], "said": key[3]} for key in keys]
        given = and_(reasons.c.round == bindparam("of_round"), reasons.c.issue == bindparam("of_issue"))
        by_seat = and_(reasons.c.seat == bindparam("of_seat"), reasons.c.commitment == bindparam("said"))
        await self._each(update(reasons).where(given, by_seat).values(text=""), named)
        for seat in own:
            of_council = (
                select(issues.c.id).join(_SEATS, _SEATS.c.council == issues.c.council).where(_SEATS.c.id == seat)
            )
            theirs = update(reasons).where(reasons.c.issue.in_(of_council), reasons.c.seat == seat)
            await self._connection.execute(theirs.values(text=""))

    async def recognise(self, council: CouncilId, entries: Iterable[Recognised], *, at: datetime) -> None:
        values = [
            {
                "commitment": entry.commitment,
                "salt": entry.salt,
                "council": council,
                "round": entry.round or 0,
                "at": at,
            }
            for entry in entries
        ]
        await self._each(_RECOGNISED.insert(), values)
        for row in values:
            self._changes.note(_RECOGNISED, row)

    async def recognised(self, council: CouncilId) -> tuple[Recognised, ...]:
        query = select(_RECOGNISED).where(_RECOGNISED.c.council == council).order_by(_RECOGNISED.c.commitment)
        return tuple(
            Recognised(row.commitment, row.salt, RoundId(row.round) if row.round else None)
            for row in await self._rows(query)
        )

    async def forget(self, commitments: Iterable[str]) -> bool:
        return await self._delete(_RECOGNISED, _RECOGNISED.c.commitment.in_(list(commitments)))


def _event(row: Row[Any]) -> BallotEvent:
    return BallotEvent(
        round=RoundId(row.round),
        issue=IssueId(row.issue),
        seat=SeatId(row.seat),
        position=None if row.position is None else Position(row.position),
        version=row.version,
        person=PersonId(row.person),
        at=row.at,
        salt=row.salt,
    )
