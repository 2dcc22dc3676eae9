"""The worker process: what would hold up answers is done there, at a lower priority (ARCHITECTURE, decision 14).

One long-lived process, begun when it is first needed and ended with the bot that owns it.
"""

import asyncio
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

import structlog

log = structlog.get_logger(__name__)

NICENESS = 10
Answer = TypeVar("Answer")


class Worker:
    """Does one piece of work at a time, in the order asked. Its owner closes it."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None
        self._processes: frozenset[BaseProcess] = frozenset()
        self._closed = False

    async def run(self, work: Callable[..., Answer], *arguments: Any, **named: Any) -> Answer:
        """What `work` returns or raises there: a function of a module, with arguments that can be pickled.

        A process that has died is begun anew and the work done again, so it must bear being begun twice. Raises
        BrokenProcessPool where it dies once more, and after `close`.
        """
        pool = self._begun()
        asked = partial(work, *arguments, **named)
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(pool, asked)
        except BrokenProcessPool:
            if self._pool is pool:
                log.warning("worker_died")
                self._end()
            return await loop.run_in_executor(self._begun(), asked)

    def close(self) -> None:
        """End the process, with whatever it is at; there will be no other."""
        self._closed = True
        self._end()

    def _end(self) -> None:
        pool, self._pool = self._pool, None
        if pool is None:
            return
        pool.shutdown(wait=False, cancel_futures=True)
        for process in self._processes:
            process.kill()

    def _begun(self) -> ProcessPoolExecutor:
        if self._closed:
            raise BrokenProcessPool("the worker is closed")
        return self._pool or self._begin()

    def _begin(self) -> ProcessPoolExecutor:
        before = set(multiprocessing.active_children())
        context = multiprocessing.get_context("spawn")
        self._pool = ProcessPoolExecutor(max_workers=1, mp_context=context, initializer=_settle_in)
        self._pool.submit(os.getpid)
        self._processes = frozenset(set(multiprocessing.active_children()) - before)
        return self._pool


def _settle_in() -> None:
    """In the worker: give way to the bot, leave Ctrl-C to it, and end when it is gone, however it ended."""
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    bot = multiprocessing.parent_process()
    if bot is not None:
        threading.Thread(target=_end_after, args=(bot,), daemon=True).start()


def _end_after(bot: BaseProcess) -> None:
    bot.join()
    os._exit(1)
