"""Retention: what has outlived its time is deleted, and it is forgotten who acted long ago, a batch at a time."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, cast

from deliberation.ids import CouncilId, RoundId
from deliberation.record import Entry, EntryKind, Json
from deliberation.rounds import RUNNING
from services.ports import Expired, Store, UnitOfWork
from services.record import enter_one

POSTS_KEPT = timedelta(days=90)
"""How long a post stays in the outbox once it was posted or given up."""
DRAFTS_KEPT = timedelta(days=30)
LEAST_DAYS = 30
"""The shortest retention of who acted: rounds, their appeals and their audits are over by then."""
_BATCH = 500
_ENTRIES = 50
"""How many entries of one record are read at once: each may enter as many ballots as came together."""


class RetentionService:
    """What the program does once in a while, without being asked."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def carry_out(self, days: int | None) -> bool:
        """Delete and forget one batch; returns whether there may be more. The store is locked for writing for that
        batch alone.

        `days` after an act it is forgotten who acted: who cast a ballot, and what opens the record's commitments to
        people. For a round that still runs nothing is forgotten. None: nothing of that kind is ever forgotten. Seats,
        ballots, reasons, issues, rulings and the record itself stay in any case.
        """
        async with self._store.read() as uow:
            now = await uow.now()
            before = None if days is None else now - timedelta(days=days)
            expired = await uow.retention.expired(
                posts=now - POSTS_KEPT, drafts=now - DRAFTS_KEPT, holdings=before, most=_BATCH
            )
            old = await _finished(uow, before)
        if not expired and not old:
            return False
        async with self._store.write() as uow:
            await uow.retention.delete_posts(expired.posts)
            await uow.retention.delete_drafts(expired.drafts, before=now - DRAFTS_KEPT)
            concerned = {*old, *(council for council, _ in (*expired.recognised, *expired.holdings))}
            for council in sorted(concerned):
                await uow.councils.lock(council)
                await uow.record.lock_head(council)
                await _forget(uow, council, old.get(council, ()), expired)
            await uow.commit()
        return True


async def _finished(uow: UnitOfWork, before: datetime | None) -> Mapping[CouncilId, tuple[Entry, ...]]:
    """The next old entries of each council, up to the first that belongs to a round which still runs."""
    if before is None:
        return {}
    found: dict[CouncilId, tuple[Entry, ...]] = {}
    for council, entries in (await uow.retention.old_entries(before, most=_ENTRIES)).items():
        running = {round_.id for round_ in await uow.rounds.list_in(council) if round_.status in RUNNING}
        places = [place for place, entry in enumerate(entries) if entry.data.get("round") in running]
        finished = entries[: places[0]] if places else entries
        if finished:
            found[council] = finished
    return found


async def _forget(uow: UnitOfWork, council: CouncilId, entries: tuple[Entry, ...], expired: Expired) -> None:
    """Forget who acted in these entries and who held which seat until long ago, and enter that this is forgotten."""
    recognised = [commitment for where, commitment in expired.recognised if where == council]
    holdings = [number for where, number in expired.holdings if where == council]
    await uow.retention.delete_people(recognised=recognised, holdings=holdings)
    named = False
    for entry in entries:
        if entry.kind == EntryKind.BALLOTS_CAST and isinstance(number := entry.data.get("round"), int):
            named |= await uow.retention.forget_casters(RoundId(number), entry.at)
    named |= await uow.retention.forget_people(text for entry in entries for text in _texts(entry.data))
    if entries:
        await uow.retention.mark_forgotten(council, entries[-1].index)
    if named or recognised or holdings:
        # This entry names nobody, so nothing of it will have to be forgotten.
        data: dict[str, Json] = {"until": entries[-1].index if entries else 0}
        await enter_one(uow, council, at=await uow.now(), kind=EntryKind.PEOPLE_FORGOTTEN, data=data)


def _texts(value: Any) -> Iterator[str]:
    """Every text in an entry's data; the store knows which of them are commitments to people."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in cast(Mapping[str, Any], value).values():
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in cast(Sequence[Any], value):
            yield from _texts(inner)
