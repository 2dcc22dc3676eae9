"""Discord's own trouble, over real HTTP and WebSocket on loopback: nothing is lost, and everything goes on."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from aiohttp import web

from bench.discord import answer
from bench.discord.payloads import message
from bot.faults import explain
from deliberation.rules.presets import PRESETS
from services.ports import PostKind
from tests.bot.loopback import (
    GUILD,
    OTHER,
    RECORDED,
    REPEATED,
    Served,
    failing,
    limited,
    posted,
    reset,
    served,
    words,
)
from tests.services.chamber import CHANNEL, Chamber

__all__ = ["served"]

# The gateway


async def disturbed(served: Served, disturb: Awaitable[Any], *, event: str) -> None:
    """Disturb the connection; once the client has told of `event`, it answers."""
    told = asyncio.ensure_future(served.bot.wait_for(event))
    await asyncio.sleep(0)
    await disturb
    await told
    assert RECORDED in await served.answered()


def frame(served: Served, sent: str) -> Awaitable[None]:
    return served.discord.session_of(GUILD).socket.send_str(sent)


async def test_a_gateway_connection_that_breaks_is_resumed(served: Served):
    await disturbed(served, served.discord.session_of(GUILD).socket.close(code=4000), event="resumed")
    assert served.discord.identified.qsize() == 1


@pytest.mark.parametrize("sent", ['{"op":7,"d":null}', '{"op":9,"d":true}'], ids=["reconnect", "invalid session"])
async def test_a_session_is_resumed_where_the_gateway_asks_for_it(served: Served, sent: str):
    await disturbed(served, frame(served, sent), event="resumed")
    assert served.discord.identified.qsize() == 1


async def test_a_session_that_is_over_is_begun_anew(served: Served, monkeypatch: pytest.MonkeyPatch):
    async def at_once(*_: Any, **__: Any) -> None:
        return

    monkeypatch.setattr(served.bot, "before_identify_hook", at_once)
    await disturbed(served, frame(served, '{"op":9,"d":false}'), event="ready")
    assert served.discord.identified.qsize() == 2


async def test_while_the_gateway_is_away_rounds_close_and_are_posted(served: Served, caplog: pytest.LogCaptureFixture):
    back = asyncio.Event()

    async def away(request: web.Request) -> web.StreamResponse | None:
        return web.Response(status=503) if request.path == "/gateway/" and not back.is_set() else None

    async def meanwhile() -> None:
        await served.discord.session_of(GUILD).socket.close(code=4000)
        served.clock.set(served.round.closes_at)
        await served.bot.run_due()
        assert posted(served, "Result of round 1")
        back.set()

    served.discord.fault = away
    told = asyncio.ensure_future(served.bot.wait_for("resumed"))
    await asyncio.sleep(0)
    await meanwhile()
    await told
    assert "is over" in await served.answered()


@pytest.mark.parametrize(("code", "told"), [(4004, "closed the connection for good"), (4014, "refuses an intent")])
async def test_a_connection_closed_for_good_ends_it_with_a_sentence(served: Served, code: int, told: str):
    await served.discord.session_of(GUILD).socket.close(code=code)
    [ending] = await asyncio.gather(served.connection, return_exceptions=True)
    assert isinstance(ending, BaseException)
    assert told in (explain(ending, served.bot.settings) or "")


# Answers


async def test_an_answer_whose_connection_breaks_is_given_again(served: Served):
    served.discord.fault = failing("/callback", reset, reset)
    assert RECORDED in await served.answered()
    assert await served.cast() == 1
    assert served.events("warning") == []


async def test_an_answer_that_got_there_unheard_is_not_given_twice(served: Served):
    edits: list[Any] = []

    async def heard(request: web.Request) -> web.StreamResponse:
        await served.discord._callback(request)
        return await reset(request)

    async def edited(request: web.Request) -> web.StreamResponse:
        edits.append(await request.json())
        return answer(message(1, CHANNEL, flags=64))

    twice = answer({"message": "Interaction has already been acknowledged.", "code": 40060}, 400)
    callbacks, webhook = failing("/callback", heard, twice), failing("PATCH /api/v10/webhooks", edited)

    async def fault(request: web.Request) -> web.StreamResponse | None:
        return await callbacks(request) or await webhook(request)

    served.discord.fault = fault
    await served.tap()
    assert RECORDED in words(edits)
    assert await served.cast() == 1
    assert served.events("warning") == []


@pytest.mark.parametrize(
    "faults",
    [
        [reset] * 3,
        [answer({"message": "Internal"}, 500) for _ in range(5)],
        [limited(seconds=60, via=False)],
    ],
    ids=["resets", "500", "429 without Via"],
)
async def test_a_vote_whose_answer_is_lost_counts_and_a_repeat_says_so(
    served: Served, faults: list[Any], monkeypatch: pytest.MonkeyPatch
):
    async def at_once(_: float) -> None:
        return

    monkeypatch.setattr("discord.webhook.async_.asyncio", SimpleNamespace(Lock=asyncio.Lock, sleep=at_once))
    served.discord.fault = failing("/callback", *faults)
    await served.tap()
    assert served.events("warning") == ["answer_lost"]
    assert served.events("error") == []
    assert await served.cast() == 1
    assert REPEATED in await served.answered()
    assert await served.cast() == 1


async def test_an_answer_that_fails_once_at_discord_is_given_in_time(served: Served, monkeypatch: pytest.MonkeyPatch):
    waited: list[float] = []

    async def wait(seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr("discord.webhook.async_.asyncio", SimpleNamespace(Lock=asyncio.Lock, sleep=wait))
    served.discord.fault = failing("/callback", answer({"message": "Internal"}, 500))
    assert RECORDED in await served.answered()
    assert sum(waited) < 3


async def test_an_interaction_that_ran_out_is_carried_out_and_told_at_the_next_tap(served: Served):
    gone = answer({"message": "Unknown interaction", "code": 10062}, 404)
    served.discord.fault = failing("/callback", gone)
    await served.tap()
    [told] = [entry for entry in served.log if entry["log_level"] == "warning"]
    assert told["event"] == "answered_too_late"
    assert told["seconds"] >= 0
    assert REPEATED in await served.answered()


# Posts


async def other_council(served: Served) -> Chamber:
    """A second council on the server, whose issue's card is due."""
    chamber = Chamber(served.bot.context.services, served.clock)
    await chamber.found(channel=OTHER, rules=PRESETS["simple-majority"])
    await chamber.propose("Piracy", channel=OTHER)
    return chamber


async def redraw_card(served: Served) -> None:
    await served.bot.context.services.posts.redraw(served.round.council, PostKind.CARD, int(served.issue.id))


@pytest.mark.parametrize("everywhere", [False, True])
async def test_a_short_limit_is_waited_for_and_nothing_is_lost(served: Served, everywhere: bool):
    served.discord.fault = failing("PATCH", limited(seconds=0.02, everywhere=everywhere))
    await served.tap()
    served.clock.advance(timedelta(seconds=4))
    await served.bot.run_due()
    assert posted(served, "Prohibited 1")
    assert posted(served, "1/1")
    assert await served.bot.context.services.posts.due() == ()
    assert served.events("warning") == []


async def test_a_long_limit_of_one_councils_route_is_put_off_and_others_go_on(served: Served):
    await other_council(served)
    served.discord.fault = failing(f"PATCH /api/v10/channels/{CHANNEL}", limited(seconds=100))
    await redraw_card(served)
    await served.bot.run_due()
    assert posted(served, "Piracy")
    [told] = [entry for entry in served.log if entry["event"] == "post_put_off"]
    assert told["kind"] == "card"
    assert await served.bot.context.services.timetable.next_due() == served.clock.now() + timedelta(seconds=100)
    served.clock.advance(timedelta(seconds=100))
    await served.bot.run_due()
    assert await served.bot.context.services.posts.due() == ()


@pytest.mark.parametrize("fault", [limited(seconds=600, via=False), reset], ids=["429 without Via", "reset"])
async def test_a_post_that_does_not_get_there_is_tried_again_after_a_minute(served: Served, fault: Any):
    await other_council(served)
    served.discord.fault = failing(f"POST /api/v10/channels/{OTHER}", fault)
    await served.bot.run_due()
    assert not posted(served, "Piracy")
    served.clock.advance(timedelta(minutes=1))
    await served.bot.run_due()
    assert len(posted(served, "Piracy")) == 1


async def test_a_post_that_got_there_unheard_is_found_and_not_sent_twice(served: Served):
    async def heard(request: web.Request) -> web.StreamResponse:
        await served.discord._send_message(request)
        return await reset(request)

    await other_council(served)
    served.discord.fault = failing(f"POST /api/v10/channels/{OTHER}", heard)
    await served.bot.run_due()
    served.clock.advance(timedelta(minutes=1))
    await served.bot.run_due()
    assert len(posted(served, "Piracy")) == 1
