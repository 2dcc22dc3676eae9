"""Group commit: everybody is answered after the commit, and nobody fails for a neighbour."""

import asyncio
import random
from collections.abc import Sequence

import pytest

from services.ports import StoreUnavailable
from services.transactions import GroupCommit


class Ledger:
    """Carries groups out: doubles numbers, answers an error for a negative one, and fails as a whole for a zero."""

    def __init__(self) -> None:
        self.groups: list[list[int]] = []
        self.given_up: list[list[int]] = []
        self.gate: asyncio.Event | None = None
        self.away = False

    async def carry_out(self, items: Sequence[int]) -> list[int | Exception]:
        self.groups.append(list(items))
        if self.gate is not None:
            try:
                await self.gate.wait()
            except asyncio.CancelledError:
                self.given_up.append(list(items))
                raise
        if self.away:
            raise StoreUnavailable
        if 0 in items:
            raise OSError("the store is gone")
        return [item * 2 if item > 0 else ValueError(item) for item in items]


async def test_those_who_wait_share_one_transaction_and_each_gets_its_own_answer() -> None:
    ledger = Ledger()
    group: GroupCommit[int, int] = GroupCommit(ledger.carry_out, most=10)
    answers = await asyncio.gather(*(group.submit(number) for number in range(1, 26)))
    assert answers == [number * 2 for number in range(1, 26)]
    assert [len(items) for items in ledger.groups] == [10, 10, 5]


async def test_a_refused_item_raises_for_its_caller_alone() -> None:
    group: GroupCommit[int, int] = GroupCommit(Ledger().carry_out)
    outcomes = await asyncio.gather(*(group.submit(number) for number in (1, -2, 3)), return_exceptions=True)
    assert [outcomes[0], outcomes[2]] == [2, 6]
    assert isinstance(outcomes[1], ValueError)


async def test_a_group_that_fails_is_tried_one_by_one() -> None:
    ledger = Ledger()
    group: GroupCommit[int, int] = GroupCommit(ledger.carry_out)
    outcomes = await asyncio.gather(*(group.submit(number) for number in (1, 0, 3)), return_exceptions=True)
    assert [outcomes[0], outcomes[2]] == [2, 6]
    assert isinstance(outcomes[1], OSError)
    assert ledger.groups == [[1, 0, 3], [1], [0], [3]]


async def test_while_the_store_is_away_everybody_who_waits_is_told_after_one_attempt() -> None:
    ledger = Ledger()
    ledger.away = True
    group: GroupCommit[int, int] = GroupCommit(ledger.carry_out, most=2)
    outcomes = await asyncio.gather(*(group.submit(number) for number in range(1, 7)), return_exceptions=True)
    assert {type(outcome) for outcome in outcomes} == {StoreUnavailable}
    assert ledger.groups == [[1, 2]]
    ledger.away = False
    assert await group.submit(7) == 14


async def test_who_gives_up_waiting_takes_the_item_back() -> None:
    ledger = Ledger()
    ledger.gate = asyncio.Event()
    group: GroupCommit[int, int] = GroupCommit(ledger.carry_out)
    first = asyncio.create_task(group.submit(1))
    await settled()
    waiting, other = asyncio.create_task(group.submit(2)), asyncio.create_task(group.submit(3))
    await settled()
    waiting.cancel()
    await settled()
    ledger.gate.set()
    assert [await first, await other] == [2, 6]
    assert ledger.groups == [[1], [3]]


async def test_a_caller_that_is_cancelled_disturbs_nobody_in_its_group() -> None:
    ledger = Ledger()
    ledger.gate = asyncio.Event()
    group: GroupCommit[int, int] = GroupCommit(ledger.carry_out)
    callers = [asyncio.create_task(group.submit(number)) for number in (1, 2, 3)]
    await settled()
    callers[0].cancel()
    await settled()
    ledger.gate.set()
    assert [await callers[1], await callers[2]] == [4, 6]
    with pytest.raises(asyncio.CancelledError):
        await callers[0]
    assert ledger.groups == [[1, 2, 3]]


async def test_what_nobody_waits_for_any_more_is_given_up_and_the_next_goes_on() -> None:
    ledger = Ledger()
    ledger.gate = asyncio.Event()
    group: GroupCommit[int, int] = GroupCommit(ledger.carry_out)
    callers = [asyncio.create_task(group.submit(number)) for number in (1, 2)]
    await settled()
    for caller in callers:
        caller.cancel()
    await asyncio.wait(callers)
    later = asyncio.create_task(group.submit(3))
    await settled()
    assert ledger.given_up == [[1, 2]]
    ledger.gate.set()
    assert await later == 6


async def test_whoever_left_a_group_that_failed_is_not_carried_out_alone() -> None:
    ledger = Ledger()
    ledger.gate = asyncio.Event()
    group: GroupCommit[int, int] = GroupCommit(ledger.carry_out)
    callers = [asyncio.create_task(group.submit(number)) for number in (0, 1, 2)]
    await settled()
    callers[1].cancel()
    ledger.gate.set()
    await asyncio.wait(callers)
    assert ledger.groups == [[0, 1, 2], [0], [2]]


@pytest.mark.parametrize("fault", [asyncio.CancelledError, "one answer too few"])
async def test_whatever_ends_a_group_its_callers_are_told_and_the_others_carried_out(fault: object) -> None:
    ledger = Ledger()

    async def carry_out(items: Sequence[int]) -> list[int | Exception]:
        answers = await ledger.carry_out(items)
        if len(ledger.groups) > 1:
            return answers
        if fault is asyncio.CancelledError:
            raise asyncio.CancelledError
        return answers[:-1]

    group: GroupCommit[int, int] = GroupCommit(carry_out, most=2)
    outcomes = await asyncio.gather(*(group.submit(number) for number in range(1, 6)), return_exceptions=True)
    assert isinstance(outcomes[1], StoreUnavailable if fault is asyncio.CancelledError else ValueError)
    assert outcomes[2:] == [6, 8, 10]
    assert await group.submit(6) == 12


@pytest.mark.parametrize("seed", range(60))
async def test_whoever_comes_and_goes_at_any_moment_everybody_is_answered(seed: int) -> None:
    chosen = random.Random(seed)  # noqa: S311 - no secret
    stored: set[int] = set()

    async def carry_out(items: Sequence[int]) -> list[int | Exception]:
        for _ in range(chosen.randrange(4)):
            await asyncio.sleep(0)
        if chosen.random() < 0.2:
            raise StoreUnavailable if chosen.random() < 0.5 else OSError
        stored.update(items)
        return [*items]

    group: GroupCommit[int, int] = GroupCommit(carry_out, most=chosen.randrange(1, 7))
    callers: list[asyncio.Task[int]] = []
    for number in range(40):
        callers.append(asyncio.create_task(group.submit(number)))
        if chosen.random() < 0.3:
            chosen.choice(callers).cancel()
        for _ in range(chosen.randrange(3)):
            await asyncio.sleep(0)
    outcomes = await asyncio.gather(*callers, return_exceptions=True)
    answered = {outcome for outcome in outcomes if isinstance(outcome, int)}
    assert answered <= stored
    assert all(isinstance(each, int | StoreUnavailable | OSError | asyncio.CancelledError) for each in outcomes)


async def settled() -> None:
    """Everybody has come as far as they can."""
    for _ in range(10):
        await asyncio.sleep(0)
