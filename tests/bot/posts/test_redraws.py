"""A redraw for many ballots: each message is edited every few seconds at most, and shows the last state in the end."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from services.posts._redraws import OLD, PAUSE, PAUSE_WHEN_OLD
from tests.bot.posts.test_outbox import TITLE, open_round
from tests.end_to_end.conftest import Rehearse
from tests.end_to_end.world import World, text_in

SECOND = timedelta(seconds=1)


class Edits:
    """When each message was edited: by its id, at the council's clock. `slow`: what an edit waits for, if anything."""

    def __init__(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        self.at: dict[int, list[datetime]] = {}
        self.begun, self.slow = asyncio.Event(), asyncio.Event()
        self.slow.set()
        request = world.bot.http.request

        async def noted(route: Any, **options: Any) -> Any:
            if route.method == "PATCH" and "/messages/" in route.url:
                self.at.setdefault(int(route.url.rpartition("/")[2]), []).append(world.clock.now())
                self.begun.set()
                await self.slow.wait()
            return await request(route, **options)

        monkeypatch.setattr(world.bot.http, "request", noted)

    def least_distance(self) -> timedelta:
        return min(
            (later - sooner for instants in self.at.values() for sooner, later in pairwise(instants)),
            default=timedelta.max,
        )


async def voting(world: World, number: int) -> list[Any]:
    await world.found()
    members = world.members(number)
    for member in members:
        await member.slash(world.channel, "seat take")
    await world.propose(members[0], TITLE)
    await open_round(world)
    return members


async def test_a_burst_of_votes_makes_an_edit_every_four_seconds_and_the_last_state_shows(
    rehearse: Rehearse, monkeypatch: pytest.MonkeyPatch
):
    async with rehearse() as world:
        members = await voting(world, 6)
        edits = Edits(world, monkeypatch)
        for second in range(12):
            member = members[second % 6]
            await world.vote(
                member, await world.card(1), ("Prohibited", "Adjustment", "Independent")[(second + second // 6) % 3]
            )
            await world.pass_time(SECOND)
        await world.pass_time(PAUSE)
        assert edits.least_distance() >= PAUSE
        card, message = await world.card(1), await world.round_message()
        assert len(edits.at[card.id]) == len(edits.at[message.id]) == 3, "12 votes in 12 s"
        assert "6/6" in text_in(message)
        assert all(line in text_in(card) for line in ("Independent 2", "Adjustment 2", "Prohibited 2"))


async def test_votes_during_an_edit_wait_for_the_next_one(rehearse: Rehearse, monkeypatch: pytest.MonkeyPatch):
    async with rehearse() as world:
        alice, boris, *_ = await voting(world, 2)
        await world.pass_time(PAUSE)
        edits = Edits(world, monkeypatch)
        await world.vote(alice, await world.card(1), "Prohibited")
        edits.slow.clear()
        drawing = asyncio.create_task(world.bot.run_due())
        await edits.begun.wait()
        [drawn] = edits.at
        await world.vote(boris, await world.card(1), "Prohibited")
        edits.slow.set()
        await drawing
        await world.run_due()
        assert len(edits.at[drawn]) == 1
        await world.pass_time(PAUSE - SECOND)
        assert len(edits.at[drawn]) == 1
        await world.pass_time(SECOND)
        assert len(edits.at[drawn]) == 2
        assert "2/2" in text_in(await world.round_message())


async def test_a_milestone_during_an_edit_is_shown_at_once(rehearse: Rehearse, monkeypatch: pytest.MonkeyPatch):
    async with rehearse() as world:
        alice, *_ = await voting(world, 1)
        await world.pass_time(PAUSE)
        edits = Edits(world, monkeypatch)
        await world.vote(alice, await world.card(1), "Prohibited")
        edits.slow.clear()
        drawing = asyncio.create_task(world.bot.run_due())
        await edits.begun.wait()
        await world.chair.slash(world.channel, "round pause")
        edits.slow.set()
        await drawing
        await world.run_due()
        assert "paused" in text_in(await world.round_message())


async def test_a_message_an_hour_old_is_edited_every_ten_minutes(rehearse: Rehearse, monkeypatch: pytest.MonkeyPatch):
    async with rehearse() as world:
        alice, boris, *_ = await voting(world, 2)
        await world.pass_time(OLD)
        edits = Edits(world, monkeypatch)
        message = await world.round_message()
        await world.vote(alice, message, "Vote")
        for minute in range(12):
            member, position = ((alice, "Adjustment"), (boris, "Prohibited"))[minute % 2]
            await world.vote(member, await world.card(1), position if minute % 4 < 2 else "Independent")
            await world.pass_time(timedelta(minutes=1))
        await world.pass_time(PAUSE_WHEN_OLD)
        assert edits.least_distance() >= PAUSE_WHEN_OLD
        assert set(edits.at) == {message.id}, "an old card waits for a milestone"
        assert "2/2" in text_in(await world.round_message())
