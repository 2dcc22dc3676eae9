"""`comity run`: the client, the scheduler beside it, and a graceful end."""

import asyncio
import gc
import signal
import sys
from collections.abc import Callable, Coroutine
from contextlib import suppress
from datetime import timedelta

import structlog

from bot import write_ahead
from bot.backups.daily import DailyBackups
from bot.health.monitoring import Monitor

from .backups import daily as daily_backups
from .client import Comity, create_bot
from .ending import LIMIT, end
from .faults import OperatorFault
from .scheduler import Scheduler
from .settings import Settings
from .write_ahead import WriteAhead

log = structlog.get_logger(__name__)


async def run(settings: Settings) -> None:
    """Serve until SIGINT or SIGTERM. Raises OperatorFault without a token, and whatever ends the client otherwise."""
    if settings.discord_token is None:
        raise OperatorFault(
            "DISCORD_TOKEN is not set: put your bot's token into the environment or into .env.\n"
            "To try Comity without a Discord account, use: comity rehearse"
        )
    stop = asyncio.Event()
    catch_signals(stop)
    await serve(create_bot(settings), settings.discord_token.get_secret_value(), stop=stop)


async def serve(bot: Comity, token: str, *, stop: asyncio.Event, limit: timedelta = LIMIT) -> None:
    """Run the client, and from READY on the scheduler, until `stop` is set or the client ends; then end in `limit`."""
    scheduler = Scheduler(bot)
    async with Monitor(bot, scheduler).watching():
        await _serve(bot, token, scheduler, stop=stop, limit=limit)


async def _serve(bot: Comity, token: str, scheduler: Scheduler, *, stop: asyncio.Event, limit: timedelta) -> None:
    if bot.settings.backups_on:
        scheduler.every(daily_backups.LOOK, DailyBackups(bot.settings, bot.worker).make, name="backup")
    if bot.settings.in_a_file:
        scheduler.every(write_ahead.LOOK, WriteAhead(bot).shorten, name="write-ahead")
    connection = asyncio.create_task(bot.start(token))
    stopping = asyncio.create_task(stop.wait())
    try:
        await _first(connection, stopping, bot.wait_until_ready())
        if not connection.done() and not stopping.done():
            log.info("ready", user=str(bot.user), guilds=len(bot.guilds))
            calm_collector()
            scheduler.start()
            await _first(connection, stopping)
    finally:
        if stopping.done():
            connection.cancel()
        stopping.cancel()
        await end(bot, scheduler, limit=limit)
    with suppress(asyncio.CancelledError):
        await connection


async def _first(*work: asyncio.Task[None] | asyncio.Task[bool] | Coroutine[None, None, None]) -> None:
    """Wait until one of them ends; tasks that were begun here are then cancelled."""
    own = [asyncio.ensure_future(each) for each in work if isinstance(each, Coroutine)]
    others = [each for each in work if not isinstance(each, Coroutine)]
    await asyncio.wait([*own, *others], return_when=asyncio.FIRST_COMPLETED)
    for each in own:
        each.cancel()


def quick_loop() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """A factory of the fastest event loop; None where uvloop is not installed, as on Windows."""
    try:
        import uvloop
    except ImportError:
        return None
    return uvloop.new_event_loop


def calm_collector() -> None:
    """Exclude objects that stay for good from later garbage collections: full ones delayed answers by 50 to 100 ms.
    There is no last full collection before that either: it would take 250 ms, for little garbage, while members are
    waiting."""
    gc.freeze()
    gc.set_threshold(5_000, 20, 50)


def catch_signals(stop: asyncio.Event) -> None:
    """Let SIGINT and SIGTERM set `stop`; a second one ends the program at once.

    Where the system has no such handlers, Ctrl-C ends the program as usual.
    """
    if sys.platform == "win32":
        return
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, _stop, stop, number)


def _stop(stop: asyncio.Event, number: signal.Signals) -> None:
    if stop.is_set():
        signal.signal(number, signal.SIG_DFL)
        signal.raise_signal(number)
    stop.set()
