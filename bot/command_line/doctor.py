"""`comity doctor`: checks everything a bot needs, and says for each whether it is in order, and if not what to do.

Changes nothing except the one row by which it checks whether the database can be written. Works without a token and
without a network, and says what it could not check.
"""

import asyncio
import os
import shutil
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

import aiohttp
import discord
from sqlalchemy.engine import make_url

from bot.backups.daily import latest_daily
from bot.connection import urls as discord_urls
from bot.faults import explain, one_line, shown_url
from bot.posts.delivery import NEEDED
from bot.settings import Settings
from bot.stores import missing_file
from bot.worker.process import Worker
from deliberation.councils import Council
from storage.database import Database
from storage.errors import DatabaseOlder, StorageError
from storage.schema import newest, require_newest, require_writable, revision

ASTRAY = timedelta(seconds=2)
"""The most by which clocks may differ."""
OLD = timedelta(days=2)
PATIENCE = 15.0
"""Seconds for each answer over the network, and for the worker."""
LITTLE = 200 * 1024**2
"""Bytes of free disk that are too few. A database also needs free space of its own size for its next backup."""
API = "https://discord.com/api/v10"


class State(StrEnum):
    """How something was found."""

    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"


class Finding(NamedTuple):
    """One line: what was checked, its state, and what to do if that is not as it should be."""

    state: State
    subject: str
    told: str


async def examine(settings: Settings) -> AsyncIterator[Finding]:
    """Check everything, what is nearest first."""
    yield Finding(State.OK, "settings", "every setting can be used")
    councils: tuple[Council, ...] = ()
    async with _database(settings) as (finding, store):
        yield finding
        if store is not None:
            async with store.read() as uow:
                councils = tuple(council for council in await uow.councils.list_all() if council.closed_at is None)
                now = await uow.now()
            # An SQLite database uses this machine's clock.
            if store.url.get_backend_name() != "sqlite":
                yield _clock("the database", datetime.now(UTC) - now)
    if (space := _space(settings)) is not None:
        yield space
    yield _backups(settings)
    yield await _worker()
    async for finding in _discord(settings, councils):
        yield finding


@asynccontextmanager
async def _database(settings: Settings) -> AsyncIterator[tuple[Finding, Database | None]]:
    """The database, if it can be read and written and has this version's schema."""
    url, shown = settings.database_url, shown_url(settings.database_url)
    if (missing := missing_file(url)) is not None:
        folder = next(each for each in missing.absolute().parents if each.exists())
        if os.access(folder, os.W_OK):
            yield Finding(State.OK, "database", f"{shown} will be made at the first start"), None
        else:
            yield Finding(State.FAILED, "database", f"{shown} cannot be made: give the bot's user {folder}"), None
        return
    found = None
    try:
        found = await revision(url)
        await require_newest(url)
        await require_writable(url)
    except DatabaseOlder:
        known = "empty" if found is None else f"at revision {found}, this version's is {newest()}"
        told = f"{shown} is {known}: make a backup; comity run brings it up to date"
        yield Finding(State.WARNING, "database", told), None
        return
    except StorageError as error:
        yield Finding(State.FAILED, "database", explain(error, settings) or str(error)), None
        return
    store = Database(url)
    try:
        yield Finding(State.OK, "database", f"{shown} can be read and written, and is at revision {found}"), store
    finally:
        await store.dispose()


def _space(settings: Settings) -> Finding | None:
    """The free disk space for an SQLite file."""
    parts = make_url(settings.database_url)
    if parts.get_backend_name() != "sqlite":
        return None
    file = Path(str(parts.database)).absolute()
    folder = next(each for each in file.parents if each.exists())
    free, size = shutil.disk_usage(folder).free, file.stat().st_size if file.exists() else 0
    told = f"{free // 1024**2} MB are free for a database of {size // 1024**2} MB"
    if free < max(LITTLE, 2 * size):
        return Finding(State.WARNING, "disk", f"{told}: make room, or keep backups elsewhere (COMITY_BACKUPS)")
    return Finding(State.OK, "disk", told)


def _backups(settings: Settings) -> Finding:
    if not settings.backups_on:
        return Finding(State.OK, "backups", "not made by the bot: have comity db backup run every day")
    now = datetime.now(UTC)
    latest = latest_daily(settings.backup_folder, now=now)
    if latest is None:
        return Finding(State.OK, "backups", f"none in {settings.backup_folder} yet: comity run makes one a day")
    told = f"the newest in {settings.backup_folder} is {(now - latest) // timedelta(hours=1)} hours old"
    if now - latest > OLD:
        return Finding(State.WARNING, "backups", f"{told}: look for job_failed in the log, or start the bot")
    return Finding(State.OK, "backups", told)


async def _worker() -> Finding:
    worker = Worker()
    try:
        await asyncio.wait_for(worker.run(os.getpid), PATIENCE)
    except (OSError, RuntimeError, TimeoutError) as error:
        return Finding(State.FAILED, "worker", f"no process can be begun: {one_line(error)}; raise the system's limits")
    finally:
        worker.close()
    return Finding(State.OK, "worker", "a process beside the bot's can be begun")


def _clock(whose: str, ahead: timedelta) -> Finding:
    """This machine's clock compared with another, of which it is `ahead`."""
    apart = abs(ahead)
    if apart > ASTRAY:
        way = "ahead of" if ahead > timedelta(0) else "behind"
        told = f"this machine is {apart.total_seconds():.0f} s {way} {whose}: have both kept right, by NTP for instance"
        return Finding(State.WARNING, "clock", told)
    return Finding(State.OK, "clock", f"within {ASTRAY.seconds} s of {whose}")


async def _discord(settings: Settings, councils: tuple[Council, ...]) -> AsyncIterator[Finding]:
    """Everything about Discord: its clock, the gateway, the token, and what the bot may do in each council's
    channel."""
    try:
        yield await _discords_clock(settings)
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        where = settings.discord_api_url or API
        yield Finding(State.FAILED, "discord", f"{where} cannot be reached: {one_line(error)}; check the network")
        return
    if settings.discord_token is None:
        yield Finding(State.FAILED, "token", "DISCORD_TOKEN is not set: copy your bot's token into it")
        return
    discord_urls.point_at(settings)
    async with discord.Client(intents=discord.Intents.none(), max_ratelimit_timeout=30.0) as client:
        try:
            async with asyncio.timeout(PATIENCE):
                await client.login(settings.discord_token.get_secret_value())
        except (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError) as error:
            yield Finding(State.FAILED, "token", explain(error, settings) or one_line(error))
            return
        yield Finding(State.OK, "token", f"Discord knows it as {client.user}")
        yield await _gateway(client, settings)
        for council in councils:
            yield await _permissions(client, council)


async def _discords_clock(settings: Settings) -> Finding:
    url = f"{(settings.discord_api_url or API).rstrip('/')}/gateway"
    limit = aiohttp.ClientTimeout(total=PATIENCE)
    asked = time.time()
    async with aiohttp.ClientSession(timeout=limit) as session, session.get(url) as answer:
        between = datetime.fromtimestamp((asked + time.time()) / 2, UTC)
        # The header has whole seconds: on average it is half a second behind.
        theirs = parsedate_to_datetime(answer.headers["Date"]) + timedelta(seconds=0.5)
        return _clock("Discord", between - theirs)


async def _gateway(client: discord.Client, settings: Settings) -> Finding:
    """Connect as a bot does, wait for the greeting, and leave."""
    try:
        async with asyncio.timeout(PATIENCE):
            shards, url, limit = await client.http.get_bot_gateway()
            socket = await client.http.ws_connect(settings.discord_gateway_url or url)
            async with socket:
                await socket.receive()
    except (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError) as error:
        return Finding(State.FAILED, "gateway", f"cannot be reached: {one_line(error)}; check the network")
    told = f"greets; {shards} shards recommended, {limit['remaining']} of {limit['total']} starts left today"
    return Finding(State.OK if limit["remaining"] > 10 else State.WARNING, "gateway", told)


async def _permissions(client: discord.Client, council: Council) -> Finding:
    """What Discord lets the bot do in the council's channel."""
    subject = f"channel of {council.name}"
    try:
        async with asyncio.timeout(PATIENCE):
            guild = await client.fetch_guild(council.guild, with_counts=False)
            channels = {channel.id: channel for channel in await guild.fetch_channels()}
            own = await guild.fetch_member(client.user.id if client.user else 0)
    except (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError) as error:
        told = f"the server cannot be seen: {one_line(error)}; invite the bot again, or have the council closed"
        return Finding(State.WARNING, subject, told)
    channel = channels.get(council.channel)
    if channel is None:
        return Finding(
            State.WARNING, subject, "there is none that the bot can see: let it view it, or close the council"
        )
    held = channel.permissions_for(own)
    needed = (*NEEDED, *(("create_public_threads",) if council.rules.threads else ()))
    missing = [name for name in needed if not getattr(held, name)]
    if missing:
        return Finding(State.WARNING, subject, f"the bot lacks {', '.join(missing)}: give it in the channel's settings")
    return Finding(State.OK, subject, "the bot may do there what it needs")
