"""Whether the database can be written: anybody may ask at any time, but it is tried at most every few seconds."""

import asyncio
from collections.abc import Awaitable, Callable

from storage.errors import StorageError

OK = "ok"
PATIENCE = 2.0
"""Seconds that the database has to answer."""
REST = 5.0
"""Seconds from the end of one try to the next; meanwhile everybody gets the last result."""


class Probe:
    """Tries with `attempt`, which raises StorageError. Only one try is under way at a time, however many callers
    wait."""

    def __init__(self, attempt: Callable[[], Awaitable[None]]) -> None:
        self._attempt = attempt
        self._trying: asyncio.Task[str] | None = None
        self._found: str | None = None
        self._tried = float("-inf")

    async def found(self) -> str:
        """`ok`, or what is wrong."""
        loop = asyncio.get_running_loop()
        if self._trying is None:
            if self._found is not None and loop.time() - self._tried < REST:
                return self._found
            self._trying = asyncio.create_task(self._try(), name="probe")
        trying = self._trying
        # A caller may give up, while others go on waiting.
        done, _ = await asyncio.wait({trying}, timeout=PATIENCE)
        return trying.result() if done else f"no answer within {PATIENCE:.0f} seconds"

    def stop(self) -> None:
        """Cancel a try that is under way."""
        if self._trying is not None:
            self._trying.cancel()

    async def _try(self) -> str:
        self._found = None
        try:
            await self._attempt()
            self._found = OK
        except StorageError as error:
            self._found = error.code
        finally:
            self._trying, self._tried = None, asyncio.get_running_loop().time()
        return self._found
