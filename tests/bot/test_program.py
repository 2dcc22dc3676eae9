"""`comity run` as an operator meets it: it comes up, says so, and leaves when asked to."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest

from bench.discord import StandIn, stand_in
from bot.command_line import commands as command_line
from tests.conftest import ROOT

TOKEN = "token.that.nobody-may-see"


async def start(discord: StandIn, folder: Path, *command: str, metrics: str = "off") -> asyncio.subprocess.Process:
    """The program in a process of its own, in an empty folder."""
    settings = {
        "DISCORD_TOKEN": TOKEN,
        "COMITY_DISCORD_API_URL": discord.url,
        "COMITY_DISCORD_GATEWAY_URL": discord.gateway_url,
        "COMITY_DATABASE_URL": "sqlite:///council.db",
        "COMITY_METRICS": metrics,
        "COMITY_LOG_LEVEL": "debug",
    }
    return await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot", *command),
        cwd=folder,
        env={"PATH": os.environ["PATH"], "HOME": str(folder), "PYTHONPATH": str(ROOT)} | settings,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


async def until(words: bytes, program: asyncio.subprocess.Process) -> bytes:
    """What the program has logged once these words stand in it."""
    assert program.stderr is not None
    log = b""
    while words not in log:
        line = await program.stderr.readline()
        assert line, log.decode()
        log += line
    return log


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to be asked with")
@pytest.mark.parametrize("request_to_end", [signal.SIGTERM, signal.SIGINT])
async def test_it_comes_up_publishes_its_commands_and_ends_when_asked(tmp_path: Path, request_to_end: signal.Signals):
    async with asyncio.timeout(60), stand_in() as discord:
        program = await start(discord, tmp_path, "run")
        log = await until(b"ready", program)
        assert {"propose", "vote", "council", "round"} <= {command["name"] for command in discord.published}
        program.send_signal(request_to_end)
        _, rest = await program.communicate()
        log += rest
        await discord.left.wait()
    assert program.returncode == 0, log.decode()
    assert b"Traceback" not in log
    assert TOKEN.encode() not in log
    assert (tmp_path / "council.db").is_file()


@pytest.mark.skipif(sys.platform == "win32", reason="There is no uvloop on Windows")
def test_the_program_runs_on_uvloop(monkeypatch: pytest.MonkeyPatch):
    loops: list[str] = []

    async def run(_: object) -> None:
        loops.append(type(asyncio.get_running_loop()).__module__)

    monkeypatch.setattr("bot.program.run", run)
    monkeypatch.setattr("bot.logs.configure", lambda _: None)
    command_line.run()
    assert loops == ["uvloop"]


async def test_a_gateway_that_cannot_be_reached_ends_it_with_a_sentence(tmp_path: Path):
    async with asyncio.timeout(60), stand_in() as discord:
        discord.gateway_url = discord.gateway_url.replace("/gateway/", "/nowhere/")
        program = await start(discord, tmp_path, "run")
        _, told = await program.communicate()
    assert program.returncode == 1
    assert "Discord's gateway cannot be reached." in told.decode().splitlines()[-1]
    assert "AttributeError" not in told.decode()


async def test_the_health_check_fails_where_no_bot_runs_and_says_so(tmp_path: Path):
    async with asyncio.timeout(60), stand_in() as discord:
        check = await start(discord, tmp_path, "healthcheck", metrics="127.0.0.1:1")
        _, told = await check.communicate()
    assert check.returncode == 1
    assert told.decode().startswith("no bot answers at http://127.0.0.1:1/healthz")
