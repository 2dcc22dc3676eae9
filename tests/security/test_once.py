"""What a gateway that resumes delivers again is not done again."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from cogs.custom_ids.issues import ProposalForm
from cogs.interactions.once import Once
from tests.security.access import State
from tests.security.assembly import CHAIR, HALL, SEATED, dump
from tests.security.conftest import Assemble
from tests.security.harness import RestoringHarness

AT_ONCE, LATER = "at once", "later"


def _one(harness: RestoringHarness, query: str) -> object:
    with closing(sqlite3.connect(harness.assembly.file)) as connection:
        return connection.execute(query).fetchone()[0]


@pytest.mark.parametrize("when", [AT_ONCE, LATER])
async def test_a_round_is_extended_once(assemble: Assemble, when: str):
    async with assemble() as harness:
        harness.put_back(State.VOTING)
        wire = harness.wire
        wire.deliveries = 2 if when == AT_ONCE else 1
        deadline = "SELECT julianday(closes_at) * 24 FROM rounds ORDER BY id LIMIT 1"
        before = _one(harness, deadline)
        answer = await wire.command(CHAIR, HALL, "round extend", by="1h")
        assert answer.acknowledged
        if when == LATER:
            assert not (await wire.deliver_again()).acknowledged
        assert isinstance(before, float)
        assert _one(harness, deadline) == pytest.approx(before + 1, abs=0.01)


@pytest.mark.parametrize("when", [AT_ONCE, LATER])
async def test_a_sent_form_and_a_tap_are_answered_once(assemble: Assemble, when: str):
    async with assemble() as harness:
        harness.put_back(State.VOTING)
        wire, assembly = harness.wire, harness.assembly
        wire.deliveries = 2 if when == AT_ONCE else 1
        proposed = await wire.submit(
            SEATED, HALL, str(ProposalForm(council=assembly.council)), {"title": "Twice heard", "action": "Hear once."}
        )
        if when == LATER:
            assert not (await wire.deliver_again()).acknowledged
        assert "Twice heard" in proposed.text
        assert _one(harness, "SELECT count(*) FROM issue_versions WHERE title = 'Twice heard'") == 1

        ballot = f"cmt:1:ballot:{assembly.round}:{assembly.issue(1)}:1:prohibited"
        assert (await wire.tap(SEATED, HALL, ballot)).acknowledged
        after = dump(assembly.file)
        if when == LATER:
            assert not (await wire.deliver_again()).acknowledged
        assert dump(assembly.file) == after
        assert (await wire.tap(SEATED, HALL, ballot)).acknowledged, "a second tap is another interaction"


def test_ids_are_remembered_long_enough_and_not_for_ever():
    once = Once(most=100)
    assert [once.is_new(number) for number in range(100)] == [True] * 100
    assert not any(once.is_new(number) for number in range(100)), "as many as it is to remember, and more"
    for number in range(100, 1000):
        assert once.is_new(number)
        assert not once.is_new(number - 99)
    assert len(once._recent) + len(once._earlier) <= 200
    assert once.is_new(1), "forgotten"
