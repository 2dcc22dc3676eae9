"""What an operator does for people who cannot use `/privacy` themselves."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.command_line import app
from deliberation.councils import Actor
from deliberation.ids import ChannelId, PersonId
from deliberation.rules.presets import PRESETS
from services import Services
from storage import Database

GONE = Actor(person=PersonId(900_000_000_000_000_007), name="Ada", manages_server=True)
PLACE = ChannelId(7)


async def seated(url: str) -> None:
    """A council in which somebody has taken a seat."""
    store = Database(url)
    services = Services.over(store)
    await services.hosting.found(
        GONE, guild=1, channel=PLACE, name="The council", language="en", rules=PRESETS["meta-regime"]
    )
    await services.seats.take(PLACE, GONE)
    await store.dispose()


@pytest.fixture
def url(sqlite_head_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COMITY_DATABASE_URL", sqlite_head_url)
    asyncio.run(seated(sqlite_head_url))
    return sqlite_head_url


def test_somebody_who_has_left_is_handed_its_data_and_erased(url: str):
    handed = CliRunner().invoke(app, ["person", "export", str(GONE.person)])
    assert [seat["name"] for seat in json.loads(handed.stdout)["data"]["seats"]] == ["Ada"]
    erased = CliRunner().invoke(app, ["person", "erase", str(GONE.person), "--words"])
    assert erased.exit_code == 0
    assert erased.stdout.startswith(f"The user {GONE.person} is erased; the pseudonym's number is ")
    assert json.loads(CliRunner().invoke(app, ["person", "export", str(GONE.person)]).stdout)["data"] == {}
    again = CliRunner().invoke(app, ["person", "erase", str(GONE.person)])
    assert (again.exit_code, again.stderr) == (1, f"Nothing is kept about the user {GONE.person}.\n")
