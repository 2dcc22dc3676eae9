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
from deliberation.rulings import RulingCode
from rehearsal.agenda import load_agenda
from rehearsal.demonstrations import ASSEMBLY, SECURITY, UNION
from rehearsal.stage import Stage, stage

DEBATED = ("torture", "migration", "emissions")
"""Enough of the agenda: what nearly all want, what divides them, and what is proposed between two rounds."""
TODAY = datetime(2026, 5, 1, 9, 30, tzinfo=UTC)


async def until_round_ends(set_up: Stage, number: int) -> Any:
    """Let time pass until that round is closed; its result."""
    rounds = set_up.bot.context.services.rounds
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
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'comity.db'}")
    whole = load_agenda(ASSEMBLY.key)
    agenda = replace(whole, items=tuple(item for item in whole.items if item.key in DEBATED))
    async with stage(settings, agenda=agenda, seed=7, today=TODAY) as set_up:
        opening = await set_up.bot.context.services.rounds.status(set_up.world.place)
        assert opening is not None
        assert opening.round.opened_at - TODAY < timedelta(minutes=1)

        first = await until_round_ends(set_up, 1)
        second = await until_round_ends(set_up, 2)

        for result in (first, second):
            assert {cast(line) for line in result.lines} == {len(ASSEMBLY.players)}
        assert categories(first)["Torturing prisoners"] is Category.ADJUSTMENT
        assert categories(second)["Torturing prisoners"] is Category.PROHIBITED
        assert categories(second)["Closing the border to migrants"] is Category.INDEPENDENT
        assert "Emitting greenhouse gases without limit" in categories(second), "proposed between the rounds"

        said = [text_of(message.components) for message in set_up.world.channel.history()]
        assert any("Torturing prisoners" in text and "of 10 voting seats put it at prohibited" in text for text in said)
        assert set_up.env.errors == []
        assert (await set_up.bot.context.services.audit.verify()).sound
    assert [record for record in caplog.records if record.levelname in ("ERROR", "CRITICAL")] == []


async def test_in_the_security_council_one_veto_falls_and_is_named(tmp_path: Path):
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'comity.db'}")
    async with stage(settings, shown=SECURITY, seed=7, today=TODAY) as set_up:
        result = await until_round_ends(set_up, 1)

        rulings = {line.entry.title: line.ruling for line in result.lines}
        assert rulings["Attacking convoys that carry aid"].code is RulingCode.PROMOTED
        assert rulings["Arming a party to a war under embargo"].code is RulingCode.VETOED
        assert rulings["Sanctions that this Council did not decide"].tally.entitled.seats == 15
        said = [text_of(message.components) for message in set_up.world.channel.history()]
        assert any("Result of round 1" in text and "Russia" in text for text in said)
        assert set_up.env.errors == []


async def test_in_the_union_a_majority_of_the_states_does_not_suffice_without_that_of_the_people(tmp_path: Path):
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'comity.db'}")
    async with stage(settings, shown=UNION, seed=7, today=TODAY) as set_up:
        first = await until_round_ends(set_up, 1)
        second = await until_round_ends(set_up, 2)

        assert set(categories(first).values()) == {Category.ADJUSTMENT}
        borders = next(line.ruling for line in second.lines if line.entry.title == "Checks at borders between members")
        assert borders.test is not None
        assert [figure.holds for figure in borders.test.criteria] == [True, False], "states, but not people"
        assert categories(second)["Checks at borders between members"] is Category.ADJUSTMENT
        assert categories(second)["Tax rulings kept from other members"] is Category.PROHIBITED
        assert set_up.env.errors == []


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
