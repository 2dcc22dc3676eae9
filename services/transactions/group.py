"""Group commit: many callers, one transaction, each answered after it (ARCHITECTURE 2).

The first caller starts a task that gathers what is in flight, carries it out, answers everybody, and ends once nobody
waits. While answers are being sent, the next group is under way.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

from services.ports import StoreUnavailable

Item = TypeVar("Item")
Answer = TypeVar("Answer")


class _Place(NamedTuple, Generic[Item, Answer]):
    item: Item
    answer: asyncio.Future[Answer]


class GroupCommit(Generic[Item, Answer]):
    """Carries out items in groups of at most `most`, one group after the other.

    `carry_out` answers each item of a group, in order, with a value or with the exception to raise for it, and returns
    after the commit. Where it fails as a whole, the items are tried one by one, so that a bad one fails alone. Where
    the store is unavailable, everybody who waits gets StoreUnavailable.
    """

    def __init__(
        self, carry_out: Callable[[Sequence[Item]], Awaitable[Sequence[Answer | Exception]]], *, most: int = 256
    ) -> None:
        self._carry_out = carry_out
        self._most = most
        self._waiting: deque[_Place[Item, Answer]] = deque()
        self._group: list[_Place[Item, Answer]] = []
        self._task: asyncio.Task[None] | None = None

    async def submit(self, item: Item) -> Answer:
        """The item's answer, once it is durable. Raises the exception that was the answer, or that was raised for the
        item.

        A caller that is cancelled while it waits withdraws its item, unless the item's group is being carried out. That
        group is cancelled too if nobody else waits for it.
        """
        place = _Place(item, asyncio.get_running_loop().create_future())
        self._waiting.append(place)
        if self._task is None:
            self._begin()
        try:
            return await place.answer
        except asyncio.CancelledError:
            task = self._task
            if task is not None and not task.cancelling() and all(map(_is_answered, self._group)):
                task.cancel()
            raise

    def _begin(self) -> None:
        # Callers of the same moment join the group: the task takes its first step only after them.
        self._task = asyncio.create_task(self._carry_out_all(), name="group-commit")
        self._task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        """However the task ended: answer everybody of its group, and begin another task if more callers wait."""
        fault = None if task.cancelled() else task.exception()
        for place in self._group:
            if not _is_answered(place):
                place.answer.set_exception(fault or StoreUnavailable())
        self._task, self._group = None, []
        if not all(map(_is_answered, self._waiting)):
            self._begin()

    async def _carry_out_all(self) -> None:
        """Answer everybody, those who have waited longest first, until nobody waits."""
        while self._waiting:
            taken = [self._waiting.popleft() for _ in range(min(self._most, len(self._waiting)))]
            self._group = [place for place in taken if not _is_answered(place)]
            if self._group:
                await self._carry_out_group(self._group)

    async def _carry_out_group(self, group: Sequence[_Place[Item, Answer]]) -> None:
        outcome = await self._attempt(group)
        if isinstance(outcome, StoreUnavailable):
            # No item is to blame, and callers who came meanwhile would only meet the same failure.
            self._answer([*group, *self._waiting], outcome)
            self._waiting.clear()
        elif isinstance(outcome, Exception) and len(group) > 1:
            for place in group:
                if not _is_answered(place):
                    self._answer([place], await self._attempt([place]))
        else:
            self._answer(group, outcome)

    async def _attempt(self, group: Sequence[_Place[Item, Answer]]) -> Sequence[Answer | Exception] | Exception:
        try:
            return await self._carry_out([place.item for place in group])
        except Exception as failure:
            # Any failure goes to the callers who wait for the answer.
            return failure

    @staticmethod
    def _answer(group: Sequence[_Place[Item, Answer]], outcome: Sequence[Answer | Exception] | Exception) -> None:
        answers = [outcome] * len(group) if isinstance(outcome, Exception) else outcome
        for place, answer in zip(group, answers, strict=True):
            if _is_answered(place):
                continue
            if isinstance(answer, Exception):
                place.answer.set_exception(answer)
            else:
                place.answer.set_result(answer)


def _is_answered(place: _Place[Any, Any]) -> bool:
    """Whether nobody waits for the answer any more: the caller was answered or cancelled."""
    return place.answer.done()
