"""How long the loop is blocked: the processor time of each step that runs on it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass
class Blocked:
    """Of the longest step so far: seconds of processor time, and what it was."""

    longest: float = 0.0
    at: str = ""
    total: float = 0.0

    def note(self, seconds: float, step: asyncio.Handle) -> None:
        self.total += seconds
        if seconds > self.longest:
            self.longest, self.at = seconds, repr(step)


@contextmanager
def watching() -> Iterator[Blocked]:
    """Watch every step of the running loop meanwhile. What other threads and processes do is not counted: it holds
    nobody's answer up for longer than a turn."""
    blocked, run = Blocked(), asyncio.Handle._run

    def timed(self: asyncio.Handle) -> None:
        started = time.thread_time()
        run(self)
        blocked.note(time.thread_time() - started, self)

    asyncio.Handle._run = timed
    try:
        yield blocked
    finally:
        asyncio.Handle._run = run
