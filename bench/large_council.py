"""How much work a large council's answers take: 193 seats, 100 issues, 25 of them on a docket (`make bench`).

Every list, card and panel is made as the bot makes it, from the services' transaction to the message's components, and
checked for Discord's limits. Printed: the median and the worst of several runs, in milliseconds of wall time. Ends with
an error where a message breaks a limit or an answer takes more than `MOST_MS`.
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from statistics import median
from typing import Any

from discord import ui

from cogs.ballots.ballot import render_ballot
from cogs.ballots.docket import render_docket
from cogs.councils.info import render_info
from cogs.councils.rules import render_rules
from cogs.explaining.panel import render_explanation
from cogs.issues.card import render_card
from cogs.issues.full import render_full
from cogs.issues.listing import render_list
from cogs.issues.reasons import render_reasons
from cogs.order.board import render_board
from cogs.rounds.full import render_result_page
from cogs.rounds.message import render_round
from cogs.rounds.result import render_result
from cogs.rounds.roll_call import render_roll_call
from cogs.seats.listing import render_seats
from cogs.showing.checking import check_message
from cogs.showing.countries import country_names, find_countries
from cogs.showing.localizer import Catalogues
from deliberation.categories import Position
from deliberation.councils import Actor
from deliberation.ids import ChannelId, PersonId
from deliberation.rules.presets import META_REGIME
from services import Services
from services.ballots import Cast
from storage import Database, upgrade

MOST_MS = 200
RUNS = 7
PLACE = ChannelId(1)
CHAIR = Actor(person=PersonId(1), name="Chair", manages_server=True)
Answer = Callable[[], Awaitable[list[ui.LayoutView]]]


def delegate(number: int) -> Actor:
    return Actor(person=PersonId(1_000 + number), name=f"Delegate {number}")


async def furnish(services: Services) -> tuple[Any, Any]:
    """The council: its seats, issues, a closed round and an open one, every seat's ballots cast in both."""
    await services.hosting.found(CHAIR, guild=1, channel=PLACE, name="Assembly", language="en", rules=META_REGIME)
    filled = await services.seating.fill(PLACE, CHAIR, "un", country_names("en"))
    for number, seat in enumerate(filled.seats):
        await services.seating.assign(PLACE, CHAIR, seat.id, delegate(number).person)
    for number in range(100):
        title = f"Question {number}: " + "the conduct of states towards one another " * 2
        await services.issues.propose(
            PLACE,
            CHAIR,
            title=title[:100],
            action="An action that is described at length. " * 25,
            why="A reason. " * 60,
            anyway=True,
        )
    await services.councils.change_rules(PLACE, CHAIR, group="rounds", typed={"docket_limit": "25"})
    closed = await hold(services)
    await services.rounds.close(PLACE, CHAIR, closed.round.id)
    return closed, await hold(services)


async def hold(services: Services) -> Any:
    view = await services.rounds.open(PLACE, CHAIR, "3d")
    positions = list(Position)
    casts = [
        Cast(
            view.round.id,
            line.entry.issue,
            line.entry.version,
            positions[(number * 7 + place) % 4],
            delegate(number),
            f"What delegate {number} has to say on this. " * 6,
        )
        for number in range(193)
        for place, line in enumerate(view.lines)
    ]
    for start in range(0, len(casts), 500):
        await asyncio.gather(*(services.ballots.cast(cast) for cast in casts[start : start + 500]))
    return view


def answers(services: Services, closed: Any, running: Any, say: Any) -> dict[str, Answer]:
    """Every list, card and panel by name."""
    issue, round_id = running.lines[0].entry, running.round.id
    ruled = closed.lines[0].entry.issue
    actor = delegate(5)

    async def docket() -> list[ui.LayoutView]:
        view = await services.ballots.docket(PLACE, actor)
        return [render_docket(view, None, say)]

    async def full() -> list[ui.LayoutView]:
        return list(render_full(await services.issues.show(PLACE, actor, issue.number), say))

    async def info() -> list[ui.LayoutView]:
        seats = await services.seats.list_in(PLACE, actor)
        return [render_info(await services.councils.info(PLACE), seats, say)]

    async def listing() -> list[ui.LayoutView]:
        council, issues = await services.issues.list_in(PLACE)
        return [render_list(council, issues, 3, say)]

    async def roll_call() -> list[ui.LayoutView]:
        view = await services.roll_calls.view((await services.councils.in_channel(PLACE)).id)
        return [] if view is None else [render_roll_call(view, say)]

    async def suggestions() -> list[ui.LayoutView]:
        await services.issues.suggest(PLACE, "conduct")
        await services.seats.suggest(PLACE, "an")
        find_countries("an", "en", "fr")
        return []

    async def one(work: Awaitable[Any], render: Callable[[Any], ui.LayoutView]) -> list[ui.LayoutView]:
        return [render(await work)]

    tabs = {
        f"explanation: {tab}": lambda tab=tab: one(
            services.explaining.of_issue(ruled), lambda view: render_explanation(view, tab, say)
        )
        for tab in ("why", "move", "rules")
    }
    return {
        "seat list, page 5": lambda: one(services.seats.list_in(PLACE, actor), lambda v: render_seats(v, 4, say)),
        "issue list, page 4": listing,
        "issue in full": full,
        "issue's card": lambda: one(services.issues.card(issue.issue), lambda v: render_card(v, say)),
        "reasons, page 9": lambda: one(services.reasons.of_issue(issue.issue), lambda v: render_reasons(v, 8, say)),
        "round's message": lambda: one(services.rounds.view(round_id), lambda v: render_round(v, say)),
        "own docket": docket,
        "ballot": lambda: one(
            services.ballots.ballot_of(round_id, issue.issue, actor), lambda v: render_ballot(v, say)
        ),
        "result": lambda: one(services.rounds.result(closed.round.id), lambda v: render_result(v, say)),
        "result in full": lambda: one(
            services.rounds.result(closed.round.id), lambda v: render_result_page(v, say, page=0)
        ),
        "board, page 5": lambda: one(services.board.board(PLACE), lambda v: render_board(v, 4, say)),
        "rules panel": lambda: one(services.councils.rules(PLACE), lambda v: render_rules(v, say, chair=True)),
        "council info": info,
        "roll call": roll_call,
        "suggestions": suggestions,
        **tabs,
    }


async def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bench.db'}"
        await upgrade(url)
        database = Database(url)
        try:
            return await measure(Services.over(database))
        finally:
            await database.dispose()


async def measure(services: Services) -> int:
    started = time.perf_counter()
    closed, running = await furnish(services)
    say = Catalogues.load().localizer("en")
    found = answers(services, closed, running, say)
    took = time.perf_counter() - started
    print(f"193 seats, 100 issues, 25 on a docket, {193 * 25 * 2} ballots; set up in {took:.1f} s")
    print(f"{'answer':24} {'median ms':>10} {'worst ms':>10}  within Discord's limits")
    failed = 0
    for name, answer in found.items():
        taken: list[float] = []
        broken: list[str] = []
        for _ in range(RUNS):
            start = time.perf_counter()
            views = await answer()
            payloads = [view.to_components() for view in views]
            taken.append((time.perf_counter() - start) * 1_000)
            broken = [
                fault for payload in payloads for fault in check_message({"components": payload, "flags": 1 << 15})
            ]
        slow = median(taken) > MOST_MS
        failed += bool(broken) or slow
        verdict = "; ".join(broken) or "yes"
        print(f"{name:24} {median(taken):10.1f} {max(taken):10.1f}  {verdict}{'  TOO SLOW' if slow else ''}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
