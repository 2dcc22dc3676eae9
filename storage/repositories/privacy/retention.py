"""What is not kept for ever: found in batches, and deleted or forgotten."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import and_, delete, literal_column, update
from sqlmodel import col, select

from deliberation.ids import CouncilId, PersonId, RoundId
from deliberation.pseudonyms import FORGOTTEN
from deliberation.record import Entry
from deliberation.rounds import RUNNING
from deliberation.seats import SeatKind
from services.ports import Expired
from storage.repositories.record.entries import OF_PERSON, as_entry
from storage.repositories.repository import Repository, chunks
from storage.tables import (
    BallotEventRow,
    DraftRow,
    PostRow,
    RecognisedRow,
    RecordEntryRow,
    RecordHeadRow,
    RecordSecretRow,
    RoundRow,
    SeatHolderRow,
    SeatRow,
)

_COUNCILS_AT_ONCE = 10
# Written out as in the index, which SQLite would not use for a parameter.
_IN_A_ROUND = col(RecognisedRow.round) != literal_column("0")
_RUNS = col(RoundRow.status).in_([status.value for status in RUNNING])


class Retention(Repository):
    async def expired(self, *, posts: datetime, drafts: datetime, holdings: datetime | None, most: int) -> Expired:
        done = select(PostRow.id).where(col(PostRow.done_at).is_not(None), col(PostRow.done_at) < posts)
        typed = select(DraftRow.council, DraftRow.person, DraftRow.kind, DraftRow.subject).where(DraftRow.at < drafts)
        over = select(RecognisedRow.council, RecognisedRow.commitment)
        over = over.join(RoundRow, col(RoundRow.id) == RecognisedRow.round).where(_IN_A_ROUND, ~_RUNS)
        return Expired(
            posts=tuple(await self._session.exec(done.limit(most))),
            drafts=tuple(
                (CouncilId(council), PersonId(person), kind, subject)
                for council, person, kind, subject in await self._session.exec(typed.limit(most))
            ),
            recognised=tuple(
                (CouncilId(council), commitment) for council, commitment in await self._session.exec(over.limit(most))
            ),
            holdings=() if holdings is None else await self._ended(holdings, most=most),
        )

    async def delete_posts(self, posts: Iterable[int]) -> None:
        for chunk in chunks(posts):
            await self._session.exec(delete(PostRow).where(col(PostRow.id).in_(chunk)))

    async def delete_drafts(self, drafts: Iterable[tuple[CouncilId, PersonId, str, int]], *, before: datetime) -> None:
        for council, person, kind, subject in drafts:
            of_person = and_(col(DraftRow.council) == council, col(DraftRow.person) == person)
            one = and_(of_person, col(DraftRow.kind) == kind, col(DraftRow.subject) == subject)
            await self._session.exec(delete(DraftRow).where(one, col(DraftRow.at) < before))

    async def delete_people(self, *, recognised: Iterable[str], holdings: Iterable[int]) -> None:
        for chunk in chunks(recognised):
            await self._delete(RecognisedRow, col(RecognisedRow.commitment).in_(chunk))
        for chunk in chunks(holdings):
            await self._delete(SeatHolderRow, col(SeatHolderRow.id).in_(chunk))

    async def old_entries(self, before: datetime, *, most: int) -> Mapping[CouncilId, tuple[Entry, ...]]:
        following = and_(
            col(RecordEntryRow.council) == RecordHeadRow.council,
            col(RecordEntryRow.index) == RecordHeadRow.forgotten + 1,
        )
        heads = select(RecordHeadRow).join(RecordEntryRow, following).where(RecordEntryRow.at < before)
        found: dict[CouncilId, tuple[Entry, ...]] = {}
        for head in await self._session.exec(heads.order_by(col(RecordHeadRow.council)).limit(_COUNCILS_AT_ONCE)):
            after = select(RecordEntryRow).where(
                RecordEntryRow.council == head.council,
                RecordEntryRow.index > head.forgotten,
                RecordEntryRow.at < before,
            )
            rows = await self._session.exec(after.order_by(col(RecordEntryRow.index)).limit(most))
            found[CouncilId(head.council)] = tuple(map(as_entry, rows))
        return found

    async def forget_casters(self, round_id: RoundId, at: datetime) -> bool:
        cast = and_(col(BallotEventRow.round) == round_id, col(BallotEventRow.at) == at)
        known = update(BallotEventRow).where(cast, col(BallotEventRow.person) > FORGOTTEN)
        return await self._changed(known.values(person=FORGOTTEN, salt=None))

    async def forget_people(self, commitments: Iterable[str]) -> bool:
        any_known = False
        for chunk in chunks(commitments):
            known = delete(RecordSecretRow).where(col(RecordSecretRow.commitment).in_(chunk), OF_PERSON)
            any_known |= await self._changed(known)
        return any_known

    async def mark_forgotten(self, council: CouncilId, index: int) -> None:
        head = update(RecordHeadRow).where(col(RecordHeadRow.council) == council, col(RecordHeadRow.forgotten) < index)
        await self._session.exec(head.values(forgotten=index))

    async def _ended(self, before: datetime, *, most: int) -> tuple[tuple[CouncilId, int], ...]:
        """Parts in delegations: who held a seat of its own keeps it, by which it is found again. In a round that runs
        it is still asked who voted for which seat."""
        until = col(SeatHolderRow.until)
        ended = select(SeatRow.council, SeatHolderRow.id).join(SeatRow, col(SeatRow.id) == SeatHolderRow.seat)
        ended = ended.where(until.is_not(None), until < before, SeatRow.kind == SeatKind.DELEGATION.value)
        asked = select(RoundRow.id).where(RoundRow.council == SeatRow.council, _RUNS, RoundRow.opened_at <= until)
        rows = await self._session.exec(ended.where(~asked.exists()).limit(most))
        return tuple((CouncilId(council), number) for council, number in rows)
