"""What the gateway sends and discord.py cannot read is logged without its payload, and the next vote is answered."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from typing import Any

import pytest
from discord.backoff import ExponentialBackoff

from bench.discord import StandIn
from bot.client import Comity
from bot.health.monitoring import Monitor
from bot.scheduler import Scheduler
from tests.bot.connection.test_sharding import CHANNELS, GUILDS, Gate, connecting, helped
from tests.bot.loopback import GUILD, Served, served
from tests.bot.unreadable import (
    ANEW,
    GREETINGS,
    HARMLESS,
    LOST,
    READ_AFTER_ALL,
    READIES,
    RESUMED_BY_ITSELF,
    SECRET,
    UNREADABLE,
    changed,
    filled,
    without,
)

__all__ = ["served"]


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    async def at_once(*_: Any, **__: Any) -> None:
        pass

    monkeypatch.setattr(ExponentialBackoff, "delay", lambda _: 0)
    monkeypatch.setattr(Comity, "before_identify_hook", at_once)


@pytest.fixture(autouse=True)
async def nothing_said(caplog: pytest.LogCaptureFixture, request: pytest.FixtureRequest) -> AsyncIterator[None]:
    """Whatever a test sends, no log holds the payload."""
    with caplog.at_level(logging.WARNING):
        yield
    assert SECRET not in caplog.text


def unreadable(served: Served, happened: str = "gateway_event_unreadable") -> list[Any]:
    assert SECRET not in str(served.log)
    return [entry for entry in served.log if entry["event"] == happened]


async def votes(served: Served) -> None:
    """The next vote is answered, and so is the one after it."""
    async with asyncio.timeout(20):
        for position in ("adjustment", "prohibited"):
            assert "recorded" in await served.answered(position)
    assert not served.connection.done()


@pytest.mark.parametrize("kind", sorted({event for event, _ in UNREADABLE}))
async def test_an_event_that_cannot_be_read_is_a_line_in_the_log_and_the_next_vote_is_answered(
    served: Served, kind: str
):
    sent = [data for event, data in UNREADABLE if event == kind]
    for number, data in enumerate(sent, start=1):
        await served.discord.session_of(GUILD).send(kind, data)
        await votes(served)
        told = unreadable(served)
        assert len(told) == number, data
        assert told[-1]["event_type"] == kind
        assert len(told[-1]["incident"]) == 8
    assert served.discord.identified.qsize() == 1, "on one connection"


async def test_an_event_that_is_strange_and_can_be_read_ends_nothing(served: Served):
    for event, data in READ_AFTER_ALL:
        await served.discord.session_of(GUILD).send(event, data)
        await votes(served)
    assert served.discord.identified.qsize() == 1, "on one connection"


async def test_what_means_nothing_changes_nothing(served: Served):
    session = served.discord.session_of(GUILD)
    for frame in HARMLESS:
        await session.socket.send_str(filled(frame))
        await votes(served)
    assert SECRET not in str(served.log)
    assert served.discord.identified.qsize() == 1
    # Nor is what it does to the numbering remembered: the session can be resumed.
    await session.socket.close(code=4000)
    assert await served.discord.resumed.get() == 0
    await votes(served)


@pytest.mark.parametrize("frame", LOST.values(), ids=LOST)
async def test_a_connection_of_which_nothing_can_be_read_is_given_up_and_the_session_resumed(
    served: Served, frame: str | bytes
):
    session = served.discord.session_of(GUILD)
    await (session.socket.send_bytes(frame) if isinstance(frame, bytes) else session.socket.send_str(frame))
    async with asyncio.timeout(20):
        assert await served.discord.resumed.get() == 0
    await votes(served)
    [told] = unreadable(served, "gateway_connection_unreadable")
    assert len(told["incident"]) == 8


@pytest.mark.parametrize("frame", RESUMED_BY_ITSELF.values(), ids=RESUMED_BY_ITSELF)
async def test_what_asks_for_another_connection_is_followed_whatever_else_it_says(served: Served, frame: str):
    await served.discord.session_of(GUILD).socket.send_str(frame)
    async with asyncio.timeout(20):
        assert await served.discord.resumed.get() == 0
    await votes(served)


@pytest.mark.parametrize("frame", ANEW.values(), ids=ANEW)
async def test_a_session_that_ended_is_begun_anew_whatever_else_that_says(served: Served, frame: str):
    await served.discord.identified.get()
    await served.discord.session_of(GUILD).socket.send_str(frame)
    async with asyncio.timeout(20):
        assert await served.discord.identified.get() == 0
    await votes(served)


async def test_greetings_that_cannot_be_read_are_waited_out(served: Served):
    await served.discord.identified.get()
    served.discord.greetings += GREETINGS
    await served.discord.session_of(GUILD).socket.close(code=4000)
    async with asyncio.timeout(20):
        # Where the same comes again, nothing is resumed any more.
        assert await served.discord.identified.get() == 0
    await votes(served)
    assert len(unreadable(served, "gateway_connection_unreadable")) == len(GREETINGS)


async def test_a_session_whose_beginning_cannot_be_read_is_begun_anew(served: Served):
    await served.discord.identified.get()
    served.discord.readies += READIES.values()
    await served.discord.session_of(GUILD).socket.send_str('{"op":9,"d":false}')
    async with asyncio.timeout(20):
        for _ in range(len(READIES) + 1):
            await served.discord.identified.get()
    await votes(served)
    assert len(unreadable(served, "gateway_connection_unreadable")) == len(READIES)
    assert served.bot.user is not None


@pytest.mark.parametrize("address", ["", "nonsense", "http://127.0.0.1:1/", "ws://"])
async def test_a_session_whose_address_is_none_is_resumed_where_it_was_begun(served: Served, address: str):
    await served.discord.identified.get()
    served.discord.readies.append(changed(resume_gateway_url=address))
    await served.discord.session_of(GUILD).socket.send_str('{"op":9,"d":false}')
    async with asyncio.timeout(20):
        await served.discord.identified.get()
        await votes(served)
        await served.discord.session_of(GUILD).socket.close(code=4000)
        assert await served.discord.resumed.get() == 0
    await votes(served)


async def test_between_two_tries_it_waits_longer_and_longer_and_health_says_that_it_is_away(
    served: Served, monkeypatch: pytest.MonkeyPatch
):
    waited: list[int] = []
    monitor = Monitor(served.bot, Scheduler(served.bot))
    away: list[str] = []

    def delay(backoff: ExponentialBackoff[Any]) -> float:
        waited.append(id(backoff))
        away.append(monitor._gateway())
        return 0

    monkeypatch.setattr(ExponentialBackoff, "delay", delay)
    served.discord.greetings += ["null"] * 5
    await served.discord.session_of(GUILD).socket.send_str("null")
    await served.discord.identified.get()
    async with asyncio.timeout(20):
        await served.discord.identified.get()
    await votes(served)
    assert len(waited) == 6
    assert len(set(waited)) == 1, "one and the same pause that grows"
    assert away[1:] == ["1 connections lost"] * 5
    assert monitor._gateway() == "ok"


@pytest.mark.parametrize("frame", [SECRET, '{"op":10,"d":null}'])
async def test_of_several_shards_one_gives_its_connection_up_and_the_other_answers(
    sqlite_head_url: str, monkeypatch: pytest.MonkeyPatch, frame: str
):
    gate = Gate()
    gate.let_pass(9)
    async with connecting(sqlite_head_url, gate, monkeypatch, processes=[(0, 1)]) as (discord, [bot]):
        assert {await discord.identified.get(), await discord.identified.get()} == {0, 1}
        await discord.sessions[0].socket.send_str(frame)
        assert await discord.resumed.get() == 0
        await both_answer(discord, bot)


async def test_with_shards_an_event_that_cannot_be_read_is_left_out(
    sqlite_head_url: str, monkeypatch: pytest.MonkeyPatch
):
    gate = Gate()
    gate.let_pass(2)
    async with connecting(sqlite_head_url, gate, monkeypatch, processes=[(0, 1)]) as (discord, [bot]):
        assert {await discord.identified.get(), await discord.identified.get()} == {0, 1}
        for event, data in UNREADABLE:
            await discord.sessions[0].send(event, data)
        await both_answer(discord, bot)
        assert discord.identified.empty()
        assert discord.resumed.empty()


async def test_with_shards_a_session_whose_beginning_cannot_be_read_is_begun_anew(
    sqlite_head_url: str, monkeypatch: pytest.MonkeyPatch
):
    gate = Gate()
    gate.let_pass(2)
    async with connecting(sqlite_head_url, gate, monkeypatch, processes=[(0, 1)]) as (discord, [bot]):
        assert {await discord.identified.get(), await discord.identified.get()} == {0, 1}
        readies = [*READIES.values(), without("shard"), changed(shard=None)]
        discord.readies += readies
        discord.greetings += GREETINGS
        gate.let_pass(len(readies) + 1)
        await discord.sessions[0].socket.send_str('{"op":9,"d":false}')
        for _ in range(len(readies) + 1):
            assert await discord.identified.get() == 0
        await both_answer(discord, bot)


async def both_answer(discord: StandIn, bot: Comity) -> None:
    for server, place in zip(GUILDS, CHANNELS, strict=True):
        assert await helped(discord, server, place)
    assert not bot.is_closed()
