"""`comity rehearse`: the rehearsal with its page in the browser, until the visitor or the operator ends it."""

import asyncio
import tempfile
import time
import webbrowser
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import timedelta
from pathlib import Path

import simcord

from bot.faults import OperatorFault
from bot.program import catch_signals
from bot.settings import Settings

from .demonstrations import ASSEMBLY, DEMONSTRATIONS, NAMES, Demonstration
from .simulated import latest_message, take_turns
from .stage import Stage, stage

TICK = 1.0
"""Seconds between two steps of the council's time."""


async def serve(
    *,
    council: str = ASSEMBLY.key,
    port: int = 0,
    database_url: str | None = None,
    speed: float = 1,
    open_page: bool = False,
) -> None:
    """Rehearse until SIGINT, SIGTERM or the end of the session in the browser.

    `council`: the key of a demonstration. `port` 0: a free one; `database_url` None: the data is in a temporary folder;
    `speed`: how many times faster than real time the council's time passes, 0 for not at all. Raises OperatorFault for
    an unknown council, and where the port is taken.
    """
    if council not in DEMONSTRATIONS:
        raise OperatorFault(f"There is no council {council!r} to rehearse: choose {' or '.join(DEMONSTRATIONS)}.")
    stop = asyncio.Event()
    catch_signals(stop)
    with tempfile.TemporaryDirectory(prefix="comity-rehearsal-") as folder:
        settings = Settings(database_url=database_url or f"sqlite:///{Path(folder) / 'comity.db'}")
        async with stage(settings, shown=DEMONSTRATIONS[council]) as set_up:
            await _show(set_up, stop, port=port, speed=speed, open_page=open_page)


async def _show(set_up: Stage, stop: asyncio.Event, *, port: int, speed: float, open_page: bool) -> None:
    """Serve the page, and let time pass meanwhile."""
    turn = asyncio.Lock()
    async with _page(set_up, port) as preview:
        take_turns(preview, turn)
        _tell(preview.url, set_up.world.shown)
        if open_page:
            webbrowser.open(preview.url)
        passing = asyncio.create_task(pass_time(set_up, preview, turn, speed=speed))
        ends = [asyncio.create_task(preview.wait_closed()), asyncio.create_task(stop.wait())]
        await asyncio.wait([passing, *ends], return_when=asyncio.FIRST_COMPLETED)
        # Ended in its turn: a step that is under way ends first, so that no tap is left half done.
        async with turn:
            for task in (passing, *ends):
                task.cancel()
        with suppress(asyncio.CancelledError):
            await passing


async def pass_time(set_up: Stage, preview: simcord.Preview, turn: asyncio.Lock, *, speed: float) -> None:
    """Move the council's time with real time, `speed` times as fast, and by what the clock is hurried.

    Never returns. Each step takes its turn with the visitor's taps.
    """
    last = time.perf_counter()
    while True:
        await asyncio.sleep(0 if set_up.clock.behind else TICK)
        now = time.perf_counter()
        step = set_up.clock.take_step(timedelta(seconds=(now - last) * speed))
        last = now
        async with turn:
            changed = await set_up.advance(step)
            if changed:
                await _present(set_up, preview)


async def _present(set_up: Stage, preview: simcord.Preview) -> None:
    """Update open pages, and let a page that is opened from now on begin at the latest message."""
    latest = latest_message(set_up.world.channel, set_up.env)
    if latest is not None:
        await preview.show(latest)
    await preview.refresh()


@asynccontextmanager
async def _page(set_up: Stage, port: int) -> AsyncIterator[simcord.Preview]:
    world = set_up.world
    preview = set_up.env.preview(world.channel, viewers=world.viewers, layout="channel", port=port or None)
    async with AsyncExitStack() as opened:
        try:
            await opened.enter_async_context(preview)
        except simcord.SetupError as error:
            raise OperatorFault(f"The page cannot be shown: {error}. Choose another port with --port.") from None
        yield preview


def _tell(url: str, shown: Demonstration) -> None:
    """Say on the terminal where the page is and what to do there."""
    print(f"The rehearsal is open at {url}", flush=True)
    names = ", ".join(NAMES[country] for country in shown.visitors)
    print(f"  {shown.council}. Under 'Viewing as' choose whom you act for: {names}, or the chair.")
    print("  Tap Vote under the round, or a position on any card; the other delegations vote on their own.")
    print("  Type /hurry to bring the clock forward, /propose for an issue of your own. Ctrl-C ends it.", flush=True)
