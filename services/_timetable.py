"""What time brings by itself: deadlines and scheduled starts, carried out once each and in order (PRODUCT §3).

Nothing here waits. Whoever calls finds out from the store what has fallen due, also while no process was running.
"""

import asyncio
from datetime import datetime, timedelta

from deliberation.errors import DomainError
from deliberation.ids import CouncilId, RoundId
from deliberation.record import Json
from deliberation.rounds import EmptyDocket, NobodyEntitled, RoundIsOpen, RoundStatus
from deliberation.schedules import Schedule, next_window, windows_between

from ._opening import open_round_now
from ._record import enter_one
from ._settling import settle
from .ports import PostKind, Store, UnitOfWork

_INSTANT = timedelta(microseconds=1)


async def settle_due(store: Store) -> None:
    """Close every round whose deadline has passed and open every one whose start has come, the earliest first.

    Rounds that an interrupted process left `closing` are settled before. A deadline that falls on a start comes first.
    """
    for round_id in await _left_closing(store):
        await settle(store, round_id)
    while await _carry_out_earliest(store):
        pass


async def next_due(store: Store) -> datetime | None:
    """The earliest instant at which a deadline, a scheduled start or a post is due."""
    async with store.read() as uow:
        instants = [
            await uow.rounds.earliest_deadline(),
            await uow.schedules.earliest(),
            await uow.posts.next_due(),
        ]
    return min((instant for instant in instants if instant is not None), default=None)


async def _left_closing(store: Store) -> tuple[RoundId, ...]:
    async with store.read() as uow:
        return tuple(round_.id for round_ in await uow.rounds.list_with(RoundStatus.CLOSING))


async def _carry_out_earliest(store: Store) -> bool:
    """Carry out the earliest deadline or start that is due; False where nothing is."""
    async with store.read() as uow:
        now = await uow.now()
        deadline = await uow.rounds.earliest_deadline()
        start = await uow.schedules.earliest()
    if deadline is not None and deadline <= now and (start is None or deadline <= start):
        return await _close_earliest(store)
    if start is not None and start <= now:
        await _start_earliest(store)
        return True
    return False


async def _close_earliest(store: Store) -> bool:
    """Claim the earliest due round and settle it. A round that a ballot's transaction holds is tried again at once."""
    async with store.write() as uow:
        now = await uow.now()
        claimed = await uow.rounds.claim_due(now)
        due = claimed is not None or await uow.rounds.any_due(now)
        await uow.commit()
    if claimed is not None:
        await settle(store, claimed.id)
    else:
        await asyncio.sleep(0)
    return due


async def _start_earliest(store: Store) -> None:
    """Open the round of the earliest scheduled start that is due, or say why there is none; then plan the next."""
    async with store.write() as uow:
        now = await uow.now()
        claimed = await uow.schedules.claim_due(now)
        if claimed is None:
            return
        council, schedule, opens_at = claimed
        window = next_window(schedule, opens_at - _INSTANT)
        if window.closes_at <= now:
            following = await _miss(uow, council, schedule, opens_at, now=now)
        else:
            following = next_window(schedule, window.opens_at).opens_at
            await _open_window(uow, council, opens_at=window.opens_at, closes_at=window.closes_at, now=now)
        await uow.schedules.put(council, schedule, opens_at=following)
        await uow.commit()


async def _open_window(
    uow: UnitOfWork, council_id: CouncilId, *, opens_at: datetime, closes_at: datetime, now: datetime
) -> None:
    """Open the window's round: late if need be, with the deadline that it was promised."""
    council = await uow.councils.lock(council_id)
    try:
        await open_round_now(uow, council, now=now, closes_at=closes_at, scheduled=True, by=None)
    except (RoundIsOpen, EmptyDocket, NobodyEntitled) as refusal:
        await _notice(uow, council_id, code=_NOTICES[type(refusal)], opens_at=opens_at, now=now)


async def _miss(
    uow: UnitOfWork, council: CouncilId, schedule: Schedule, opens_at: datetime, *, now: datetime
) -> datetime:
    """Record the windows that passed altogether while nothing ran, in one notice; the start of the next."""
    windows = windows_between(schedule, opens_at - _INSTANT, now)
    missed = [window for window in windows if window.closes_at <= now]
    await _notice(uow, council, code="windows_missed", opens_at=opens_at, now=now, count=len(missed))
    return next_window(schedule, missed[-1].opens_at).opens_at


async def _notice(
    uow: UnitOfWork, council: CouncilId, *, code: str, opens_at: datetime, now: datetime, count: int = 1
) -> None:
    data: dict[str, Json] = {"code": code, "opens_at": int(opens_at.timestamp()), "count": count}
    await enter_one(uow, council, at=now, kind="start not held", data=data)
    await uow.posts.add(council=council, kind=PostKind.NOTICE, subject=0, due_at=now, data=data)


_NOTICES: dict[type[DomainError], str] = {
    RoundIsOpen: "start_skipped",
    EmptyDocket: "docket_empty",
    NobodyEntitled: "nobody_entitled",
}
