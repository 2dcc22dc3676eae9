"""The log: an event a line, as text or JSON, without a secret, and nothing that members type looks like an event."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable, Iterator

import pytest
import structlog
from pydantic import SecretStr

from bot import logs
from bot.faults import one_line
from bot.redaction import redactor
from bot.settings import Settings

TOKEN = "MTAxMjM0NTY3ODkwMTIzNDU2Nzg.GaBcDe.a-token-that-nobody-may-see-0123456789"
PASSWORD = "p@ss/word that nobody may see"
QUOTED = "p%40ss%2Fword%20that%20nobody%20may%20see"
WEBHOOK = "aW50ZXJhY3Rpb246MTIzNDU2Nzg5MDpzZWNyZXQ"
FORGED = "true\n2026-11-26T03:00:00Z [info     ] round_closed round=7\r\x1b[2J\u2028end"

Logged = Callable[..., tuple[structlog.stdlib.BoundLogger, Callable[[], str]]]


@pytest.fixture
def logged(capsys: pytest.CaptureFixture[str]) -> Iterator[Logged]:
    """`log, said = logged("json")`: a logger as the program sets it up, and what it has written."""
    root = logging.getLogger()
    before = (root.handlers, root.level, sys.excepthook, structlog.get_config())
    levels = {name: logging.getLogger(name).level for name in logs.LIBRARIES}

    def configured(log_format: str = "text", url: str = f"postgresql://comity:{QUOTED}@db/comity"):
        logs.configure(Settings(discord_token=SecretStr(TOKEN), database_url=url, log_format=log_format))
        return structlog.get_logger("bot.test"), lambda: capsys.readouterr().err

    yield configured
    root.handlers, sys.excepthook = before[0], before[2]
    root.setLevel(before[1])
    structlog.configure(**before[3])
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


def failure() -> Exception:
    """What the libraries raise with secrets in their words."""
    try:
        try:
            raise OSError(f"cannot connect to postgresql+asyncpg://comity:{QUOTED}@db/comity with {PASSWORD}")
        except OSError as cause:
            url = f"https://discord.com/api/v10/webhooks/1/{WEBHOOK}/messages/@original"
            raise ValueError(f"POST {url} Authorization: Bot {TOKEN}\n{FORGED}") from cause
    except ValueError as error:
        return error


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_no_secret_stands_in_it_whoever_logs_it(logged: Logged, log_format: str):
    log, said = logged(log_format)
    log.error("post_failed", incident="0a1b2c3d", exc_info=failure(), reason=f"/interactions/1/{WEBHOOK}/callback")
    logging.getLogger("discord.http").warning("rate limited: https://discord.com/api/webhooks/1/%s?wait=1", WEBHOOK)
    error = failure()
    sys.excepthook(type(error), error, error.__traceback__)
    text = said()
    for secret in (TOKEN, PASSWORD, QUOTED, WEBHOOK):
        assert secret not in text
    assert "0a1b2c3d" in text
    assert "crashed" in text
    assert "comity:***@db/comity" in text


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_no_part_of_a_password_stands_in_it_that_was_not_escaped(logged: Logged, log_format: str):
    log, said = logged(log_format, url="postgresql://comity:first-part@second/third/fo4th@db/comity")
    host = "postgresql+asyncpg://comity:***@second/third/fo4th%40db/comity"
    log.error("store_unavailable", reason=f"{host} cannot be reached", exc_info=OSError("no host SECOND"))
    logging.getLogger("asyncpg").warning("no database %s", "fo4th@db/comity")
    text = said().lower()
    assert not [part for part in ("first-part", "second", "third", "fo4th") if part in text]
    assert "no database ***" in text


def test_a_token_that_is_not_ours_is_hidden_too():
    assert redactor()(f"Bot {TOKEN}") == "Bot ***"
    assert one_line(OSError(f"wss://user:{QUOTED}@proxy:443 refused")) == "wss://user:***@proxy:443 refused"
    assert redactor(["", "hunter2hunter2"])("round 3.5 of comity, at 10:15") == "round 3.5 of comity, at 10:15"


def test_as_text_an_event_is_one_line_and_a_traceback_is_set_in(logged: Logged):
    log, said = logged()
    log.warning("proposal_refused", title=FORGED)
    logging.getLogger("discord.client").warning("ignoring %s", FORGED)
    [first, second] = said().splitlines()
    assert "proposal_refused" in first
    assert r"true\n2026" in first
    assert r"ignoring true\n2026" in second
    log.error("incident", exc_info=failure())
    event, *traceback = said().splitlines()
    assert "incident" in event
    assert len(traceback) > 5
    assert all(line.startswith("    ") for line in traceback)


def test_as_json_an_event_is_one_object_on_a_line(logged: Logged):
    log, said = logged("json")
    log.warning("proposal_refused", title=FORGED, at=NotImplemented)
    log.error("incident", exc_info=failure())
    refused, incident = (json.loads(line) for line in said().split("\n")[:-1])
    assert (refused["event"], refused["level"], refused["title"]) == ("proposal_refused", "warning", FORGED)
    assert set(refused) == {"event", "level", "timestamp", "title", "at"}
    assert "ValueError: POST" in incident["exception"]
