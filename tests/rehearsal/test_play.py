"""The rehearsal without its page: rounds run one after the other, everybody votes, and an issue climbs to the top."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.settings import Settings
from deliberation.categories import Category
from rehearsal.agenda import load_agenda
from rehearsal.stage import Stage, stage
from rehearsal.world import PLAYERS

DEBATED = ("torture", "migration", "emissions")
"""Enough of the agenda: what nearly all want, what divides them, and what is proposed between two rounds."""
TODAY = datetime(2026, 5, 1, 9, 30, tzinfo=UTC)


async def until_round_ends(set_up: Stage, number: int) -> Any:
    """Let time pass until that round is closed; its result."""
    rounds = set_up.bot.desk.services.rounds
    status = await rounds.status(set_up.world.place)
    while status is None or status.round.number < number:
        await set_up.advance(timedelta(seconds=15))
        status = await rounds.status(set_up.world.place)
    while await rounds.status(set_up.world.place) is not None:
        await set_up.advance(timedelta(seconds=15))
    return await rounds.result(status.round.id)


async def test_rounds_run_by_themselves_and_an_issue_becomes_prohibited(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'comity.db'}", heartbeat=tmp_path / "heartbeat")
    whole = load_agenda()
    agenda = replace(whole, items=tuple(item for item in whole.items if item.key in DEBATED))
    async with stage(settings, agenda=agenda, seed=7, today=TODAY) as set_up:
        opening = await set_up.bot.desk.services.rounds.status(set_up.world.place)
        assert opening is not None
        assert opening.round.opened_at - TODAY < timedelta(minutes=1)

        first = await until_round_ends(set_up, 1)
        second = await until_round_ends(set_up, 2)

        for result in (first, second):
            assert {cast(line) for line in result.lines} == {len(PLAYERS)}
        assert categories(first)["Torturing prisoners"] is Category.ADJUSTMENT
        assert categories(second)["Torturing prisoners"] is Category.PROHIBITED
        assert categories(second)["Closing the border to migrants"] is Category.INDEPENDENT
        assert "Emitting greenhouse gases without limit" in categories(second), "proposed between the rounds"

        said = [text_of(message.components) for message in set_up.world.channel.history()]
        assert any("Torturing prisoners" in text and "of 10 voting seats put it at prohibited" in text for text in said)
        assert set_up.env.errors == []
        assert (await set_up.bot.desk.services.audit.verify()).sound
    assert [record for record in caplog.records if record.levelname in ("ERROR", "CRITICAL")] == []


def cast(line: Any) -> int:
    """How many seats cast a ballot on a result's issue."""
    return sum(count.seats for count in line.ruling.tally.counts.values())


def categories(result: Any) -> dict[str, Category]:
    """Where each issue of a result stands after it."""
    return {line.entry.title: line.ruling.after.category for line in result.lines}


def text_of(components: Iterable[Any]) -> str:
    """Everything that a message says, as raw Markdown."""
    found = []
    for part in components:
        raw = part if isinstance(part, Mapping) else part.to_dict()
        found.append(str(raw.get("content", "")))
        found.append(text_of(raw.get("components", ())))
    return "\n".join(found)
