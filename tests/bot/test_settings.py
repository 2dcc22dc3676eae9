"""What an operator may write into the environment or `.env`, and what is answered to what cannot be used."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.database_urls import async_url
from bot.faults import shown_url
from bot.settings import SettingsFault, read_settings
from services.ports import Shards

TOKEN = "a-token-that-nobody-may-see"


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No settings but those that the test makes."""
    for name in ("DISCORD_TOKEN", "COMITY_DATABASE_URL", "COMITY_LOG_LEVEL", "COMITY_METRICS"):
        monkeypatch.delenv(name, raising=False)
    names = ("COMITY_DISCORD_API_URL", "COMITY_DISCORD_GATEWAY_URL", "COMITY_SHARD_IDS", "COMITY_SHARD_COUNT")
    for name in (*names, "COMITY_BACKUPS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def test_without_any_setting_the_database_is_a_file_in_the_users_data_folder():
    settings = read_settings()
    assert settings.discord_token is None
    assert settings.database_url.startswith("sqlite+aiosqlite:///")
    assert settings.database_url.endswith("comity.db")


def test_the_environment_goes_before_the_file(monkeypatch: pytest.MonkeyPatch):
    Path(".env").write_text("COMITY_LOG_LEVEL=debug\nDISCORD_TOKEN=from-the-file\nSOMEBODY_ELSES=1\n")
    monkeypatch.setenv("COMITY_LOG_LEVEL", "WARNING")
    settings = read_settings()
    assert settings.log_level == "warning"
    assert settings.discord_token is not None
    assert settings.discord_token.get_secret_value() == "from-the-file"


def test_a_variable_set_to_nothing_counts_as_unset(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DISCORD_TOKEN", "")
    assert read_settings().discord_token is None


def test_the_token_is_never_shown(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DISCORD_TOKEN", f" {TOKEN}\n")
    settings = read_settings()
    assert TOKEN not in repr(settings)
    assert settings.discord_token is not None
    assert settings.discord_token.get_secret_value() == TOKEN


def test_every_setting_that_cannot_be_used_gets_a_line(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DISCORD_TOKEN", "söme token")
    monkeypatch.setenv("COMITY_DATABASE_URL", "mysql://root:hunter2@db/comity")
    monkeypatch.setenv("COMITY_LOG_LEVEL", "loud")
    monkeypatch.setenv("COMITY_DISCORD_API_URL", "proxy:8080")
    monkeypatch.setenv("COMITY_METRICS", "9464")
    monkeypatch.setenv("COMITY_RETENTION_DAYS", "7")
    with pytest.raises(SettingsFault) as caught:
        read_settings()
    assert sorted(caught.value.lines) == [
        "COMITY_DATABASE_URL names a database that Comity does not know; use sqlite:/// or postgresql://",
        "COMITY_DISCORD_API_URL must begin with http:// or https://",
        "COMITY_LOG_LEVEL is none of debug, info, warning, error",
        "COMITY_METRICS is no address: write host:port, such as 127.0.0.1:9464, or off",
        "COMITY_RETENTION_DAYS must be 30 or more, or unset to keep for good who acted",
        "DISCORD_TOKEN holds characters that no token has: copy it anew",
    ]


@pytest.mark.parametrize(
    ("ids", "count", "shards"),
    [
        ("", "", None),
        ("0", "1", Shards(ids=(0,), count=1)),
        ("1,0", "4", Shards(ids=(0, 1), count=4)),
        (" 0 - 3, 6 ", " 7 ", Shards(ids=(0, 1, 2, 3, 6), count=7)),
        ("", "3", Shards(ids=(0, 1, 2), count=3)),
    ],
)
def test_the_shards_of_a_process(monkeypatch: pytest.MonkeyPatch, ids: str, count: str, shards: Shards | None):
    monkeypatch.setenv("COMITY_SHARD_IDS", ids)
    monkeypatch.setenv("COMITY_SHARD_COUNT", count)
    assert read_settings().shards == shards


UNREADABLE = "COMITY_SHARD_IDS is no list of shards; write numbers and ranges, such as 0-3,6"
NO_NUMBER = "COMITY_SHARD_COUNT must be a number from 1 to 1000"


@pytest.mark.parametrize(
    ("ids", "count", "told"),
    [
        (",", "4", UNREADABLE),
        ("3-0", "4", UNREADABLE),
        ("one", "4", UNREADABLE),
        ("-1", "4", UNREADABLE),
        ("0,1-2,1", "4", "COMITY_SHARD_IDS names shard 1 twice"),
        ("0-999999999", "4", "COMITY_SHARD_IDS names a shard above 999"),
        ("0", "", "COMITY_SHARD_COUNT is missing: beside COMITY_SHARD_IDS, say how many shards there are in all"),
        ("0-4", "4", "COMITY_SHARD_COUNT is 4, but COMITY_SHARD_IDS names shard 4: shards are counted from 0"),
        ("", "0", NO_NUMBER),
        ("0", "1001", NO_NUMBER),
        ("0", "two", NO_NUMBER),
        ("0", "-2", NO_NUMBER),
    ],
)
def test_shards_that_cannot_be_get_a_line(monkeypatch: pytest.MonkeyPatch, ids: str, count: str, told: str):
    monkeypatch.setenv("COMITY_SHARD_IDS", ids)
    monkeypatch.setenv("COMITY_SHARD_COUNT", count)
    with pytest.raises(SettingsFault) as caught:
        read_settings()
    assert caught.value.lines == (told,)


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("sqlite:///comity.db", "sqlite+aiosqlite:///comity.db"),
        ("sqlite+aiosqlite:////data/comity.db", "sqlite+aiosqlite:////data/comity.db"),
        ("postgresql://me:pass@db/comity", "postgresql+asyncpg://me:pass@db/comity"),
        ("postgres://me:pass@db/comity", "postgresql+asyncpg://me:pass@db/comity"),
        ("postgresql://db/comity?sslmode=require", "postgresql+asyncpg://db/comity?ssl=require"),
    ],
)
def test_a_database_url_gets_the_driver_that_the_bot_uses(given: str, used: str):
    assert async_url(given) == used


@pytest.mark.parametrize("given", ["comity.db", "postgresql+psycopg2://db/comity", "postgresql://db:port/comity"])
def test_an_unusable_database_url_says_what_to_write(given: str):
    with pytest.raises(ValueError, match=r"sqlite:///|postgresql\+asyncpg://"):
        async_url(given)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("postgresql://me:pa@ss:word@db/comity", "in a password write %40 for @"),
        ("postgresql://db/comity?connect_timeout=7", "has a parameter after the ? that Comity does not take"),
        ("postgresql://db/comity?prepared_statement_cache_size=many", "cannot be used"),
        ("sqlite://me:pass@host/comity.db", "cannot be used"),
        ("sqlite:///comity.db?mode=ro", "takes none"),
    ],
)
def test_what_only_the_driver_would_have_refused_is_refused_at_the_start(given: str, told: str):
    with pytest.raises(ValueError, match=re.escape(told)):
        async_url(given)


def test_daily_backups_go_beside_the_sqlite_file_unless_told_otherwise(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("COMITY_DATABASE_URL", "sqlite:////data/comity.db")
    assert (read_settings().backups_on, read_settings().backup_folder) == (True, Path("/data/backups"))
    monkeypatch.setenv("COMITY_BACKUPS", "/safe")
    assert (read_settings().backups_on, read_settings().backup_folder) == (True, Path("/safe"))
    monkeypatch.setenv("COMITY_BACKUPS", "off")
    assert (read_settings().backups_on, read_settings().backup_folder) == (False, Path("/data/backups"))
    monkeypatch.setenv("COMITY_DATABASE_URL", "postgresql://db/comity")
    monkeypatch.setenv("COMITY_BACKUPS", "/safe")
    assert not read_settings().backups_on, "PostgreSQL has better means than the bot"
    monkeypatch.setenv("COMITY_BACKUPS_KEPT", "0")
    with pytest.raises(SettingsFault, match="COMITY_BACKUPS_KEPT"):
        read_settings()


@pytest.mark.parametrize(
    ("given", "address"),
    [("", ("127.0.0.1", 9464)), ("0.0.0.0:80", ("0.0.0.0", 80)), ("[::1]:9000", ("::1", 9000)), ("off", None)],  # noqa: S104
)
def test_metrics_are_served_on_loopback_unless_told_otherwise(
    monkeypatch: pytest.MonkeyPatch, given: str, address: tuple[str, int] | None
):
    monkeypatch.setenv("COMITY_METRICS", given)
    assert read_settings().metrics_address == address


def test_a_database_is_named_without_its_password():
    assert shown_url("postgresql+asyncpg://me:hunter2@db/comity") == "postgresql+asyncpg://me:***@db/comity"
    asked = "postgresql+asyncpg://me@/comity?host=%2Ftmp&password=hunter2&passfile=hunter3"
    assert shown_url(asked) == "postgresql+asyncpg://me@/comity?host=%2Ftmp"
    assert shown_url("sqlite+aiosqlite:////data/comity.db") == "/data/comity.db"
