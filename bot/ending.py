"""The end of the program: what is in flight is finished and answered, then everything is closed, within ten seconds.

Containers and systemd kill a program that takes longer. An acknowledged ballot is durable whatever happens here.
"""

import asyncio
import secrets
from collections.abc import Coroutine
from datetime import timedelta
from typing import Any

import structlog

from .client import Comity
from .scheduler import Scheduler

log = structlog.get_logger(__name__)

LIMIT = timedelta(seconds=10)
SHARE = 0.8
"""The part of the limit that is for work in flight; the rest is for closing."""


async def end(bot: Comity, scheduler: Scheduler, *, limit: timedelta = LIMIT) -> None:
    """Take no more work, let what is under way end, then leave Discord and close the database: all within `limit`."""
    bot.worker.close()
    finishing = limit.total_seconds() * SHARE
    await _within(finishing, hang_up=bot.hang_up(), run=scheduler.stop(), interactions=bot.interactions_ended())
    await _within(limit.total_seconds() - finishing, closing=bot.close())


async def _within(seconds: float, **work: Coroutine[Any, Any, None]) -> None:
    """Wait for all the work, but no longer than `seconds`. Work that is not done by then is cancelled, and named in the
    log."""
    tasks = {asyncio.create_task(each, name=name) for name, each in work.items()}
    done, late = await asyncio.wait(tasks, timeout=seconds)
    for each in late:
        log.warning("cut_short", what=each.get_name(), seconds=seconds)
        each.cancel()
    for each in done:
        if error := each.exception():
            log.error("end_failed", what=each.get_name(), incident=secrets.token_hex(4), exc_info=error)
