"""Bad input from an operator: a message of one or two lines, an exit code that is not zero, and no traceback.

What is wrong with a file of recorded votes stands in tests/replay/test_replay_input.py.
"""

from __future__ import annotations

import json
import os
import socket
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from discord.http import Route
from typer.testing import CliRunner

from bot.command_line import app
from tests.conftest import ROOT

TOKEN = "MTE3.a-token-that-nobody-may-see"
PASSWORD = "a-password-that-nobody-may-see"
APPLICATION = {
    "id": "1",
    "name": "Comity",
    "icon": None,
    "description": "",
    "bot_public": True,
    "bot_require_code_grant": False,
    "verify_key": "",
    "flags": 0,
    "owner": {"id": "2", "username": "operator", "discriminator": "0", "avatar": None},
}
BOT = {"id": "1", "username": "Comity", "discriminator": "0", "avatar": None, "bot": True}


class Login(BaseHTTPRequestHandler):
    """What Discord answers to a bot that logs in: it knows one token."""

    def do_GET(self) -> None:
        known = self.headers["Authorization"] == f"Bot {TOKEN}"
        answer = APPLICATION if "applications" in self.path else BOT
        body = json.dumps(answer if known else {"message": "401: Unauthorized", "code": 0}).encode()
        self.send_response(200 if known else 401)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is printed."""


@contextmanager
def login() -> Iterator[str]:
    """The URL of a stand-in for Discord's API on this machine."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Login) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/api/v10"
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def discord_api(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Settings of a bot that Discord lets in."""
    monkeypatch.setattr(Route, "BASE", Route.BASE)  # What `run` points elsewhere is put back.
    with login() as url:
        monkeypatch.setenv("COMITY_DISCORD_API_URL", url)
        monkeypatch.setenv("DISCORD_TOKEN", TOKEN)
        yield url


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A folder without a `.env`, and an environment without settings; the log goes on as the tests have set it up."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("bot.logs.configure", lambda settings, **_: None)
    for name in [name for name in os.environ if name.startswith("COMITY_") or name == "DISCORD_TOKEN"]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("COMITY_DATABASE_URL", "sqlite:///comity.db")


def told(*command: str) -> str:
    """What stands on stderr: one line or two, no traceback; nothing on stdout, and the exit code is 1."""
    answer = CliRunner().invoke(app, command)
    assert answer.exit_code == 1
    assert isinstance(answer.exception, SystemExit)
    assert answer.stdout == ""
    assert len(answer.stderr.splitlines()) in (1, 2)
    assert TOKEN not in answer.stderr
    assert PASSWORD not in answer.stderr
    return answer.stderr


COMMANDS = pytest.mark.parametrize("command", [("run",), ("db", "upgrade"), ("verify",)], ids=" ".join)


def test_without_a_token_it_says_where_to_put_one_and_what_works_without() -> None:
    message = told("run")
    assert "DISCORD_TOKEN is not set: put your bot's token into the environment or into .env." in message
    assert "comity rehearse" in message
    assert not Path("comity.db").exists()


def test_a_token_of_nothing_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "")
    assert "DISCORD_TOKEN is not set" in told("run")


def test_a_refused_token_ends_the_program_with_one_line_that_says_where_to_get_another(tmp_path: Path) -> None:
    """The program itself, as an operator starts it."""
    with login() as url:
        settings = {"DISCORD_TOKEN": PASSWORD, "COMITY_DISCORD_API_URL": url, "COMITY_DATABASE_URL": "sqlite:///c.db"}
        ended = subprocess.run(
            [sys.executable, "-m", "bot", "run"],
            cwd=tmp_path,
            env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), "PYTHONPATH": str(ROOT)} | settings,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert ended.returncode == 1
    assert ended.stdout == ""
    assert ended.stderr == (
        "Discord refused the token. Copy a fresh one from the Discord Developer Portal (your application, Bot, "
        "Reset Token) into DISCORD_TOKEN.\n"
    )


def test_a_discord_that_cannot_be_reached_is_named(discord_api: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with unused_port() as port:
        monkeypatch.setenv("COMITY_DISCORD_API_URL", f"http://127.0.0.1:{port}/api")
        message = told("run")
    assert f"http://127.0.0.1:{port}/api cannot be reached" in message
    assert "Check the network" in message


@COMMANDS
def test_a_database_that_cannot_be_reached_is_named_without_its_password(
    command: tuple[str, ...], discord_api: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with unused_port() as port:
        url = f"postgresql://comity:{PASSWORD}@127.0.0.1:{port}/comity"
        monkeypatch.setenv("COMITY_DATABASE_URL", url)
        message = told(*command)
    assert f"@127.0.0.1:{port}/comity cannot be reached" in message
    assert "Check COMITY_DATABASE_URL, and that the server runs and lets this user in." in message


@pytest.mark.parametrize("command", [("run",), ("db", "upgrade")], ids=" ".join)
@pytest.mark.parametrize("folder", ["/proc/comity", "in-the-way"])
def test_a_folder_that_cannot_be_written_is_named(
    command: tuple[str, ...], folder: str, discord_api: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even root makes files in /proc, nor in what is no folder."""
    Path("in-the-way").touch()
    file = Path(folder).absolute() / "comity.db"
    monkeypatch.setenv("COMITY_DATABASE_URL", f"sqlite:///{file}")
    assert told(*command) == (
        f"The database {file} cannot be written.\n"
        "Give the bot's user the right to write there, or name another place in COMITY_DATABASE_URL.\n"
    )


def test_to_verify_what_is_no_head_says_what_one_looks_like() -> None:
    assert told("verify", "--head", "12:5f0c") == (
        "12:5f0c is no head: copy it whole from a result, /order verify or comity verify, as 12:5f0c...\n"
    )


def test_to_verify_a_head_that_stands_nowhere_names_it() -> None:
    assert CliRunner().invoke(app, ["db", "upgrade"]).exit_code == 0
    lost = f"12:{'a' * 64}"
    answer = CliRunner().invoke(app, ["verify", "--head", lost])
    assert answer.exit_code == 1
    assert f"a head that was kept: head (entry 12): expected {'a' * 64}, found no such entry" in answer.stdout


def test_to_verify_a_database_that_is_not_there_makes_none() -> None:
    assert told("verify") == "There is no database at comity.db: name it in COMITY_DATABASE_URL.\n"
    assert not Path("comity.db").exists()


@COMMANDS
def test_a_database_of_a_newer_version_is_left_as_it_is(
    command: tuple[str, ...],
    discord_api: str,
    sqlite_head_url: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = Path(sqlite_head_url.removeprefix("sqlite+aiosqlite:///"))
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    monkeypatch.setenv("COMITY_DATABASE_URL", sqlite_head_url)
    message = told(*command)
    assert f"The database {file} belongs to a newer version of Comity (9999, after " in message
    assert "Install that version, or name another database in COMITY_DATABASE_URL." in message
    with closing(sqlite3.connect(file)) as database:
        assert database.execute("SELECT version_num FROM alembic_version").fetchall() == [("9999",)]


def test_to_verify_a_database_that_was_not_brought_up_to_date_says_how_to() -> None:
    Path("comity.db").touch()
    assert "Bring it up to date first: comity db upgrade" in told("verify")


@COMMANDS
def test_a_file_that_is_no_database_is_left_as_it_is(command: tuple[str, ...], discord_api: str) -> None:
    Path("comity.db").write_text("These are my notes. " * 100)
    assert "The database comity.db cannot be used: file is not a database" in told(*command)
    assert Path("comity.db").read_text() == "These are my notes. " * 100


@pytest.mark.parametrize(
    ("variable", "value", "sentence"),
    [
        ("COMITY_DATABASE_URL", f"mysql://me:{PASSWORD}@host/name", "use sqlite:/// or postgresql://"),
        ("COMITY_DATABASE_URL", f"nonsense {PASSWORD}", "is not a URL; write sqlite:///file.db or"),
        ("COMITY_LOG_LEVEL", "loud", "is none of debug, info, warning, error"),
        ("COMITY_DISCORD_API_URL", "discord.com", "must begin with http:// or https://"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named_and_its_value_is_not_shown(
    variable: str, value: str, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)
    message = told("run")
    assert message.startswith(f"{variable} ")
    assert sentence in message
    assert value not in message


@contextmanager
def unused_port() -> Iterator[int]:
    """A port of this machine at which nobody listens."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        yield unused.getsockname()[1]
