"""A council whose round cannot be settled is set back: it is tried again later, and other councils do not wait for
it."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from deliberation.ids import CouncilId
from services.ports import NoticeKind, PostKind, Store, StoreUnavailable, Trouble, TroubleKind, UnitOfWork
from services.record import RecordContradicted
from services.transactions import persistently

FIRST_DELAY = timedelta(minutes=1)
LONGEST_DELAY = timedelta(minutes=15)

log = structlog.get_logger(__name__)


class RoundLocked(Exception):
    """A ballot's transaction has locked what is due. This is no failure: it is tried again."""


async def or_set_back(store: Store, council: CouncilId, work: Callable[[], Awaitable[object]]) -> None:
    """Do the work. Any other failure of it is logged, in full only once, under an incident's code that stays in the
    council's troubles until the work succeeds. Raises StoreUnavailable, or RoundLocked where the work does.
    """
    try:
        await persistently(work)
    except (StoreUnavailable, RoundLocked):
        raise
    except Exception as failure:
        # Any failure sets back this council alone: the rounds of others still close in time.
        await _set_back(store, council, failure)
    else:
        await _over(store, council)


async def _set_back(store: Store, council: CouncilId, failure: Exception) -> None:
    async with store.write() as uow:
        now = await uow.now()
        if isinstance(failure, RecordContradicted):
            await _note_contradiction(uow, council, failure, now=now)
        trouble = await uow.troubles.find(council, TroubleKind.SETTLING)
        if trouble is None:
            code = uow.salt()[:4].hex()
            trouble = Trouble(council=council, kind=TroubleKind.SETTLING, detail=code, failures=0, since=now)
        delay = min(FIRST_DELAY * 2 ** min(trouble.failures, 10), LONGEST_DELAY)
        trouble = replace(trouble, failures=trouble.failures + 1, again_at=now + delay)
        await uow.troubles.put(trouble)
        await uow.commit()
    if isinstance(failure, RecordContradicted):
        log.error("record_contradicted", council=council, incident=trouble.detail, **failure.params)
        return
    about = {"incident": trouble.detail, "council": council, "minutes": delay.total_seconds() / 60}
    if trouble.failures == 1:
        log.error("round_not_settled", exc_info=failure, **about)
    else:
        log.warning("round_still_not_settled", failures=trouble.failures, **about)


async def _note_contradiction(
    uow: UnitOfWork, council: CouncilId, failure: RecordContradicted, *, now: datetime
) -> None:
    """Notify the chairs at once, and only once, that nothing is decided on tables that somebody has changed."""
    known = await uow.troubles.find(council, TroubleKind.RECORD)
    detail = str(failure.params["what"])
    noted = known or Trouble(council=council, kind=TroubleKind.RECORD, detail=detail, failures=0, since=now)
    await uow.troubles.put(replace(noted, detail=detail, failures=noted.failures + 1))
    if known is None:
        data = {"code": NoticeKind.RECORD_CONTRADICTED, "what": detail}
        await uow.posts.add(council=council, kind=PostKind.NOTICE, subject=0, due_at=now, data=data)


async def _over(store: Store, council: CouncilId) -> None:
    async with store.read() as uow:
        trouble = await uow.troubles.find(council, TroubleKind.SETTLING)
    if trouble is None:
        return
    async with store.write() as uow:
        await uow.troubles.end(council, TroubleKind.SETTLING)
        await uow.troubles.end(council, TroubleKind.RECORD)
        await uow.commit()
    log.info("round_settled_at_last", incident=trouble.detail, council=council)
