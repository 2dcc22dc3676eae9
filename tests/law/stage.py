"""Where histories are played, one after the other."""

from __future__ import annotations

import asyncio
import gc
import shutil
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from pathlib import Path
from typing import Self

import hypothesis
from hypothesis import HealthCheck, Phase, given, settings

from services import Services
from tests.clocks import SetClock
from tests.law.councils import RULES, Founded, found
from tests.law.history import HISTORIES, Act, History
from tests.law.nested import NestedDatabase
from tests.memory import memory_folder
from tests.stores import upgrade_now

CLOSED = 4
"""Of so many histories one is ended by a chair's close; of the others what would be counted is compared."""
VERIFIED = 200
"""Of so many histories one has its record verified."""


class Stage:
    """A council, as it was founded before each history, in a database of its own."""

    def __init__(self, file: Path, council: Founded) -> None:
        self._council, self._clock = council, SetClock()
        self._store = NestedDatabase(f"sqlite:///{file}", self._clock)
        # Of the pace at which members may give reasons this is no test.
        ticks = iter(range(0, 1 << 60, 1_000_000))
        self._services = Services.over(self._store, ticks=lambda: float(next(ticks)))

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[Self]:
        await self._store.open()
        try:
            yield self
        finally:
            await self._store.close()

    async def play(self, acts: Sequence[Act], *, close: bool, verify: bool) -> Counter[str]:
        """Play the history, and undo it; how much was done. `close`: at its end a chair closes the round; otherwise
        what would be counted is compared. Raises BrokenLaw, with what was done."""
        begun = self._clock.now()
        playing = History(self._council, self._services, self._store, self._clock)
        async with self._store.history():
            try:
                for act in acts:
                    await playing.carry_out(act)
                await playing.count(close=close)
                if verify:
                    report = await self._services.audit.verify()
                    assert report.sound, report.faults
            except AssertionError as error:
                error.add_note("\n  ".join(["the history:", *playing.lines]))
                raise
            finally:
                self._clock.set(begun)
        return playing.done + Counter(refused=playing.refused, rulings=playing.rulings)


class Staged:
    """The stages, one for each of the rules, and the loop on which they stand."""

    def __init__(self, runner: asyncio.Runner, stages: Sequence[Stage]) -> None:
        self._runner, self._stages = runner, stages

    def play(self, place: int, acts: Sequence[Act], *, close: bool = True, verify: bool = True) -> Counter[str]:
        """As `Stage.play`, under the rules at that place."""
        return self._runner.run(self._stages[place].play(acts, close=close, verify=verify))


async def _stages(stack: AsyncExitStack, folder: Path) -> list[Stage]:
    """A stage for each of the rules."""
    stages: list[Stage] = []
    for place in range(len(RULES)):
        file = folder / f"{place}.db"
        shutil.copy(folder / "empty.db", file)
        stages.append(await stack.enter_async_context(Stage(file, await found(file, place)).opened()))
    return stages


@contextmanager
def _rarely_collecting() -> Iterator[None]:
    """What is there is kept, and what a history leaves is little: looking for it takes a sixth of the time."""
    thresholds = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(50_000, 50, 50)
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)
        gc.unfreeze()


@contextmanager
def staged() -> Iterator[Staged]:
    """The stages, in a folder of their own: in memory where there is one."""
    with tempfile.TemporaryDirectory(prefix="comity-law-", dir=memory_folder()) as folder, asyncio.Runner() as runner:
        upgrade_now(f"sqlite:///{folder}/empty.db")
        stack = AsyncExitStack()
        try:
            with _rarely_collecting():
                yield Staged(runner, runner.run(_stages(stack, Path(folder))))
        finally:
            runner.run(stack.aclose())


def play_slice(seed: int, *, histories: int, on: Staged | None = None, shrink: bool = True) -> Counter[str]:
    """Play that many histories, on stages of their own or on those given; how much was played. Raises what goes wrong
    first, shrunk to the acts that matter."""
    if on is None:
        with staged() as stages:
            return play_slice(seed, histories=histories, on=stages, shrink=shrink)
    told: Counter[str] = Counter()

    @hypothesis.seed(seed)
    @settings(
        max_examples=histories,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink] if shrink else [Phase.generate],
        report_multiple_bugs=False,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
        print_blob=False,
    )
    @given(HISTORIES)
    def played(history: tuple[int, Sequence[Act]]) -> None:
        number = told["histories"]
        told.update(histories=1)
        told.update(on.play(*history, close=number % CLOSED == 0, verify=number % VERIFIED == 0))

    played()
    return told
