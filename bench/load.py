"""Votes as many members cast them in a rush, sent to a running bot: so many in flight, or so many a second."""

import asyncio
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from bench.council import GUILD, POSITIONS, Furnished
from bench.discord import Answered, StandIn, button_press


@dataclass(frozen=True)
class Measured:
    """`rate`: answers a second. `p50`, `p99`: seconds from a tap to its answer."""

    rate: float
    p50: float
    p99: float


def taps(made: Furnished, *, seed: int) -> Iterator[dict[str, Any]]:
    """Taps on vote buttons by random members, without end."""
    chosen = random.Random(seed)  # noqa: S311 - a load, no secret
    rows = {issue: [made.vote(issue, position) for position in POSITIONS] for issue in made.issues}
    while True:
        row = rows[chosen.choice(made.issues)]
        member = made.member(chosen.randrange(made.seats))
        ms = time.time_ns() // 1_000_000
        yield button_press(chosen.choice(row), member, guild_id=GUILD, channel_id=made.channel, ms=ms, row=row)


async def closed_loop(discord: StandIn, presses: Iterator[dict[str, Any]], *, in_flight: int, votes: int) -> Measured:
    """`votes` taps, of which `in_flight` wait for their answers at any time."""
    seconds: list[float] = []

    async def voter() -> None:
        while len(seconds) + in_flight <= votes:
            seconds.append(_checked(await discord.interact(next(presses))))

    started = time.perf_counter()
    await asyncio.gather(*(voter() for _ in range(in_flight)))
    return _measured(seconds, time.perf_counter() - started)


async def open_loop(
    discord: StandIn, presses: Iterator[dict[str, Any]], *, rate: float, until: Callable[[int], bool], seed: int
) -> Measured:
    """Taps that arrive at random, `rate` a second on average, whatever the bot does, `until` their number is enough."""
    chosen = random.Random(seed)  # noqa: S311 - a load, no secret
    waiting: list[asyncio.Task[Answered]] = []
    started = due = time.perf_counter()
    while not until(len(waiting)):
        due += chosen.expovariate(rate)
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        waiting.append(asyncio.create_task(discord.interact(next(presses))))
    seconds = [_checked(answer) for answer in await asyncio.gather(*waiting)]
    return _measured(seconds, time.perf_counter() - started)


def _checked(answer: Answered) -> float:
    """Seconds to the answer. Raises ValueError for an answer that a vote does not get."""
    if "ecorded" not in str(answer.data):
        raise ValueError(f"a vote was answered with {answer}")
    return answer.seconds


def _measured(seconds: list[float], taken: float) -> Measured:
    ordered = sorted(seconds)
    p99 = ordered[min(len(ordered) - 1, len(ordered) * 99 // 100)]
    return Measured(rate=len(ordered) / taken, p50=ordered[len(ordered) // 2], p99=p99)
