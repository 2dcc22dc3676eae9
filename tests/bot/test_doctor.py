"""`comity doctor`: a line for each thing that a bot needs, and what to do where it is not in order."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import discord
import pytest
from discord.gateway import DiscordWebSocket
from discord.http import Route
from pydantic import SecretStr

from bot.doctor import Finding, State, examine
from bot.settings import Settings
from services import Services
from storage import Database
from storage.engines import database_url
from storage.schema import downgrade
from tests.bot.stand_in import StandIn, stand_in
from tests.clocks import SetClock
from tests.services.chamber import Chamber


@pytest.fixture
async def standing(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[StandIn]:
    monkeypatch.setattr(Route, "BASE", Route.BASE)
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", DiscordWebSocket.DEFAULT_GATEWAY)
    async with stand_in() as standing:
        yield standing


async def findings(url: str, standing: StandIn | None, **chosen: Any) -> dict[str, Finding]:
    token = SecretStr("a-token") if standing is not None else None
    api = "http://127.0.0.1:1" if standing is None else standing.url
    gateway = None if standing is None else standing.gateway_url
    given = {"discord_token": token, "discord_api_url": api, "discord_gateway_url": gateway} | chosen
    return {finding.subject: finding async for finding in examine(Settings(database_url=url, **given))}


async def test_a_bot_that_is_in_order(standing: StandIn, head_url: str):
    store = Database(head_url)
    chamber = Chamber(Services.over(store), SetClock())
    await chamber.found()
    await store.dispose()
    found = await findings(head_url, standing)
    assert {finding.state for finding in found.values()} <= {State.OK, State.WARNING}
    wrong = {name for name, finding in found.items() if finding.state is State.WARNING}
    assert wrong <= {"disk"}, found
    expected = {"settings", "database", "clock", "backups", "worker", "token", "gateway", "channel of The council"}
    assert expected <= set(found)
    assert found["token"].told == "Discord knows it as Comity"
    assert "1 shards recommended, 999 of 1000 starts left today" in found["gateway"].told


async def test_what_the_bot_lacks_in_a_councils_channel_is_named(standing: StandIn, sqlite_head_url: str):
    store = Database(sqlite_head_url)
    chamber = Chamber(Services.over(store), SetClock())
    await chamber.found_with(700_000_000_000_000_001, threads=True)
    await store.dispose()
    standing.allowed = discord.Permissions(view_channel=True)
    found = (await findings(sqlite_head_url, standing))["channel of The council"]
    assert found.state is State.WARNING
    assert "lacks send_messages, read_message_history, create_public_threads" in found.told


async def test_a_clock_that_is_wrong_is_a_warning(standing: StandIn, sqlite_head_url: str):
    standing.behind = timedelta(minutes=5)
    found = (await findings(sqlite_head_url, standing))["clock"]
    assert found.state is State.WARNING
    assert "ahead of Discord" in found.told


async def test_without_a_token_and_without_a_network_it_says_so_and_looks_at_the_rest(
    standing: StandIn, sqlite_head_url: str, tmp_path: Path
):
    found = await findings(sqlite_head_url, standing, discord_token=None)
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
