"""Where what is long is done: beside the bot, so that it holds up nobody's answer."""

from collections.abc import Awaitable, Callable
from typing import Any, Protocol, TypeVar

from .store import Store

Answer = TypeVar("Answer")
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
