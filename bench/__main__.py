"""`make bench`: Comity's votes against a bare bot's answers, in one run on loopback; a table, and JSON with `--json`.

Every figure is the median of several runs in which the bots take turns, because machines are noisy. The bare bot only
answers; Comity's answer means that the ballot is durable.
"""

import argparse
import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

import uvloop
from rich.console import Console
from rich.table import Table

from bench.bots import running
from bench.council import GUILD, Furnished, bare_aggregate, furnish, is_closed, let_end
from bench.databases import copied, create, databases, named
from bench.discord import StandIn, stand_in
from bench.load import closed_loop, open_loop, taps
from deliberation.ids import IssueId, RoundId
from storage.engines import database_url, writing_engine

IN_FLIGHT = 64
RATE = 300
WARM = 2_000
"""How many votes come before the first one that is measured."""
LEFT, QUIET = timedelta(seconds=4), timedelta(seconds=2)
"""How much of the large round's time is left when its end is set, and when the voting in the other council begins."""
SMALL, LARGE = 1_000, 1_000_000
CHANNELS = [77, 78]
NO_COUNCIL = Furnished(CHANNELS[0], RoundId(1), tuple(IssueId(number) for number in range(1, 11)), 1_000)
Figures = dict[str, float]


async def rush(discord: StandIn, url: str | None, made: Furnished, *, votes: int, seed: int) -> Figures:
    """Start-up, votes a second with 64 in flight, and the time to an answer at 300 a second."""
    async with running(discord, url) as bot:
        presses = taps(made, seed=seed)
        await closed_loop(discord, presses, in_flight=IN_FLIGHT, votes=WARM)
        before = bot.cpu()
        full = await closed_loop(discord, presses, in_flight=IN_FLIGHT, votes=votes)
        spent = bot.cpu() - before
        steady = await open_loop(discord, presses, rate=RATE, until=lambda sent: sent >= votes // 2, seed=seed)
        return {
            "start-up, s": bot.started_in,
            "votes a second": full.rate,
            "p50 at 300/s, ms": steady.p50 * 1e3,
            "p99 at 300/s, ms": steady.p99 * 1e3,
            "CPU a vote, us": spent / votes * 1e6,
            "memory, MiB": bot.memory(),
        }


async def cost(discord: StandIn, url: str, made: Furnished, *, votes: int, seed: int) -> float:
    """Processor time of a vote, in microseconds, beside whatever else is stored. Measuring begins once every card and
    the round's message have been redrawn: counting a large round takes seconds, but is done rarely, not for each
    vote."""
    async with running(discord, url) as bot:
        # The same number of members vote beside few and many stored ballots, so that equally many languages and own
        # votes are read.
        presses, requests = taps(replace(made, seats=SMALL), seed=seed), len(discord.requests)
        while len(discord.requests) <= requests + len(made.issues):
            await closed_loop(discord, presses, in_flight=IN_FLIGHT, votes=WARM // 4)
        before = bot.cpu()
        await closed_loop(discord, presses, in_flight=IN_FLIGHT, votes=votes)
        return (bot.cpu() - before) / votes * 1e6


async def closing(discord: StandIn, url: str, large: Furnished, other: Furnished, *, seed: int) -> Figures:
    """How long the large round takes to close, while another council's members go on voting at 300 a second."""
    bare = await bare_aggregate(url, large)
    watching = writing_engine(database_url(url))
    async with running(discord, url):
        presses = taps(other, seed=seed)
        await closed_loop(discord, presses, in_flight=IN_FLIGHT, votes=WARM)
        deadline = await let_end(url, large, left=LEFT)
        early = (deadline - datetime.now(UTC) - QUIET).total_seconds()
        if early < 0:
            raise ValueError(f"the machine was too busy to set the round's end: {-early:.1f} s late")
        await asyncio.sleep(early)
        closed_after: list[float] = []

        async def watch() -> None:
            while not await is_closed(watching, large):  # noqa: ASYNC110 - in another process
                await asyncio.sleep(0.01)
            closed_after.append((datetime.now(UTC) - deadline).total_seconds())

        watcher = asyncio.create_task(watch())
        # The bot sets the alarm for a deadline that another process moved at its next look, which a vote triggers.
        meanwhile = await open_loop(discord, presses, rate=RATE, until=lambda _: bool(closed_after), seed=seed)
        await watcher
    await watching.dispose()
    return {
        "bare aggregate, s": bare,
        "closing, s": closed_after[0],
        "closing / bare": closed_after[0] / bare,
        "p99 meanwhile, ms": meanwhile.p99 * 1e3,
    }


def medians(runs: Sequence[Figures]) -> Figures:
    return {name: median(run[name] for run in runs) for name in runs[0]}


async def measure(arguments: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """Every experiment, each in `arguments.runs` interleaved runs."""
    report: dict[str, Any] = {}
    with databases(folder) as urls:
        async with stand_in({GUILD: CHANNELS}) as discord:
            report["rush"] = await rushes(discord, urls, arguments)
            report["growth"], report["closing"] = await large_ones(discord, urls, arguments)
    return report


async def rushes(discord: StandIn, urls: dict[str, str], arguments: argparse.Namespace) -> dict[str, Figures]:
    places: dict[str, tuple[str | None, Furnished]] = {"bare": (None, NO_COUNCIL)}
    for kind, url in urls.items():
        await create(url, "rush")
        places[kind] = named(url, "rush"), await furnish(named(url, "rush"))
    runs: dict[str, list[Figures]] = {kind: [] for kind in places}
    for number in range(arguments.runs):
        for kind, (url, made) in places.items():
            runs[kind].append(await rush(discord, url, made, votes=arguments.votes, seed=number))
            say(kind, runs[kind][-1])
    return {kind: medians(each) for kind, each in runs.items()}


async def large_ones(
    discord: StandIn, urls: dict[str, str], arguments: argparse.Namespace
) -> tuple[dict[str, Figures], dict[str, Figures]]:
    growth: dict[str, Figures] = {}
    closings: dict[str, Figures] = {}
    for kind, url in urls.items():
        for name in ("small", "large"):
            await create(url, name)
        small, large = named(url, "small"), named(url, "large")
        few = await furnish(small, seats=SMALL, ballots=SMALL)
        many = await furnish(large, seats=arguments.large // 10, ballots=arguments.large)
        other = await furnish(large, channel=CHANNELS[1])
        costs: list[tuple[float, float]] = []
        for number in range(arguments.runs):
            at_few = await cost(discord, small, few, votes=arguments.votes, seed=number)
            at_many = await cost(discord, large, many, votes=arguments.votes, seed=number)
            costs.append((at_few, at_many))
            say(kind, {"CPU at few, us": at_few, "CPU at many, us": at_many})
        growth[kind] = {
            "CPU a vote at 10^3, us": median(each for each, _ in costs),
            "CPU a vote at 10^6, us": median(each for _, each in costs),
            "ratio": median(many / few for few, many in costs),
        }
        runs = []
        for number in range(arguments.runs):
            async with copied(url, "large") as once:
                runs.append(await closing(discord, once, many, other, seed=number))
            say(kind, runs[-1])
        closings[kind] = medians(runs)
    return growth, closings


def say(kind: str, figures: Figures) -> None:
    Console(stderr=True).print(f"{kind:>10}  " + "  ".join(f"{name} {value:.2f}" for name, value in figures.items()))


def show(report: dict[str, Any]) -> None:
    console = Console()
    for title, kinds in report.items():
        table = Table(title=title)
        table.add_column("")
        for kind in kinds:
            table.add_column(kind, justify="right")
        for name in next(iter(kinds.values())):
            table.add_row(name, *(f"{figures[name]:,.2f}" for figures in kinds.values()))
        console.print(table)
    bare = report["rush"]["bare"]
    for kind, figures in report["rush"].items():
        if kind != "bare":
            share = figures["votes a second"] / bare["votes a second"]
            more = figures["memory, MiB"] - bare["memory, MiB"]
            console.print(f"{kind}: {share:.2f} of the bare bot's answers a second, {more:.0f} MiB above it")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="runs of each experiment, of which the median is shown")
    parser.add_argument("--votes", type=int, default=6_000, help="votes a run")
    parser.add_argument("--large", type=int, default=LARGE, help="ballots in the large round")
    parser.add_argument("--json", type=Path, help="write the figures here, too")
    arguments = parser.parse_args()
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        report = runner.run(measure(arguments, Path(folder)))
    show(report)
    print(f"{time.perf_counter() - started:.0f} s", file=sys.stderr)
    if arguments.json is not None:
        arguments.json.write_text(json.dumps(report, indent=1) + "\n")


if __name__ == "__main__":
    main()
