"""The Discord client: put together in one place; the program, a test or the rehearsal starts it."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any, cast

import discord
import structlog
from discord.ext import commands
from discord.gateway import ReconnectWebSocket
from yarl import URL

import cogs
from bot.posts.delivery import may_post
from bot.posts.outbox import Outbox
from bot.worker.background import Beside
from bot.worker.process import Worker
from cogs.interactions.context import Context
from cogs.interactions.guard import dispatch
from cogs.interactions.pacing import Pacing
from cogs.interactions.telling import tell_lost_channels
from cogs.interactions.tree import GuardedTree
from cogs.showing.localizer import Catalogues
from services import Services
from services.ports import Clock, Shards, StoreUnavailable
from storage.database import Database
from storage.errors import DatabaseUnreachable, StorageError
from storage.turns import turn

from .connection import gateway
from .connection import urls as discord_urls
from .faults import shown_url
from .health import metrics
from .settings import Settings
from .stores import open_database

log = structlog.get_logger(__name__)

IDENTIFY_PAUSE = 5.5
"""Seconds. Discord lets one shard IDENTIFY every five seconds, and network delays vary."""
IDENTIFY_PATIENCE = 30.0
"""Seconds for which a shard waits for its turn with its connection open; then it closes it and connects again."""


class SystemClock:
    """The machine's time."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class Comity(commands.Bot):
    """The bot. Its context, the database and the commands exist from `setup_hook` on, the database until
    `close`. `worker` does long work.

    `on_due_changed` is called whenever an interaction has been answered: something may have become due. The scheduler
    sets it, so that it wakes in time.
    """

    context: Context

    def __init__(self, settings: Settings, *, clock: Clock | None = None, alone: bool = False, **sharding: Any) -> None:
        # Comity speaks in no voice channel: operators need no warning about what discord.py lacks for that.
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            tree_cls=GuardedTree,
            intents=discord.Intents(guilds=True),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            allowed_mentions=discord.AllowedMentions.none(),
            allowed_contexts=discord.app_commands.AppCommandContext(guild=True),
            allowed_installs=discord.app_commands.AppInstallationType(guild=True),
            # Where Discord asks for a longer wait, the post is put off in the outbox, which survives a restart.
            max_ratelimit_timeout=30.0,
            **sharding,
        )
        gateway.read_patiently(self)
        self.settings = settings
        self.clock = clock or SystemClock()
        self.on_due_changed: Callable[[], None] | None = None
        self.worker = Worker()
        self._alone = alone
        self._injected_clock = clock
        self._settling = asyncio.Lock()
        self._database: Database | None = None
        self._commands: frozenset[str] = frozenset()

    async def setup_hook(self) -> None:
        """Bring the database up to date, open it, and load and publish every command."""
        self._database = await open_database(self.settings, clock=self._injected_clock, observer=metrics.Counting())
        background = None if self._alone else Beside(self.worker, self.settings.database_url)
        services = Services.over(self._database, shards=self.settings.shards, background=background, ticks=self._ticks)
        await services.audit.enter_states()
        self.context = Context(services=services, catalogues=Catalogues.load(), pacing=Pacing(self._ticks))
        self.context.guarded.append(self._guarded)
        self._outbox = Outbox(self, self.context, ticks=self._ticks)
        for area in cogs.AREAS:
            await self.load_extension(f"cogs.{area}")
        await self.tree.sync()
        self._commands = frozenset(command.name for command in self.tree.get_commands())

    @property
    def store(self) -> Database:
        """The database, open from `setup_hook` to `close`. Raises DatabaseUnreachable before and after."""
        if self._database is None:
            raise DatabaseUnreachable(database=shown_url(self.settings.database_url), reason="it is not open")
        return self._database

    def _ticks(self) -> float:
        """Seconds on the clock that measures the pace of members."""
        return time.monotonic() if self._injected_clock is None else self._injected_clock.now().timestamp()

    async def connect(self, *, reconnect: bool = True) -> None:
        """Serve what the gateway sends. Raises GatewayNotFound where the first connection cannot be made."""
        try:
            await super().connect(reconnect=reconnect)
        except AttributeError as error:
            # discord.py 2.7.1 tries to resume a connection that never existed.
            if self.ws is not None:
                raise
            raise discord.GatewayNotFound from error

    async def run_due(self) -> None:
        """Carry out everything that is due now: close and open rounds, then post and redraw. Returns when done.

        Settling runs in turns; posting does not wait for other posting. So where Discord is slow to accept some posts,
        rounds still close in time and other councils' posts go out. Raises StoreUnavailable.
        """
        async with self._settling:
            await self.context.services.timetable.settle_due()
        await self._outbox.drain()

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Route every tap and form by its custom id."""
        await dispatch(interaction)

    async def on_guild_channel_update(self, _: discord.abc.GuildChannel, channel: discord.abc.GuildChannel) -> None:
        """A channel's permissions may have changed."""
        await self._post_what_was_refused(channel.guild)

    async def on_guild_role_update(self, _: discord.Role, role: discord.Role) -> None:
        """A role's permissions may have changed."""
        await self._post_what_was_refused(role.guild)

    async def _post_what_was_refused(self, guild: discord.Guild) -> None:
        """Make due at once the posts that waited for a permission which the bot now has."""
        if not self.is_ready():
            return
        refused = await self.context.services.troubles.refused(guild.id)
        open_again = [council.id for council in refused if may_post(guild.get_channel(council.channel))]
        if open_again:
            await self.context.services.troubles.hasten(open_again)
            self._due_changed()

    def _guarded(self, interaction: discord.Interaction) -> None:
        """An interaction has been answered, with success or not."""
        metrics.count_interaction(interaction, commands=self._commands)
        self._due_changed()
        if interaction.type is discord.InteractionType.application_command and interaction.guild is not None:
            following = asyncio.create_task(self._follow_up(interaction, interaction.guild))
            self.context.under_way.add(following)
            following.add_done_callback(self._followed_up)

    def _followed_up(self, following: "asyncio.Task[None]") -> None:
        self.context.under_way.discard(following)
        if not following.cancelled() and (error := following.exception()) is not None:
            log.error("job_failed", job="follow_up", exc_info=error)

    async def _follow_up(self, interaction: discord.Interaction, guild: discord.Guild) -> None:
        """After a command: try refused posts again, and notify a chair of lost channels, which cannot be done in the
        channels themselves."""
        try:
            await self._post_what_was_refused(guild)
            await tell_lost_channels(interaction, self.context)
        except (StoreUnavailable, discord.HTTPException) as error:
            log.warning("not_followed_up", interaction=interaction.id, reason=str(error))

    def _due_changed(self) -> None:
        if self.on_due_changed is not None:
            self.on_due_changed()

    async def hang_up(self) -> None:
        """Leave the gateway, so that no more interactions come; those that have come can still be answered."""
        if self.ws is not None:
            await self.ws.close(code=1000)

    async def interactions_ended(self) -> None:
        """Returns when every interaction that came has been answered. If cancelled, it cancels the work on the
        others."""
        if self._database is None:
            return
        try:
            while under_way := list(self.context.under_way):
                await asyncio.wait(under_way)
        finally:
            for late in self.context.under_way:
                late.cancel()

    async def close(self) -> None:
        """Leave Discord, then the database, even if the first fails."""
        self.worker.close()
        try:
            await super().close()
        finally:
            database, self._database = self._database, None
            if database is not None:
                await database.dispose()


class ShardedComity(Comity, commands.AutoShardedBot):
    """The bot with some of the shards, one connection each. Other processes on the same database have the others.

    `pause`: waits for a number of seconds.
    """

    def __init__(
        self,
        settings: Settings,
        shards: Shards,
        *,
        clock: Clock | None = None,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        sharding = {"shard_ids": list(shards.ids), "shard_count": shards.count, "shard_connect_timeout": None}
        super().__init__(settings, clock=clock, **sharding)
        self._pause = pause
        self._buckets: int | None = None

    async def connect(self, *, reconnect: bool = True) -> None:
        """Serve what the gateway sends to every shard. A shard without a connection tries again and again."""
        await commands.AutoShardedBot.connect(self, reconnect=reconnect)

    async def launch_shard(self, gateway: URL, shard_id: int, *, initial: bool = False) -> None:
        """Connect a shard. It goes on trying whenever its connection is lost."""
        await super().launch_shard(gateway, shard_id, initial=initial)
        _let_try_again(self.shards[shard_id])

    async def hang_up(self) -> None:
        """Leave the gateway with every shard."""
        await asyncio.gather(*(shard.disconnect() for shard in self.shards.values()))

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Wait until no process has sent an IDENTIFY for `IDENTIFY_PAUSE`. The process whose turn it is waits before it
        sends its own, so that one that dies meanwhile has sent none. Raises TimeoutError after `IDENTIFY_PATIENCE`.

        Where the database does not answer, two shards may identify at once; Discord refuses one, which then tries
        again.
        """
        if self._buckets is None:
            self._buckets = (await self.fetch_session_start_limits()).max_concurrency
        try:
            async with asyncio.timeout(IDENTIFY_PATIENCE) as patience:
                async with turn(self.settings.database_url, (shard_id or 0) % self._buckets):
                    patience.reschedule(None)
                    await self._pause(IDENTIFY_PAUSE)
        except StorageError as error:
            log.warning("identify_without_turn", shard=shard_id, reason=str(error))
            await self._pause(IDENTIFY_PAUSE)


def _let_try_again(info: discord.ShardInfo) -> None:
    """Let the shard try again. discord.py 2.7.1 ends every shard if one is sent away while it begins a new session."""
    shard: Any = cast(Any, info)._parent
    reconnect, handled = shard.reconnect, shard._handled_exceptions

    async def persistently() -> None:
        shard._handled_exceptions = (*handled, ReconnectWebSocket)
        try:
            await reconnect()
        finally:
            shard._handled_exceptions = handled

    shard.reconnect = persistently


def create_bot(settings: Settings, *, clock: Clock | None = None, alone: bool = False) -> Comity:
    """A bot that has not logged in. Reads no environment; `clock` replaces the database's and the machine's time.
    `alone`: long work, too, is done in this process, as in a simulation, which cannot wait for another process."""
    discord_urls.point_at(settings)
    shards = settings.shards
    if shards is not None:
        return ShardedComity(settings, shards, clock=clock)
    return Comity(settings, clock=clock, alone=alone)
