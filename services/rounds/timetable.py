"""What falls due by time alone: deadlines and scheduled starts, carried out once each and in order (PRODUCT §3).

Nothing here waits. Each call finds out from the store what has fallen due, also while no process was running.
"""

import asyncio
from collections.abc import Container
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple

from deliberation.errors import DomainError
from deliberation.ids import CouncilId, RoundId
from deliberation.record import EntryKind, Json
from deliberation.rounds import EmptyDocket, NobodyEntitled, Round, RoundIsOpen, RoundStatus
from deliberation.rounds.schedules import Schedule, next_window, windows_between
from deliberation.rules import SecretNeedsEquality
from services.ports import DueRound, NoticeKind, PostKind, Shards, Store, UnitOfWork
from services.posts import redraw_now
from services.record import enter_one, require_undisputed

from ._completing import close_if_complete
from ._opening import open_round_now, open_voting
from ._set_back import RoundLocked, or_set_back
from ._settling import settle

_INSTANT = timedelta(microseconds=1)
LOCKED_PAUSE = 0.01
"""Seconds before a round that a ballot's transaction has locked is tried again. Such a lock lasts milliseconds."""
LOCKED_TRIES = 100
"""After this many tries the locking process is taken for stuck: the call ends, and the next one tries again."""


class DueStart(NamedTuple):
    """A council's scheduled start that is due."""

    at: datetime
    council: CouncilId


class TimetableService:
    """Does what falls due for rounds, in the order in which it does. `shards`: as for `PostService`."""

    def __init__(self, store: Store, shards: Shards | None = None) -> None:
        self._store = store
        self._shards = shards

    async def settle_due(self) -> None:
        """Close every round whose deadline has passed and open every one whose start has come, the earliest first.

        Rounds that an interrupted process left `closing` are settled too. A deadline that falls on a start comes first.
        Where a council's round fails, that council is set back; where another process locks it for long, it is left to
        the next call. Other councils go on either way. Raises StoreUnavailable.
        """
        store = self._store
        for council, round_id in await _open_to_early_close(store):
            await or_set_back(store, council, partial(close_if_complete, store, round_id))
        locked: set[CouncilId] = set()
        for _ in range(LOCKED_TRIES):
            while (due := await _earliest(store, aside=locked)) is not None:
                try:
                    await or_set_back(store, due.council, partial(_carry_out, store, due))
                except RoundLocked:
                    locked.add(due.council)
            if not locked:
                break
            locked.clear()
            await asyncio.sleep(LOCKED_PAUSE)

    async def next_due(self) -> datetime | None:
        """The earliest instant at which something is due: any council's deadline or scheduled start, or a post of these
        shards."""
        async with self._store.read() as uow:
            instants = [
                await uow.rounds.earliest_due(),
                await uow.schedules.earliest(),
                await uow.troubles.earliest(),
                await uow.posts.next_due(self._shards),
            ]
        return min((instant for instant in instants if instant is not None), default=None)


async def _earliest(store: Store, *, aside: Container[CouncilId]) -> DueRound | DueStart | None:
    """The earliest deadline or start that is due, except those of the councils `aside`."""
    async with store.read() as uow:
        now = await uow.now()
        rounds = await uow.rounds.list_due(now)
        starts = await uow.schedules.list_due(now)
    due = [*rounds, *(DueStart(*start) for start in starts)]
    # Of two at the same instant `min` takes the first: the deadline.
    return min((each for each in due if each.council not in aside), key=lambda each: each.at, default=None)


async def _carry_out(store: Store, due: DueRound | DueStart) -> None:
    if isinstance(due, DueStart):
        await _start(store, due.council)
    elif due.status is RoundStatus.CLOSING:
        await settle(store, due.round)
    elif due.status is RoundStatus.DEBATE:
        await _end_debate(store, due.round)
    else:
        await _claim(store, due.round)


async def _claim(store: Store, round_id: RoundId) -> None:
    """Claim the due round, so that it is settled next. Raises RoundLocked where it is to be tried again."""
    async with store.write() as uow:
        claimed = await uow.rounds.claim_due(round_id, await uow.now())
        await uow.commit()
    if claimed is None:
        raise RoundLocked


async def _open_to_early_close(store: Store) -> tuple[tuple[CouncilId, RoundId], ...]:
    """The open rounds whose rules may close them early. A process that ended between the last ballot and the close left
    such a round open."""
    async with store.read() as uow:
        return await uow.rounds.list_open_to_early_close(await uow.now())


async def _end_debate(store: Store, round_id: RoundId) -> None:
    """Open the voting that was announced, or post why it does not take place."""
    async with store.write() as uow:
        council = await uow.councils.lock((await uow.rounds.get(round_id)).council)
        round_ = await uow.rounds.lock(round_id)
        now = await uow.now()
        if round_.status is not RoundStatus.DEBATE or round_.opened_at > now:
            return
        if round_.scheduled and round_.closes_at <= now:
            await _call_off(uow, round_, kind=NoticeKind.VOTING_MISSED, now=now)
        else:
            try:
                await open_voting(uow, council, round_, now=now)
            except (EmptyDocket, NobodyEntitled, SecretNeedsEquality) as refusal:
                await _call_off(uow, round_, kind=_NOTICES[type(refusal)], now=now)
        await uow.commit()


async def _call_off(uow: UnitOfWork, round_: Round, *, kind: NoticeKind, now: datetime) -> None:
    """Cancel the round that was announced, and post why."""
    await uow.rounds.put(replace(round_, status=RoundStatus.CANCELLED, closed_at=now), before=round_)
    await uow.proxies.end(round_.council, ())
    docket = (await uow.rounds.docket([round_.id]))[round_.id]
    await redraw_now(uow, round_.council, round_id=round_.id, issues=[entry.issue for entry in docket], now=now)
    await _notice(uow, round_.council, kind=kind, opens_at=round_.opened_at, now=now)


async def _start(store: Store, council: CouncilId) -> None:
    """Open the round of the council's scheduled start, or post why there is none; plan the next start."""
    async with store.write() as uow:
        # Lock the council before the schedule's row, in the same order as setting a schedule does.
        debate = (await uow.councils.lock(council)).rules.debate
        now = await uow.now()
        scheduled = await uow.schedules.find(council)
        if scheduled is None or scheduled[1] > now:
            return
        await require_undisputed(uow, None, council=council)
        schedule, opens_at = scheduled
        window = next_window(schedule, opens_at - _INSTANT)
        # Store the next start first: the entry about this one then contains that change too.
        if window.closes_at + debate <= now:
            await _miss(uow, council, schedule, opens_at, debate=debate, now=now)
        else:
            await uow.schedules.put(council, schedule, opens_at=next_window(schedule, window.opens_at).opens_at)
            await _open_window(uow, council, opens_at=window.opens_at, closes_at=window.closes_at, now=now)
        await uow.commit()


async def _open_window(
    uow: UnitOfWork, council_id: CouncilId, *, opens_at: datetime, closes_at: datetime, now: datetime
) -> None:
    """Open the window's round, late if need be, with the deadline that was promised."""
    council = await uow.councils.lock(council_id)
    try:
        await open_round_now(uow, council, now=now, announced_at=opens_at, closes_at=closes_at, scheduled=True, by=None)
    except (RoundIsOpen, EmptyDocket, NobodyEntitled, SecretNeedsEquality) as refusal:
        await _notice(uow, council_id, kind=_NOTICES[type(refusal)], opens_at=opens_at, now=now)


async def _miss(
    uow: UnitOfWork, council: CouncilId, schedule: Schedule, opens_at: datetime, *, debate: timedelta, now: datetime
) -> None:
    """Post one notice about all windows that passed entirely, debate and vote, while no process ran, and plan the
    next."""
    windows = windows_between(schedule, opens_at - _INSTANT, now)
    missed = [window for window in windows if window.closes_at + debate <= now]
    await uow.schedules.put(council, schedule, opens_at=next_window(schedule, missed[-1].opens_at).opens_at)
    await _notice(uow, council, kind=NoticeKind.WINDOWS_MISSED, opens_at=opens_at, now=now, count=len(missed))


async def _notice(
    uow: UnitOfWork, council: CouncilId, *, kind: NoticeKind, opens_at: datetime, now: datetime, count: int = 1
) -> None:
    data: dict[str, Json] = {"code": kind, "opens_at": int(opens_at.timestamp()), "count": count}
    await enter_one(uow, council, at=now, kind=EntryKind.START_NOT_HELD, data=data)
    await uow.posts.add(council=council, kind=PostKind.NOTICE, subject=0, due_at=now, data=data)


_NOTICES: dict[type[DomainError], NoticeKind] = {
    RoundIsOpen: NoticeKind.START_SKIPPED,
    EmptyDocket: NoticeKind.DOCKET_EMPTY,
    NobodyEntitled: NoticeKind.NOBODY_ENTITLED,
    SecretNeedsEquality: NoticeKind.SECRET_NEEDS_EQUALITY,
}
