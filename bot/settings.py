"""The program's settings: passed as arguments, and read from the environment or a `.env` file in one place."""

import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any

from platformdirs import user_data_path
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
)
from pydantic_settings import BaseSettings, DotEnvSettingsSource, EnvSettingsSource, NoDecode, SettingsConfigDict
from sqlalchemy.engine import make_url

from services.ports import Shards
from services.privacy import LEAST_DAYS

from .database_urls import async_url

TOKEN = "DISCORD_TOKEN"
LEVELS = ("debug", "info", "warning", "error")
MOST_SHARDS = 1000
"""A shard serves some thousand servers: an operator with more than a million has asked Discord what to do."""
_RANGE = re.compile(r"\s*([0-9]{1,9})\s*(?:-\s*([0-9]{1,9})\s*)?")
OFF = "off"
DEFAULT_METRICS = "127.0.0.1:9464"
JSON = "json"
FORMATS = ("text", JSON)
_HOST = re.compile(r"[\w.:%-]+|\[[\w.:%-]+\]")


class SettingsFault(Exception):
    """Settings that cannot be used: one line for each in `lines`."""

    def __init__(self, lines: tuple[str, ...]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


def _one_of(words: tuple[str, ...]) -> AfterValidator:
    def check(word: str) -> str:
        if word.lower() not in words:
            raise ValueError(f"is none of {', '.join(words)}")
        return word.lower()

    return AfterValidator(check)


def _with_scheme(*schemes: str) -> AfterValidator:
    def check(url: str) -> str:
        if not url.startswith(tuple(f"{scheme}://" for scheme in schemes)):
            raise ValueError(f"must begin with {' or '.join(f'{scheme}://' for scheme in schemes)}")
        return url

    return AfterValidator(check)


def _without_user(url: str) -> str:
    if "@" in url.partition("?")[0]:
        raise ValueError("must hold no user and password: requests to Discord carry the bot's token in their place")
    return url


def _data_folder() -> Path:
    return user_data_path("comity", appauthor=False)


def _default_database() -> str:
    return f"sqlite+aiosqlite:///{_data_folder() / 'comity.db'}"


def _address(given: str) -> str:
    host, _, port = given.rpartition(":")
    if given.lower() == OFF:
        return OFF
    if not _HOST.fullmatch(host) or not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        raise ValueError("is no address: write host:port, such as 127.0.0.1:9464, or off")
    return given


def _token(secret: SecretStr) -> SecretStr:
    token = secret.get_secret_value().strip()
    if not token.isascii() or not token.isprintable() or " " in token:
        raise ValueError("holds characters that no token has: copy it anew")
    return SecretStr(token)


def _shard_ids(given: object) -> object:
    """The numbers that "0-3,6" names, ascending. Raises ValueError, which says what cannot be used."""
    if not isinstance(given, str):
        return given
    ids: list[int] = []
    for part in given.split(","):
        named = _RANGE.fullmatch(part)
        first, last = (int(named[1]), int(named[2] or named[1])) if named else (0, -1)
        if first > last:
            raise ValueError("is no list of shards; write numbers and ranges, such as 0-3,6")
        if last >= MOST_SHARDS:
            raise ValueError(f"names a shard above {MOST_SHARDS - 1}")
        ids += range(first, last + 1)
    twice = next((shard for shard in ids if ids.count(shard) > 1), None)
    if twice is not None:
        raise ValueError(f"names shard {twice} twice")
    return tuple(sorted(ids))


def _shard_count(given: object, info: ValidationInfo) -> object:
    """How many shards there are in all, including those of other processes. Raises ValueError where the shards of this
    process do not fit."""
    ids = info.data.get("shard_ids")
    if given is None:
        if ids is not None:
            raise ValueError("is missing: beside COMITY_SHARD_IDS, say how many shards there are in all")
        return None
    count = int(number) if (number := str(given).strip()).isdecimal() else 0
    if not 1 <= count <= MOST_SHARDS:
        raise ValueError(f"must be a number from 1 to {MOST_SHARDS}")
    if ids and ids[-1] >= count:
        raise ValueError(f"is {count}, but COMITY_SHARD_IDS names shard {ids[-1]}: shards are counted from 0")
    return count


def _days(number: int) -> int:
    if number < LEAST_DAYS:
        raise ValueError(f"must be {LEAST_DAYS} or more, or unset to keep for good who acted")
    return number


class Settings(BaseModel):
    """Everything that an operator may choose. A setting that is None or absent has a default."""

    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True, hide_input_in_errors=True)

    discord_token: Annotated[SecretStr, AfterValidator(_token)] | None = Field(default=None, validation_alias=TOKEN)
    database_url: Annotated[str, AfterValidator(async_url)] = Field(
        default_factory=_default_database, validation_alias="COMITY_DATABASE_URL", repr=False
    )
    log_level: Annotated[str, _one_of(LEVELS)] = Field(default="info", validation_alias="COMITY_LOG_LEVEL")
    log_format: Annotated[str, _one_of(FORMATS)] = Field(default="text", validation_alias="COMITY_LOG_FORMAT")
    discord_api_url: Annotated[str, _with_scheme("http", "https"), AfterValidator(_without_user)] | None = Field(
        default=None, validation_alias="COMITY_DISCORD_API_URL", repr=False
    )
    discord_gateway_url: Annotated[str, _with_scheme("ws", "wss")] | None = Field(
        default=None, validation_alias="COMITY_DISCORD_GATEWAY_URL", repr=False
    )
    shard_ids: Annotated[tuple[int, ...] | None, NoDecode, BeforeValidator(_shard_ids)] = Field(
        default=None, validation_alias="COMITY_SHARD_IDS"
    )
    shard_count: Annotated[int | None, BeforeValidator(_shard_count)] = Field(
        default=None, validate_default=True, validation_alias="COMITY_SHARD_COUNT"
    )
    backups: str | None = Field(default=None, validation_alias="COMITY_BACKUPS")
    backups_kept: int = Field(default=7, ge=1, le=1000, validation_alias="COMITY_BACKUPS_KEPT")
    metrics: Annotated[str, AfterValidator(_address)] | None = Field(default=None, validation_alias="COMITY_METRICS")
    retention_days: Annotated[int, AfterValidator(_days)] | None = Field(
        default=None, validation_alias="COMITY_RETENTION_DAYS"
    )

    @property
    def metrics_address(self) -> tuple[str, int] | None:
        """Host and port where health and metrics are served; None where they are not."""
        if self.metrics == OFF:
            return None
        host, _, port = (self.metrics or DEFAULT_METRICS).rpartition(":")
        return host.strip("[]"), int(port)

    @property
    def in_a_file(self) -> bool:
        """Whether the database is SQLite, which the bot itself maintains."""
        return make_url(self.database_url).get_backend_name() == "sqlite"

    @property
    def backups_on(self) -> bool:
        """Whether the bot itself makes daily backups: of SQLite, unless they are turned off."""
        return self.backups != OFF and self.in_a_file

    @property
    def backup_folder(self) -> Path:
        """Where backups without a given name are written: by default the folder `backups` beside the database file."""
        if self.backups not in (None, OFF):
            return Path(str(self.backups))
        parts = make_url(self.database_url)
        data = Path(str(parts.database)).parent if self.in_a_file else _data_folder()
        return data / "backups"

    @property
    def shards(self) -> Shards | None:
        """The shards of this process; None where one connection serves every server."""
        if self.shard_count is None:
            return None
        return Shards(ids=self.shard_ids or tuple(range(self.shard_count)), count=self.shard_count)


class _Environment(BaseSettings, Settings):  # pyright: ignore[reportIncompatibleVariableOverride]
    """The same, filled from the environment and `.env`; an empty variable counts as unset."""

    model_config = SettingsConfigDict(
        frozen=True,
        extra="ignore",
        populate_by_name=True,
        hide_input_in_errors=True,
        env_ignore_empty=True,
        case_sensitive=False,
    )


def read_settings(*, env_file: Path | None = Path(".env"), **chosen: Any) -> Settings:
    """The settings from the environment, else from `env_file`; `chosen` (by field) overrides both.

    Raises SettingsFault, a line for each variable that cannot be used.
    """
    try:
        found = _Environment(_env_file=env_file)  # pyright: ignore[reportCallIssue]
        return Settings(**{**found.model_dump(), **chosen})
    except ValidationError as error:
        raise SettingsFault(tuple(_line(each) for each in error.errors())) from None
    except UnicodeDecodeError:
        raise SettingsFault((f"{env_file} is not UTF-8 text: save it as UTF-8",)) from None


def typed(*, env_file: Path = Path(".env")) -> tuple[tuple[str, str], ...]:
    """The variables for settings in the environment and `env_file`, with what was typed there, valid or not."""
    variables = {str(field.validation_alias) for field in Settings.model_fields.values()}
    sources: list[EnvSettingsSource] = [EnvSettingsSource(_Environment)]
    with suppress(OSError, UnicodeDecodeError):
        sources.append(DotEnvSettingsSource(_Environment, env_file=env_file))
    found = [(name.upper(), text) for source in sources for name, text in source.env_vars.items()]
    return tuple((name, text) for name, text in found if name in variables and text)


def _line(error: Mapping[str, Any]) -> str:
    name = str(error["loc"][0])
    field = Settings.model_fields.get(name)
    variable = str(field.validation_alias) if field else name
    cause = error.get("ctx", {}).get("error")
    # Never the value itself, which may contain a token or a password.
    return f"{variable} {cause if isinstance(cause, ValueError) else error['msg']}"
