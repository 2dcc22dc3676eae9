"""Doing long work without delaying anybody's answer: in a process beside the bot, or in turns with other work."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from itertools import islice
from typing import Any, Protocol, TypeVar

from .store import Store

Answer = TypeVar("Answer")
Item = TypeVar("Item")
TURN = 500
"""How many rows, names or other small things are gone through before other work has its turn: some milliseconds."""
LongWork = Callable[..., Awaitable[Answer]]
"""A coroutine function of a module. Its arguments are a store, then values that can be pickled."""


class Background(Protocol):
    """Does one piece of work at a time, in the order of the requests."""

    async def run(self, work: LongWork[Answer], *arguments: Any) -> Answer:
        """Returns or raises what `work` does. Raises StoreUnavailable where the work cannot be done."""
        ...


class Here:
    """Does the work at once and in place, for a program that serves nobody else meanwhile."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def run(self, work: LongWork[Answer], *arguments: Any) -> Answer:
        return await work(self._store, *arguments)


async def in_turns(items: Iterable[Item], *, each: int = TURN) -> AsyncIterator[Item]:
    """The items; after every `each` of them, other work has its turn."""
    remaining = iter(items)
    while some := list(islice(remaining, each)):
        for item in some:
            yield item
        await asyncio.sleep(0)
