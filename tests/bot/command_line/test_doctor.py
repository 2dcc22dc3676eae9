"""`comity doctor`: a line for each thing that a bot needs, and what to do where it is not in order."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from aiohttp import web
from discord import Permissions
from pydantic import SecretStr

from bench.discord import StandIn, answer
from bot.command_line.doctor import Finding, State, examine
from bot.settings import Settings
from services import Services
from storage import Database
from storage.engines import database_url
from storage.schema import downgrade
from tests.clocks import SetClock
from tests.services.chamber import CHANNEL, Chamber


async def findings(url: str, discord: StandIn | None, **chosen: Any) -> dict[str, Finding]:
    token = SecretStr("a-token") if discord is not None else None
    api = "http://127.0.0.1:1" if discord is None else discord.url
    gateway = None if discord is None else discord.gateway_url
    given = {"discord_token": token, "discord_api_url": api, "discord_gateway_url": gateway} | chosen
    return {finding.subject: finding async for finding in examine(Settings(database_url=url, **given))}


async def test_a_bot_that_is_in_order(discord: StandIn, head_url: str):
    store = Database(head_url)
    chamber = Chamber(Services.over(store), SetClock())
    await chamber.found()
    await store.dispose()
    discord.guilds[1] = [CHANNEL]
    allowed = Permissions(view_channel=True, send_messages=True, read_message_history=True)
    discord.allowed = str(allowed.value)
    found = await findings(head_url, discord)
    assert {finding.state for finding in found.values()} <= {State.OK, State.WARNING}
    wrong = {name for name, finding in found.items() if finding.state is State.WARNING}
    assert wrong <= {"disk"}, found
    expected = {"settings", "database", "clock", "backups", "worker", "token", "gateway", "channel of The council"}
    assert expected <= set(found)
    assert found["token"].told == "Discord knows it as Comity"
    assert "1 shards recommended, 999 of 1000 starts left today" in found["gateway"].told


async def test_what_the_bot_lacks_in_a_councils_channel_is_named(discord: StandIn, sqlite_head_url: str):
    store = Database(sqlite_head_url)
    chamber = Chamber(Services.over(store), SetClock())
    await chamber.found_with(CHANNEL, threads=True)
    await store.dispose()
    discord.guilds[1] = [CHANNEL]
    discord.allowed = str(Permissions(view_channel=True).value)
    found = (await findings(sqlite_head_url, discord))["channel of The council"]
    assert found.state is State.WARNING
    assert "lacks send_messages, read_message_history, create_public_threads" in found.told


async def test_a_clock_that_is_wrong_is_a_warning(discord: StandIn, sqlite_head_url: str):
    async def behind(request: web.Request) -> web.StreamResponse | None:
        date = format_datetime(datetime.now(UTC) - timedelta(minutes=5), usegmt=True)
        return answer({}, Date=date) if request.path == "/api/v10/gateway" else None

    discord.fault = behind
    found = (await findings(sqlite_head_url, discord))["clock"]
    assert found.state is State.WARNING
    assert "ahead of Discord" in found.told


async def test_without_a_token_and_without_a_network_it_says_so_and_looks_at_the_rest(
    discord: StandIn, sqlite_head_url: str, tmp_path: Path
):
    found = await findings(sqlite_head_url, discord, discord_token=None)
    assert (found["token"].state, found["token"].told[:25]) == (State.FAILED, "DISCORD_TOKEN is not set:")
    found = await findings(f"sqlite:///{tmp_path / 'new' / 'comity.db'}", None)
    assert found["discord"].state is State.FAILED
    assert "http://127.0.0.1:1 cannot be reached" in found["discord"].told
    assert found["database"].told.endswith("will be made at the first start")
    assert not (tmp_path / "new").exists(), "it changes nothing"
    assert found["worker"].state is State.OK


async def test_a_database_that_cannot_be_used_and_one_of_an_older_version(sqlite_head_url: str, tmp_path: Path):
    await downgrade(sqlite_head_url, to="0001")
    found = (await findings(sqlite_head_url, None))["database"]
    assert (found.state, "at revision 0001" in found.told) == (State.WARNING, True)
    with closing(sqlite3.connect(str(database_url(sqlite_head_url).database))) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = 'f00d'")
    found = (await findings(sqlite_head_url, None))["database"]
    assert (found.state, "belongs to a newer version" in found.told) == (State.FAILED, True)
    (tmp_path / "broken.db").write_bytes(b"no database" * 100)
    found = (await findings(f"sqlite:///{tmp_path / 'broken.db'}", None))["database"]
    assert (found.state, "cannot be used" in found.told) == (State.FAILED, True)


async def test_backups_that_stopped_are_a_warning(sqlite_head_url: str, tmp_path: Path):
    folder = tmp_path / "backups"
    folder.mkdir()
    made = datetime.now(UTC) - timedelta(days=3)
    (folder / f"comity-daily-{made:%Y%m%dT%H%M%SZ}.db").touch()
    found = (await findings(sqlite_head_url, None))["backups"]
    assert (found.state, "is 72 hours old" in found.told) == (State.WARNING, True)
