"""What the version before left behind, opened: its database in a file, and a bot of today over it where it stood."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime
from pathlib import Path

from tests.before.simulated import Server, restored
from tests.clocks import SetClock
from tests.discord_schema import DiscordSchema
from tests.end_to_end.world import World, rehearsed_world, text_in

FOLDER = Path(__file__).resolve().parents[1] / "data" / "before-12"
UPGRADED = datetime(2026, 1, 13, 14, 1, tzinfo=UTC)
"""When the bot starts again: a minute after the version before was stopped."""
SALTED = ("assembly", "union", "resting")
"""Where somebody did something since, or a round opened: salts are drawn for that, and heads differ every time."""
DEADLINES = (
    datetime(2026, 1, 13, 16, 1, tzinfo=UTC),
    datetime(2026, 1, 18, 13, tzinfo=UTC),
    datetime(2026, 1, 18, 17, tzinfo=UTC),
    datetime(2026, 1, 19, 17, tzinfo=UTC),
    datetime(2026, 1, 21, 12, tzinfo=UTC),
    datetime(2026, 1, 22, 12, tzinfo=UTC),
    datetime(2026, 1, 22, 13, tzinfo=UTC),
)
"""When a round that was under way opens for votes, is reminded of or closes, until all have come to their ends."""
_LINKED = re.compile(r"(?<=/)[0-9]+(?=\))")
_DIGEST = re.compile("[0-9a-f]{64}")


def written(name: str) -> str:
    """A file of the fixture."""
    return (FOLDER / name).read_text(encoding="utf-8")


def lines(name: str) -> list[str]:
    """The same, line by line."""
    return written(name).splitlines()


def filled(file: Path, *, backup: bool = False) -> str:
    """The old database in a file, as its bot kept it or, page for page the same rows, as `comity db backup` wrote it;
    its URL."""
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(written("database.sql"))
        connection.execute(f"PRAGMA journal_mode = {'DELETE' if backup else 'WAL'}")
    return f"sqlite+aiosqlite:///{file}"


@asynccontextmanager
async def opened(url: str, discord: str, *, schema: DiscordSchema | None = None) -> AsyncIterator[tuple[World, Server]]:
    """A bot over that database, on a Discord in which everything stands as it stood. On leaving, every promise about
    its answers is checked."""
    logged = ("post_put_off", "channel_gone")
    async with rehearsed_world(url, clock=SetClock(UPGRADED), schema=schema, logged=logged) as world:
        server = restored(world.env, discord)
        world.guild, world.chair = server.guild, server.members["Chair"]
        await world.env.settle()
        yield world, server


async def come_to_their_ends(world: World, server: Server, channels: Sequence[str]) -> list[str]:
    """Let every round that was under way close, and what waited be posted; what is posted then, channel by channel,
    with the record's new head where nothing was hashed with a salt drawn since."""
    stood = {str(message.id) for name in channels for message in server.channels[name].history()}
    server.permit("silenced")
    await world.chair.slash(server.channels["resting"], "round resume")
    await world.run_due()
    for deadline in DEADLINES:
        await world.pass_time(deadline - world.clock.now())
    return [
        f"#{name}: {_told_apart(line, name, stood)}"
        for name in channels
        for message in server.channels[name].history()
        if str(message.id) not in stood
        for line in text_in(message).splitlines()
    ]


def _told_apart(line: str, channel: str, stood: Collection[str]) -> str:
    """Without what is another number each time: a new message's, and a digest over new salts."""
    line = _LINKED.sub(lambda found: found[0] if found[0] in stood else "…", line)
    return _DIGEST.sub("…", line) if channel in SALTED else line
