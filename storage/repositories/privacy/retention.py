"""What is not kept for ever: found in batches, and deleted or forgotten."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import and_, delete, select, text, update

from deliberation.ids import CouncilId, PersonId, RoundId
from deliberation.pseudonyms import FORGOTTEN
from deliberation.record import Entry
from deliberation.rounds import RUNNING
from deliberation.seats import SeatKind
from services.ports import Expired
from storage import tables
from storage.repositories.connected import Connected, chunks
from storage.repositories.record.entries import as_entry

_POSTS, _DRAFTS, _RECOGNISED, _HOLDERS = tables.posts, tables.drafts, tables.recognised, tables.seat_holders
_ENTRIES, _HEADS = tables.record_entries, tables.record_heads
_COUNCILS_AT_ONCE = 10
# Written out as in the indexes, which SQLite would not use for a parameter.
_IN_A_ROUND = text("recognised.round <> 0")
_OF_PERSON = text("record_secrets.label = 'person'")


class Retention(Connected):
    async def expired(self, *, posts: datetime, drafts: datetime, holdings: datetime | None, most: int) -> Expired:
        done = select(_POSTS.c.id).where(_POSTS.c.done_at.is_not(None), _POSTS.c.done_at < posts)
        typed = select(_DRAFTS.c.council, _DRAFTS.c.person, _DRAFTS.c.kind, _DRAFTS.c.subject)
        rounds = tables.rounds
        runs = rounds.c.status.in_([status.value for status in RUNNING])
        seals = select(_RECOGNISED.c.council, _RECOGNISED.c.commitment).join(rounds, rounds.c.id == _RECOGNISED.c.round)
        return Expired(
            posts=tuple(row.id for row in await self._rows(done.limit(most))),
            drafts=tuple(
                (CouncilId(row.council), PersonId(row.person), row.kind, row.subject)
                for row in await self._rows(typed.where(_DRAFTS.c.at < drafts).limit(most))
            ),
            recognised=tuple(
                (CouncilId(row.council), row.commitment)
                for row in await self._rows(seals.where(_IN_A_ROUND, ~runs).limit(most))
            ),
            holdings=() if holdings is None else await self._ended(holdings, most=most),
        )

    async def delete_posts(self, posts: Iterable[int]) -> None:
        for chunk in chunks(posts):
            await self._connection.execute(delete(_POSTS).where(_POSTS.c.id.in_(chunk)))

    async def delete_drafts(self, drafts: Iterable[tuple[CouncilId, PersonId, str, int]], *, before: datetime) -> None:
        for council, person, kind, subject in drafts:
            of_person = and_(_DRAFTS.c.council == council, _DRAFTS.c.person == person)
            one = and_(of_person, _DRAFTS.c.kind == kind, _DRAFTS.c.subject == subject)
            await self._connection.execute(delete(_DRAFTS).where(one, _DRAFTS.c.at < before))

    async def delete_people(self, *, recognised: Iterable[str], holdings: Iterable[int]) -> None:
        for chunk in chunks(recognised):
            await self._delete(_RECOGNISED, _RECOGNISED.c.commitment.in_(chunk))
        for chunk in chunks(holdings):
            await self._delete(_HOLDERS, _HOLDERS.c.id.in_(chunk))

    async def old_entries(self, before: datetime, *, most: int) -> Mapping[CouncilId, tuple[Entry, ...]]:
        following = and_(_ENTRIES.c.council == _HEADS.c.council, _ENTRIES.c.index == _HEADS.c.forgotten + 1)
        heads = select(_HEADS.c.council, _HEADS.c.forgotten).join(_ENTRIES, following).where(_ENTRIES.c.at < before)
        found: dict[CouncilId, tuple[Entry, ...]] = {}
        for head in await self._rows(heads.order_by(_HEADS.c.council).limit(_COUNCILS_AT_ONCE)):
            after = select(_ENTRIES).where(_ENTRIES.c.council == head.council, _ENTRIES.c.index > head.forgotten)
            rows = await self._rows(after.where(_ENTRIES.c.at < before).order_by(_ENTRIES.c.index).limit(most))
            found[CouncilId(head.council)] = tuple(as_entry(row) for row in rows)
        return found

    async def forget_casters(self, round_id: RoundId, at: datetime) -> bool:
        events = tables.ballot_events
        cast = update(events).where(events.c.round == round_id, events.c.at == at, events.c.person > FORGOTTEN)
        return await self._changed(cast.values(person=FORGOTTEN, salt=None))

    async def forget_people(self, commitments: Iterable[str]) -> bool:
        secrets, any_known = tables.record_secrets, False
        for chunk in chunks(commitments):
            any_known |= await self._changed(delete(secrets).where(secrets.c.commitment.in_(chunk), _OF_PERSON))
        return any_known

    async def mark_forgotten(self, council: CouncilId, index: int) -> None:
        head = update(_HEADS).where(_HEADS.c.council == council, _HEADS.c.forgotten < index)
        await self._connection.execute(head.values(forgotten=index))

    async def _ended(self, before: datetime, *, most: int) -> tuple[tuple[CouncilId, int], ...]:
        """Parts in delegations: who held a seat of its own keeps it, by which it is found again. In a round that runs
        it is still asked who voted for which seat."""
        seats, rounds = tables.seats, tables.rounds
        ended = select(seats.c.council, _HOLDERS.c.id).join(seats, seats.c.id == _HOLDERS.c.seat)
        long_ago = and_(_HOLDERS.c.until.is_not(None), _HOLDERS.c.until < before)
        runs = rounds.c.status.in_([status.value for status in RUNNING])
        asked = select(rounds.c.id).where(rounds.c.council == seats.c.council, runs)
        asked = asked.where(rounds.c.opened_at <= _HOLDERS.c.until)
        query = ended.where(long_ago, seats.c.kind == SeatKind.DELEGATION.value, ~asked.exists()).limit(most)
        return tuple((CouncilId(row.council), row.id) for row in await self._rows(query))
