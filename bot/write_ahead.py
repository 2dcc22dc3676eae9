"""Shortens SQLite's write-ahead log while the bot runs, and logs once if that fails."""

import asyncio
from datetime import timedelta

import structlog

from services.ports import StoreUnavailable

from .client import Comity

log = structlog.get_logger(__name__)

LOOK = timedelta(seconds=1)
"""Between two looks at its length: a rush of votes writes up to 17 MB meanwhile."""
AGAIN = 10.0
"""Seconds from a failure to the next try, which delays readers."""


class WriteAhead:
    """The write-ahead log of one bot's database."""

    def __init__(self, bot: Comity) -> None:
        self._bot = bot
        self._again = float("-inf")
        self._told = False

    async def shorten(self) -> None:
        """Shorten the log if it has become large."""
        store, loop = self._bot.store, asyncio.get_running_loop()
        if store is None or loop.time() < self._again:
            return
        try:
            left = await store.shorten_log()
        except StoreUnavailable as error:
            self._failed(reason=str(error))
            return
        if left is not None:
            self._failed(reason="somebody goes on reading from it", megabytes=left // 1024**2)
        elif self._told:
            self._told = False
            log.info("write_ahead_log_shortened")

    def _failed(self, **told: object) -> None:
        self._again = asyncio.get_running_loop().time() + AGAIN
        if not self._told:
            self._told = True
            log.warning("write_ahead_log_not_shortened", **told)
