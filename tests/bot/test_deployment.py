"""What an operator is given to start Comity with: only settings and commands that there are, images that stay."""

from __future__ import annotations

import re

import pytest

from bot import command_line
from bot.ending import LIMIT
from bot.settings import Settings
from tests.conftest import ROOT

COMPOSE = (ROOT / "compose.yaml").read_text()
DOCKERFILE = (ROOT / "Dockerfile").read_text()
DEPLOYING = (ROOT / "docs" / "deploying.md").read_text()
EXAMPLE = (ROOT / ".env.example").read_text()
SETTINGS = {str(field.validation_alias) for field in Settings.model_fields.values()}
OURS = re.compile(r"\b(?:COMITY_[A-Z_]+|DISCORD_TOKEN)\b")


def services() -> dict[str, str]:
    """The text of each service of compose.yaml."""
    body = COMPOSE.partition("\nservices:\n")[2].partition("\nvolumes:\n")[0]
    parts = re.split(r"^  ([a-z0-9-]+):$", body, flags=re.MULTILINE)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


@pytest.mark.parametrize("text", [COMPOSE, DOCKERFILE, DEPLOYING, EXAMPLE], ids=["compose", "image", "page", "example"])
def test_every_variable_that_is_named_is_a_setting(text: str):
    assert set(OURS.findall(text)) <= SETTINGS


def test_the_composed_processes_have_every_shard_once_between_them():
    [count] = re.findall(r'COMITY_SHARD_COUNT: "(\d+)"', COMPOSE)
    named = [ids for text in services().values() for ids in re.findall(r'COMITY_SHARD_IDS: "([^"]+)"', text)]
    shards = [Settings(shard_ids=ids, shard_count=int(count)).shards for ids in named]  # pyright: ignore[reportArgumentType]
    assert sorted(shard for part in shards if part is not None for shard in part.ids) == list(range(int(count)))
    assert len(named) == 2


def test_the_composed_database_is_reached_from_within_alone():
    assert "ports:" not in COMPOSE
    assert "database" in services()


def test_images_are_those_of_a_major_version():
    images = re.findall(r"image: (\S+)|^FROM (\S+)", COMPOSE + DOCKERFILE, flags=re.MULTILINE)
    foreign = [one or other for one, other in images if (one or other) != "comity"]
    assert foreign
    assert all(re.fullmatch(r"[a-z]+:\d[\w.-]*", image) for image in foreign)


def test_whoever_stops_it_waits_until_it_has_ended():
    waits = [
        *re.findall(r"stop_grace_period: (\d+)s", COMPOSE),
        *re.findall(r"--stop-timeout (\d+)", DEPLOYING),
        *re.findall(r"TimeoutStopSec=(\d+)", DEPLOYING),
    ]
    assert len(waits) == 4
    assert all(int(seconds) > LIMIT.total_seconds() for seconds in waits)


def test_every_command_that_is_started_exists():
    known = {
        command.name or command.callback.__name__
        for command in command_line.app.registered_commands
        if command.callback
    }
    started = re.findall(r'CMD \["comity", "(\w+)"\]', DOCKERFILE) + re.findall(
        r"test: \[CMD, comity, (\w+)\]", COMPOSE
    )
    started += re.findall(r"(?:bin/comity|exec comity comity|exec comity-1 comity) (\w+)", DEPLOYING)
    assert len(started) >= 6
    assert set(started) <= known
