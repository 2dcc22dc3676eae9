"""The worker process: it does work that would delay answers, at a lower priority (ARCHITECTURE, decision 14).

There is one long-lived process, started when it is first needed and ended with the bot that owns it.
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
    """Does one piece of work at a time, in the order of the requests. Its owner closes it."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None
        self._processes: frozenset[BaseProcess] = frozenset()
        self._closed = False

    async def run(self, work: Callable[..., Answer], *arguments: Any, **named: Any) -> Answer:
        """Returns or raises what `work` does there. `work` is a function of a module; its arguments must be such as can
        be pickled.

        If the process dies, it is started again and the work is repeated, so it must be safe to start it twice. Raises
        BrokenProcessPool where the process dies once more, and after `close`.
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
        """End the process and the work that it is doing; no other process is started."""
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
    """In the worker: run at a lower priority than the bot, leave Ctrl-C to it, and end when it is gone, however it
    ended."""
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    bot = multiprocessing.parent_process()
    if bot is not None:
        threading.Thread(target=_end_after, args=(bot,), daemon=True).start()


def _end_after(bot: BaseProcess) -> None:
    bot.join()
    os._exit(1)
