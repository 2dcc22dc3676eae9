"""Group commit: many callers, one transaction, each answered after it (ARCHITECTURE 2).

The caller that has waited longest leads: it gathers what is in flight, carries it out and answers everybody. There is
no idle task.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, NamedTuple, TypeVar

from .ports import StoreUnavailable

Item = TypeVar("Item")
Answer = TypeVar("Answer")


class _Place(NamedTuple, Generic[Item, Answer]):
    item: Item
    answer: asyncio.Future[Answer]


class GroupCommit(Generic[Item, Answer]):
    """Carries out items in groups of at most `most`.

    `carry_out` answers each item of a group, in order, with a value or with the exception to raise for it, and returns
    after the commit. Where it fails as a whole, the items are tried one by one, so that a bad one fails alone; where
    the store is away, everybody who waits is told so.
    """

    def __init__(
        self, carry_out: Callable[[Sequence[Item]], Awaitable[Sequence[Answer | Exception]]], *, most: int = 256
    ) -> None:
        self._carry_out = carry_out
        self._most = most
        self._waiting: deque[_Place[Item, Answer]] = deque()
        self._lead = asyncio.Lock()

    async def submit(self, item: Item) -> Answer:
        """The item's answer, once it is durable. Raises what was answered or raised for it.

        A caller that is cancelled while it waits takes its item back; one that leads leaves the others to the next.
        """
        place = _Place(item, asyncio.get_running_loop().create_future())
        self._waiting.append(place)
        try:
            async with self._lead:
                if not place.answer.done():
                    await self._carry_out_group()
        finally:
            # Whoever has been answered waits no longer, and need not be looked for in a long queue.
            if not place.answer.done() and place in self._waiting:
                self._waiting.remove(place)
        return place.answer.result()

    async def _carry_out_group(self) -> None:
        """Answer the longest waiting, the leader among them: the lock and the queue have the same order."""
        # Whoever came at the same moment joins, so that a leader does not set out alone.
        await asyncio.sleep(0)
        group = [self._waiting.popleft() for _ in range(min(self._most, len(self._waiting)))]
        try:
            outcome = await self._attempt(group)
            if isinstance(outcome, StoreUnavailable):
                # Nobody's item is to blame, and whoever came meanwhile would wait for the same.
                group += self._waiting
                self._waiting.clear()
                self._answer(group, outcome)
            elif isinstance(outcome, Exception) and len(group) > 1:
                for place in group:
                    self._answer([place], await self._attempt([place]))
            else:
                self._answer(group, outcome)
        finally:
            self._waiting.extendleft(reversed([place for place in group if not place.answer.done()]))

    async def _attempt(self, group: Sequence[_Place[Item, Answer]]) -> Sequence[Answer | Exception] | Exception:
        work = self._carry_out([place.item for place in group])
        outcome = (await asyncio.gather(work, return_exceptions=True))[0]
        if isinstance(outcome, BaseException) and not isinstance(outcome, Exception):
            raise outcome
        return outcome

    @staticmethod
    def _answer(group: Sequence[_Place[Item, Answer]], outcome: Sequence[Answer | Exception] | Exception) -> None:
        answers = [outcome] * len(group) if isinstance(outcome, Exception) else outcome
        for place, answer in zip(group, answers, strict=True):
            if isinstance(answer, Exception):
                place.answer.set_exception(answer)
                place.answer.exception()
            else:
                place.answer.set_result(answer)
