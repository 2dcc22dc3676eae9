"""How what is long is done so that it holds up nobody's answer: beside the bot, or in turns with others."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from itertools import islice
from typing import Any, Protocol, TypeVar

from .store import Store

Answer = TypeVar("Answer")
Item = TypeVar("Item")
TURN = 500
"""Rows, names or other small things that are gone through before the loop turns: some milliseconds."""
LongWork = Callable[..., Awaitable[Answer]]
"""A coroutine function of a module: it is given a store, then arguments that can be pickled."""


class Background(Protocol):
    """Does one piece of work at a time, in the order asked."""

    async def run(self, work: LongWork[Answer], *arguments: Any) -> Answer:
        """What `work` returns or raises there. Raises StoreUnavailable where it cannot be done."""
        ...


class Here:
    """Does it at once, for a program that serves nobody else meanwhile."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def run(self, work: LongWork[Answer], *arguments: Any) -> Answer:
        return await work(self._store, *arguments)


async def in_turns(items: Iterable[Item], *, each: int = TURN) -> AsyncIterator[Item]:
    """The items, with a turn for whoever waits after so many."""
    remaining = iter(items)
    while some := list(islice(remaining, each)):
        for item in some:
            yield item
        await asyncio.sleep(0)
