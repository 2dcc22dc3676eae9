"""However many ask whether the database takes writes, and however often, it is tried once in a while."""

from __future__ import annotations

import asyncio

import pytest

from bot.health import probing
from bot.health.probing import Probe
from storage import DatabaseUnusable


class Attempts:
    """What a probe tries: fails or is held up where the test says so."""

    def __init__(self) -> None:
        self.made = 0
        self.failure: Exception | None = None
        self.free = asyncio.Event()
        self.free.set()

    async def __call__(self) -> None:
        self.made += 1
        await self.free.wait()
        if self.failure is not None:
            raise self.failure


async def test_all_who_ask_at_once_share_one_try():
    attempts = Attempts()
    probe = Probe(attempts)
    assert await asyncio.gather(*(probe.found() for _ in range(50))) == ["ok"] * 50
    assert attempts.made == 1


async def test_for_a_while_everybody_is_told_what_the_last_try_found(monkeypatch: pytest.MonkeyPatch):
    attempts = Attempts()
    probe = Probe(attempts)
    attempts.failure = DatabaseUnusable(database="db", reason="disk full")
    assert await probe.found() == "database_unusable"
    attempts.failure = None
    assert [await probe.found() for _ in range(50)] == ["database_unusable"] * 50
    assert attempts.made == 1
    monkeypatch.setattr(probing, "REST", 0)
    assert await probe.found() == "ok"
    assert attempts.made == 2


async def test_a_try_that_hangs_is_no_answer_and_the_only_one_under_way(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(probing, "PATIENCE", 0)
    attempts = Attempts()
    attempts.free.clear()
    probe = Probe(attempts)
    for _ in range(5):
        assert await probe.found() == "no answer within 0 seconds"
    assert attempts.made == 1
    monkeypatch.setattr(probing, "PATIENCE", 60)
    attempts.free.set()
    assert await probe.found() == "ok"
    assert attempts.made == 1


async def test_whoever_asks_may_give_up_and_the_others_are_told():
    attempts = Attempts()
    attempts.free.clear()
    probe = Probe(attempts)
    impatient, patient = asyncio.create_task(probe.found()), asyncio.create_task(probe.found())
    await asyncio.sleep(0)
    impatient.cancel()
    await asyncio.sleep(0)
    attempts.free.set()
    assert await patient == "ok"
    assert impatient.cancelled()
    assert attempts.made == 1


async def test_a_defect_of_ours_is_raised_and_the_next_try_is_a_new_one():
    attempts = Attempts()
    probe = Probe(attempts)
    attempts.failure = KeyError("a defect")
    with pytest.raises(KeyError):
        await probe.found()
    attempts.failure = None
    assert await probe.found() == "ok"


async def test_a_try_under_way_ends_with_the_program():
    attempts = Attempts()
    attempts.free.clear()
    probe = Probe(attempts)
    asking = asyncio.create_task(probe.found())
    while not attempts.made:  # noqa: ASYNC110 - nothing tells of it
        await asyncio.sleep(0)
    probe.stop()
    with pytest.raises(asyncio.CancelledError):
        await asking
