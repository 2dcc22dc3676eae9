"""What the outbox cannot post is told to those who can do something about it, and posted once it can be."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import discord
import pytest
from simcord.backend.models.channel import Overwrite
from simcord.backend.serializers import channel_payload
from simcord.enums import OverwriteType
from sqlalchemy import text

from deliberation.ids import PersonId
from services.ports import PostKind, TroubleKind
from tests.bot.posts.test_outbox import MESSAGE, MESSAGES, TITLE, open_round, warnings, with_issue
from tests.end_to_end.conftest import Rehearse
from tests.end_to_end.councils import chairing
from tests.end_to_end.world import World, text_in, text_of

MINUTE = timedelta(minutes=1)


async def council_of(world: World) -> Any:
    return await world.services.councils.in_channel(world.place)


async def troubles(world: World) -> set[TroubleKind]:
    return set((await world.services.troubles.of(world.place)).troubles)


def refuse(world: World, *, times: int | None = None) -> None:
    world.env.inject_error("POST", MESSAGES, status=403, code=50013, message="Missing Permissions", times=times)


async def permit(world: World, *, send: bool) -> None:
    """What a moderator does in the channel's settings."""
    channel = world.env.backend.channels[world.channel.id]
    assert world.bot.user is not None
    bit = discord.Permissions(send_messages=True).value
    target = {"target_id": world.bot.user.id, "type": OverwriteType.MEMBER, "allow": 0}
    channel.overwrites[:] = [] if send else [Overwrite(**target, deny=bit)]
    world.env.backend.emit("CHANNEL_UPDATE", dict(channel_payload(world.env.backend, channel)))
    await world.env.settle()


async def test_a_missing_permission_is_logged_once_and_what_waits_is_shown_to_who_asks(rehearse: Rehearse):
    async with rehearse() as world:
        await with_issue(world)
        refuse(world, times=4)
        await open_round(world)
        for _ in range(2):
            await world.pass_time(timedelta(minutes=3))
        assert len(warnings(world, "post_put_off")) == 1
        assert await troubles(world) == {TroubleKind.POSTING}
        told = text_of(await world.chair.slash(world.channel, "council info"))
        assert "What was waiting appears in a moment: the round's message." in told
        await world.run_due()
        assert await world.round_message() is None, "the fourth refusal"
        await world.chair.slash(world.channel, "round status")
        await world.run_due()
        assert "Round 1 is open" in text_in(await world.round_message())
        assert await troubles(world) == set()
        assert "waiting" not in text_of(await world.chair.slash(world.channel, "round status"))


async def test_what_discord_fails_at_is_shown_as_not_yet_posted(rehearse: Rehearse):
    async with rehearse() as world:
        await with_issue(world)
        world.env.inject_error("POST", MESSAGES, status=500, code=0, message="Internal")
        await open_round(world)
        told = text_of(await world.chair.slash(world.channel, "round status"))
        assert "Discord has not taken everything yet: the round's message." in told


async def test_a_result_is_posted_as_soon_as_the_permission_is_given_back(rehearse: Rehearse):
    async with rehearse() as world:
        await with_issue(world)
        await open_round(world)
        await permit(world, send=False)
        await world.pass_time(timedelta(days=3))
        assert "Result of round 1" not in "".join(text_in(message) for message in world.posted())
        told = text_of(await world.chair.slash(world.channel, "round status"))
        assert "I lack **Send Messages** here" in told
        assert "a round's result" in told
        woken: list[bool] = []
        world.bot.on_due_changed = lambda: woken.append(True)
        await permit(world, send=True)
        assert woken == [True]
        await world.run_due()
        world.message_with("Result of round 1")


async def test_a_chair_is_written_to_when_the_councils_channel_is_deleted(rehearse: Rehearse):
    async with rehearse() as world:
        await with_issue(world)
        await open_round(world)
        world.env.backend.delete_channel(world.channel.id)
        await world.pass_time(timedelta(days=3))
        told = text_in(world.chair.user.dm_channel.last_message)
        assert "The channel of the council **The Council** is gone" in told
        assert len(world.chair.user.dm_channel.history()) == 1
        assert await world.services.posts.due() == ()


async def test_a_chair_who_cannot_be_written_to_is_told_at_the_next_command_on_the_server(rehearse: Rehearse):
    async with rehearse() as world:
        alice = await with_issue(world)
        await open_round(world)
        world.env.inject_error("POST", "/users/@me/channels", status=403, code=50007, message="Cannot send")
        world.env.backend.delete_channel(world.channel.id)
        await world.pass_time(timedelta(days=3))
        elsewhere = world.guild.create_text_channel("elsewhere")
        assert "is gone" not in text_of(await alice.slash(elsewhere, "help"))
        assert "**The Council** is gone" in text_of(await world.chair.slash(elsewhere, "help"))
        assert "is gone" not in text_of(await world.chair.slash(elsewhere, "help"))


async def test_whoever_acted_last_is_known_as_the_chair_until_that_is_erased(rehearse: Rehearse):
    async with rehearse() as world:
        await with_issue(world)
        council = await council_of(world)
        assert await world.services.troubles.last_chair(council.id) == PersonId(world.chair.user.id)


async def test_a_server_that_the_bot_was_removed_from_is_given_up_at_once(rehearse: Rehearse):
    async with rehearse() as world:
        await with_issue(world)
        await open_round(world)
        server = world.bot.get_guild(world.guild.id)
        assert server is not None
        world.bot._connection._remove_guild(server)
        world.env.inject_error("POST", MESSAGES, status=403, code=50001, message="Missing Access", times=None)
        world.env.inject_error("PATCH", MESSAGE, status=403, code=50001, message="Missing Access", times=None)
        await world.pass_time(timedelta(days=3))
        assert PostKind.RESULT in {entry["kind"] for entry in warnings(world, "post_given_up")}
        assert await world.services.posts.due() == ()
        assert warnings(world, "post_put_off") == []


async def test_a_pinned_board_that_somebody_deleted_is_posted_and_pinned_anew(rehearse: Rehearse):
    async with rehearse() as world:
        await with_issue(world)
        await world.chair.slash(world.channel, "order board", pin=True)
        await world.run_due()
        [pinned] = [message for message in world.posted() if message.pinned]
        world.env.backend.delete_message(world.channel.id, pinned.id)
        await open_round(world)
        [anew] = [message for message in world.posted() if message.pinned]
        assert anew.id != pinned.id
        assert TITLE in text_in(anew)


@pytest.mark.parametrize(("status", "code"), [(400, 160006), (403, 50013)])
async def test_a_thread_that_cannot_be_opened_costs_no_card(rehearse: Rehearse, status: int, code: int):
    async with rehearse() as world:
        await world.found()
        typed = {"threads": "yes"}
        await world.services.councils.change_rules(world.place, chairing(world), group="ballots", typed=typed)
        world.env.inject_error("POST", "/channels/*/messages/*/threads", status=status, code=code, message="No")
        await world.propose(world.member("Alice"), TITLE)
        assert TITLE in text_in(await world.card(1))
        assert warnings(world, "post_put_off") == []


async def test_a_round_that_cannot_be_closed_shows_its_incident_to_who_asks(rehearse: Rehearse):
    async with rehearse(logged=("round_not_settled",)) as world:
        await with_issue(world)
        await open_round(world)
        assert world.bot._database is not None
        async with world.bot._database._writing.begin() as connection:
            await connection.execute(text("UPDATE rounds SET rules = '{}'"))
        world.clock.advance(timedelta(days=3))
        await world.services.timetable.settle_due()
        [failure] = [entry for entry in world.log if entry["event"] == "round_not_settled"]
        told = text_of(await world.chair.slash(world.channel, "round status"))
        assert f"incident `{failure['incident']}`" in told
        assert "Every ballot is kept. I try again" in told
