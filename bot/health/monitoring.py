"""What an operator's programs ask over HTTP, by default on loopback: `/metrics` and `/healthz`.

A bot is healthy if the gateway is connected, the database can be written, and due work was carried out lately.
"""

import asyncio
import platform
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from importlib.metadata import version

import aiohttp
import discord
import structlog
from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from bot.backups.daily import latest_daily
from bot.client import Comity, ShardedComity
from bot.faults import OperatorFault, one_line
from bot.health import metrics
from bot.scheduler import Scheduler
from bot.settings import Settings
from services.ports import StoreUnavailable

from .probing import OK, PATIENCE, Probe

log = structlog.get_logger(__name__)

UNWELL = timedelta(minutes=5)
"""A bot is unwell after this time without a successful run."""
SAMPLE = 1.0


class Monitor:
    """Watches one bot while `watching` lasts."""

    def __init__(self, bot: Comity, scheduler: Scheduler) -> None:
        self._bot = bot
        self._scheduler = scheduler
        self._lost: set[int] = set()
        self._timer: asyncio.TimerHandle | None = None
        self._probe = Probe(self._use_database)
        of_each = "on_shard_" if isinstance(bot, ShardedComity) else "on_"
        bot.add_listener(self._disconnected, f"{of_each}disconnect")
        bot.add_listener(self._connected, f"{of_each}resumed")
        bot.add_listener(self._connected, f"{of_each}ready")
        metrics.BUILD.labels(version("comity"), platform.python_version(), discord.__version__).set(1)

    @asynccontextmanager
    async def watching(self) -> AsyncIterator[None]:
        """Serve until the block is left. Raises OperatorFault where an address that the operator chose is taken."""
        address = self._bot.settings.metrics_address
        if address is None:
            yield
            return
        app = web.Application()
        app.router.add_get("/metrics", self._metrics)
        app.router.add_get("/healthz", self._healthz)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0)
        await runner.setup()
        try:
            await self._listen(runner, *address)
            self._sample(asyncio.get_running_loop().time())
            yield
        finally:
            if self._timer is not None:
                self._timer.cancel()
            await runner.cleanup()
            self._probe.stop()

    async def health(self) -> Mapping[str, str]:
        """Each condition of health, with `ok` or what is wrong."""
        return {"gateway": self._gateway(), "database": await self._database(), "due": self._due()}

    async def _listen(self, runner: web.AppRunner, host: str, port: int) -> None:
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            if self._bot.settings.metrics is not None:
                raise OperatorFault(
                    f"Nothing can be served at COMITY_METRICS={host}:{port}: {one_line(error.strerror or error)}\n"
                    "Give each process on a machine a port of its own, or set COMITY_METRICS=off."
                ) from None
            # Voting matters more than metrics: a second bot on this machine starts all the same.
            log.warning("metrics_not_served", address=f"{host}:{port}", reason=one_line(error.strerror or error))

    def _gateway(self) -> str:
        if self._bot.is_closed() or not self._bot.is_ready():
            return "not connected yet"
        return f"{len(self._lost)} connections lost" if self._lost else OK

    async def _database(self) -> str:
        return await self._probe.found() if self._bot.is_ready() else "not asked yet"

    async def _use_database(self) -> None:
        await self._bot.context.services.timetable.next_due()
        await self._bot.store.try_writing()

    def _due(self) -> str:
        ran_at = self._scheduler.ran_at
        if ran_at is not None and datetime.now(UTC) - ran_at < UNWELL:
            return OK
        return f"not carried out since {ran_at or 'the start'}"

    async def _healthz(self, request: web.Request) -> web.Response:
        found = await self.health()
        healthy = all(each == OK for each in found.values())
        return web.json_response({"healthy": healthy, **found}, status=200 if healthy else 503)

    async def _metrics(self, request: web.Request) -> web.Response:
        if self._bot.is_ready():
            # Without the database the other figures are even more useful.
            with suppress(StoreUnavailable, TimeoutError):
                async with asyncio.timeout(PATIENCE):
                    metrics.WAITING.set(await self._bot.context.services.posts.waiting())
        settings, now = self._bot.settings, datetime.now(UTC)
        made = latest_daily(settings.backup_folder, now=now) if settings.backups_on else None
        if made is not None:
            metrics.BACKUP_AGE.set((now - made).total_seconds())
        return web.Response(body=generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    def _sample(self, due: float) -> None:
        """Measure how late this is called, and schedule the next call."""
        loop = asyncio.get_running_loop()
        metrics.LAG.observe(max(0.0, loop.time() - due))
        self._timer = loop.call_later(SAMPLE, self._sample, loop.time() + SAMPLE)

    async def _disconnected(self, shard: int = 0) -> None:
        # A connection that is given up is reported twice: at once, and when another is tried.
        if shard not in self._lost:
            self._lost.add(shard)
            metrics.DISCONNECTS.inc()

    async def _connected(self, shard: int = 0) -> None:
        self._lost.discard(shard)


async def ask_health(settings: Settings) -> str | None:
    """Why a bot with these settings is not healthy; None if it is. Raises OperatorFault without an address."""
    if settings.metrics_address is None:
        raise OperatorFault("COMITY_METRICS is off: there is nobody to ask.")
    host, port = settings.metrics_address
    url = f"http://{host if host not in ('0.0.0.0', '::') else '127.0.0.1'}:{port}/healthz"  # noqa: S104
    try:
        limit = aiohttp.ClientTimeout(total=3 * PATIENCE)
        async with aiohttp.ClientSession(timeout=limit) as session, session.get(url) as answer:
            found = await answer.json()
    except (aiohttp.ClientError, TimeoutError, ValueError) as error:
        return f"no bot answers at {url}: {one_line(error)}"
    wrong = [f"{name}: {state}" for name, state in found.items() if name != "healthy" and state != OK]
    return None if found.get("healthy") is True else "; ".join(wrong)
