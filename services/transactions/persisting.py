"""Trying a transaction again if the store undid it or broke off, as when PostgreSQL restarts."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from services.ports import StoreUnavailable

PAUSES = (0.05, 0.2, 0.5, 1.0, 2.0)
"""Seconds before each further attempt."""
PATIENCE = 4.0
"""Seconds after which no further attempt begins: the caller gets the error instead of waiting longer."""

Answer = TypeVar("Answer")


async def persistently(work: Callable[[], Awaitable[Answer]]) -> Answer:
    """What `work` returns, after one of a few attempts. Raises StoreUnavailable where the store stays unavailable.

    An attempt that failed at its commit may have been stored: `work` must be something that can be done twice.
    """
    loop = asyncio.get_running_loop()
    until = loop.time() + PATIENCE
    for pause in PAUSES:
        try:
            return await work()
        except StoreUnavailable:
            if loop.time() + pause > until:
                raise
        await asyncio.sleep(pause)
    return await work()
