"""What the bot posts by itself gets there, whatever Discord or a moderator does meanwhile."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import aiohttp
import discord
import pytest

from bot.posts.delivery import mark_of, mark_view
from bot.posts.outbox import ATTEMPTS, Outbox, delay_after
from cogs.interactions.context import Context
from deliberation.councils import Actor
from deliberation.ids import PersonId
from deliberation.rules import Secrecy
from services import Services
from services.ports import PostKind, StoreUnavailable
from services.posts.outbox import LEASE
from storage import Database
from tests.end_to_end.conftest import Rehearse
from tests.end_to_end.world import World, text_in

MESSAGES = "/channels/*/messages"
MESSAGE = "/channels/*/messages/*"
TITLE = "Killing abroad without trial"
MINUTE = timedelta(minutes=1)


async def with_issue(world: World) -> Any:
    """A council with one seat, one issue and its card."""
    await world.found()
    alice = world.member("Alice")
    await alice.slash(world.channel, "seat take")
    await world.propose(alice, TITLE)
    return alice


def cards(world: World) -> list[Any]:
    return [message for message in world.posted() if f"#1 {TITLE}" in text_in(message)]


async def open_round(world: World) -> None:
    await world.chair.slash(world.channel, "round open")
    await world.run_due()


def warnings(world: World, event: str) -> list[Any]:
    return [entry for entry in world.log if entry["event"] == event]


async def found_without_command(world: World) -> None:
    """A council in a channel where the command would have refused."""
    await world.services.councils.setup(
        Actor(person=PersonId(world.chair.user.id), name="Chair", manages_server=True),
        guild=world.guild.id,
        channel=world.place,
        name="The Council",
        language="en",
        preset="simple-majority",
        round_length="3d",
        secrecy=Secrecy.OPEN,
        voter_role=None,
        chair_role=None,
    )


async def send_and_crash(world: World, kind: PostKind, text: str) -> int:
    """Send the due post of that kind as the outbox does, and end before the store hears of it; the message's id. What
    was begun is due again once its lease has run out."""
    [post] = [post for post in await world.services.posts.due() if post.kind is kind]
    await world.services.posts.begin(post)
    view = discord.ui.LayoutView()
    view.add_item(discord.ui.Container(discord.ui.TextDisplay(text)))
    view.stop()
    mark_view(view, mark_of(post))
    return (await world.bot.get_partial_messageable(world.channel.id).send(view=view)).id


async def test_a_card_that_somebody_deleted_is_posted_anew(rehearse: Rehearse):
    async with rehearse() as world:
        await with_issue(world)
        [card] = cards(world)
        world.env.backend.delete_message(world.channel.id, card.id)
        await open_round(world)
        [anew] = cards(world)
        assert anew.id != card.id
        assert (await world.card(1)).id == anew.id


async def test_a_round_message_that_somebody_deleted_is_posted_anew(rehearse: Rehearse):
    async with rehearse() as world:
        alice = await with_issue(world)
        await open_round(world)
        old = await world.round_message()
        world.env.backend.delete_message(world.channel.id, old.id)
        await world.vote(alice, await world.card(1), "Adjustment")
        await world.pass_time(timedelta(seconds=5))
        anew = await world.round_message()
        assert anew.id != old.id
        assert "1/1" in text_in(anew)


async def test_a_post_waits_while_the_bot_may_not_write_and_the_log_names_the_permission(rehearse: Rehearse):
    async with rehearse() as world:
        await with_issue(world)
        world.env.inject_error("POST", MESSAGES, status=403, code=50013, message="Missing Permissions")
        await open_round(world)
        assert await world.round_message() is None
        [told] = warnings(world, "post_put_off")
        assert "50013" in told["reason"]
        assert "missing" in told
        await world.pass_time(MINUTE - timedelta(seconds=1))
        assert await world.round_message() is None
        await world.pass_time(timedelta(seconds=1))
        assert "Round 1 is open" in text_in(await world.round_message())


async def test_the_log_names_what_the_bot_may_not_do_in_the_channel(rehearse: Rehearse):
    async with rehearse() as world:
        forbidden = {world.bot.user: discord.PermissionOverwrite(send_messages=False)}
        world.channel = world.guild.create_text_channel("closed", overwrites=forbidden)
        await found_without_command(world)
        await world.propose(world.member("Alice"), TITLE)
        [told] = warnings(world, "post_put_off")
        assert told["missing"] == "send_messages"


@pytest.mark.parametrize("status", [500, 503, 429])
async def test_a_post_that_discord_fails_at_is_tried_again(rehearse: Rehearse, status: int):
    async with rehearse() as world:
        world.env.inject_error("POST", MESSAGES, status=status, code=0, message="Try again")
        await with_issue(world)
        assert cards(world) == []
        await world.pass_time(MINUTE)
        assert len(cards(world)) == 1


async def test_a_result_that_went_out_before_the_answer_was_lost_is_not_sent_twice(rehearse: Rehearse):
    async with rehearse() as world:
        await with_issue(world)
        await open_round(world)
        world.clock.advance(timedelta(days=3))
        await world.services.timetable.settle_due()
        await send_and_crash(world, PostKind.RESULT, "Result of round 1")
        await world.pass_time(LEASE)
        assert len([message for message in world.posted() if "Result of round 1" in text_in(message)]) == 1


async def test_a_card_that_went_out_before_the_answer_was_lost_is_found_and_brought_up_to_date(rehearse: Rehearse):
    async with rehearse() as world:
        await world.found()
        alice = world.member("Alice")
        form = await alice.slash(world.channel, "propose")
        await alice.submit_modal(form, {"title": TITLE, "action": "What is done.", "why": ""})
        sent = await send_and_crash(world, PostKind.CARD, "An early state of the card")
        await world.pass_time(LEASE)
        [card] = cards(world)
        assert card.id == sent == (await world.card(1)).id


async def test_what_another_process_has_sent_since_it_was_listed_is_not_sent_again(rehearse: Rehearse):
    async with rehearse() as world:
        await with_issue(world)
        await open_round(world)
        world.clock.advance(timedelta(days=3))
        await world.services.timetable.settle_due()
        database = Database(world.settings.database_url, clock=world.clock)
        services = Services.over(database)
        other = Outbox(world.bot, Context(services=services, catalogues=world.bot.context.catalogues))
        listed = await services.posts.due()
        assert PostKind.RESULT in {post.kind for post in listed}
        await world.run_due()
        requests = len(world.env.http_requests)
        await other._carry_out_all(listed)
        await database.dispose()
        assert len(world.env.http_requests) == requests
        assert len([message for message in world.posted() if "Result of round 1" in text_in(message)]) == 1


async def test_a_council_whose_channel_is_gone_is_given_up_at_once(rehearse: Rehearse):
    async with rehearse() as world:
        await with_issue(world)
        await world.chair.slash(world.channel, "round open")
        world.env.backend.delete_channel(world.channel.id)
        await world.run_due()
        assert {entry["kind"] for entry in warnings(world, "post_given_up")} == {"card", "round"}
        assert await world.services.posts.due() == ()


async def test_edits_that_discord_throttles_wait_ten_minutes(rehearse: Rehearse):
    async with rehearse() as world:
        alice = await with_issue(world)
        await open_round(world)
        world.env.inject_error("PATCH", MESSAGE, status=400, code=30046, message="Maximum number of edits", times=2)
        await world.vote(alice, await world.card(1), "Prohibited")
        await world.pass_time(timedelta(seconds=5))
        assert "0/1" in text_in(await world.round_message())
        await world.pass_time(timedelta(minutes=10))
        assert "1/1" in text_in(await world.round_message())
        assert warnings(world, "post_given_up") == []


async def test_a_lost_connection_puts_the_post_off(rehearse: Rehearse, monkeypatch: pytest.MonkeyPatch):
    async with rehearse() as world:
        request = world.bot.http.request
        failures = [aiohttp.ServerDisconnectedError()]

        async def flaky(route: Any, **options: Any) -> Any:
            if route.method == "POST" and route.path.endswith("/messages") and failures:
                raise failures.pop()
            return await request(route, **options)

        monkeypatch.setattr(world.bot.http, "request", flaky)
        await with_issue(world)
        assert cards(world) == []
        assert "ServerDisconnectedError" in warnings(world, "post_put_off")[0]["reason"]
        await world.pass_time(MINUTE)
        assert len(cards(world)) == 1


async def test_one_council_in_trouble_does_not_hold_up_another(rehearse: Rehearse):
    async with rehearse() as world:
        await with_issue(world)
        troubled = world.channel
        world.channel = world.guild.create_text_channel("second")
        await world.found(name="The Other")
        world.env.inject_error(
            "POST", f"/channels/{troubled.id}/messages", status=403, code=50013, message="x", times=None
        )
        await world.chair.slash(troubled, "round open")
        await world.propose(world.member("Boris"), "Torture")
        assert "Torture" in text_in(await world.card(1))


async def test_who_cannot_be_written_to_directly_is_left_out(rehearse: Rehearse):
    async with rehearse() as world:
        alice = await with_issue(world)
        panel = await alice.slash(world.channel, "preferences")
        await alice.select(panel.response, ["direct"], custom_id="cmt:1:preferences:reminders")
        await open_round(world)
        world.env.inject_error("POST", "/users/@me/channels", status=403, code=50007, message="Cannot send")
        before = len(world.posted())
        await world.pass_time(timedelta(days=2))
        assert len(warnings(world, "direct_reminder_refused")) == 1
        assert len(world.posted()) == before
        assert await world.services.posts.due() == ()


async def test_a_defect_stops_its_own_post_alone(rehearse: Rehearse, monkeypatch: pytest.MonkeyPatch):
    def broken(*_: Any) -> Any:
        raise ZeroDivisionError("a card that cannot be drawn")

    async with rehearse(logged=("post_failed",)) as world:
        await with_issue(world)
        monkeypatch.setattr("bot.posts.delivery.render_card", broken)
        await open_round(world)
        assert "Round 1 is open" in text_in(await world.round_message())
        [failure] = warnings(world, "post_failed")
        assert len(failure["incident"]) == 8
        monkeypatch.undo()
        await world.pass_time(MINUTE)
        assert "voting closes" in text_in(await world.card(1))


def test_delays_grow_to_an_hour_and_a_post_is_given_up_after_a_day():
    delays = [delay_after(attempt) for attempt in range(1, ATTEMPTS)]
    assert delays[:3] == [MINUTE, 2 * MINUTE, 4 * MINUTE]
    assert max(delays) == timedelta(hours=1)
    waited = sum(delays, timedelta())
    assert timedelta(hours=22) < waited <= timedelta(hours=24)


async def test_where_discord_makes_one_council_wait_the_others_are_posted_by_the_next_run(
    rehearse: Rehearse, monkeypatch: pytest.MonkeyPatch
):
    async with rehearse() as world:
        await with_issue(world)
        slow = world.channel
        world.channel = world.guild.create_text_channel("second")
        await world.found(name="The Other")
        request, waiting, free = world.bot.http.request, asyncio.Event(), asyncio.Event()

        async def limited(route: Any, **options: Any) -> Any:
            if route.channel_id == slow.id:
                waiting.set()
                await free.wait()
            return await request(route, **options)

        monkeypatch.setattr(world.bot.http, "request", limited)
        await world.chair.slash(slow, "round open")
        first = asyncio.create_task(world.bot.run_due())
        await waiting.wait()
        boris = world.member("Boris")
        form = await boris.slash(world.channel, "propose")
        await boris.submit_modal(form, {"title": "Torture", "action": "What is done.", "why": ""})
        await world.bot.run_due()
        assert "Torture" in text_in(await world.card(1)), "the council that waits holds up nobody"
        assert not first.done()
        free.set()
        await first
        world.channel = slow
        assert "Round 1 is open" in text_in(await world.round_message())


async def test_a_store_that_goes_away_while_posting_ends_the_run_and_nothing_is_posted_twice(
    rehearse: Rehearse, monkeypatch: pytest.MonkeyPatch
):
    async def away(*_: Any, **__: Any) -> None:
        raise StoreUnavailable

    async with rehearse() as world:
        await with_issue(world)
        await open_round(world)
        world.clock.advance(timedelta(days=3))
        monkeypatch.setattr(world.services.posts, "posted", away)
        with pytest.raises(StoreUnavailable):
            await world.bot.run_due()
        monkeypatch.undo()
        await world.pass_time(MINUTE)
        assert len([message for message in world.posted() if "Result of round 1" in text_in(message)]) == 1
        assert warnings(world, "post_failed") == []
