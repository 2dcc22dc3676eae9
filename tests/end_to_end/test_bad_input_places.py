"""The bot lacks a permission, or somebody has deleted a channel, a card or a role."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import discord
import pytest
from simcord.backend.models import Overwrite
from simcord.enums import OverwriteType

from deliberation.ids import ChannelId
from tests.end_to_end.conftest import Rehearse
from tests.end_to_end.councils import ballots, ids_of, issues, status, told, voting
from tests.end_to_end.world import World, text_in, text_of

MINUTE = timedelta(minutes=1)
FIELDS: Mapping[str, Any] = {
    "name": "Council",
    "preset": ["simple-majority"],
    "length": "3d",
    "voters": [],
    "chairs": [],
}


def forbid(world: World, channel: Any, **permissions: bool) -> None:
    """Take permissions (False) from the bot in that channel; with none named it has them all again."""
    assert world.bot.user is not None
    allow, deny = discord.PermissionOverwrite(**permissions).pair()
    overwrite = Overwrite(world.bot.user.id, OverwriteType.MEMBER, allow=allow.value, deny=deny.value)
    world.env.backend.set_overwrite(channel.id, overwrite)


async def set_up(world: World, **roles: Sequence[Any]) -> None:
    """The council, with these roles for `voters` or `chairs`."""
    form = await world.chair.slash(world.channel, "council setup")
    assert "is set up" in text_of(await world.chair.submit_modal(form, {**FIELDS, **roles}))


async def set_up_elsewhere(world: World) -> Any:
    """A second council with an issue whose card is still to be posted; its channel."""
    other = world.guild.create_text_channel("assembly")
    form = await world.chair.slash(other, "council setup")
    await world.chair.submit_modal(form, dict(FIELDS))
    form = await world.chair.slash(other, "propose")
    await world.chair.submit_modal(form, {"title": "Tariffs", "action": "Raising them.", "why": ""})
    return other


@pytest.mark.parametrize(
    ("permission", "name"),
    [
        ("view_channel", "View Channel"),
        ("send_messages", "Send Messages"),
        ("read_message_history", "Read Message History"),
    ],
)
async def test_no_council_is_set_up_where_the_bot_lacks_a_permission_and_the_answer_says_which(
    rehearse: Rehearse, permission: str, name: str
):
    async with rehearse() as world:
        forbid(world, world.channel, **{permission: False})
        refused = await world.chair.slash(world.channel, "council setup")
        told(refused, f"I need **{name}**", "*Edit Channel → Permissions*, then use `/council setup` again")
        assert await world.services.councils.find_in(ChannelId(world.channel.id)) is None
        forbid(world, world.channel)
        await world.found()


async def test_a_permission_taken_between_the_form_and_its_sending_founds_nothing(rehearse: Rehearse):
    async with rehearse() as world:
        form = await world.chair.slash(world.channel, "council setup")
        forbid(world, world.channel, send_messages=False)
        told(await world.chair.submit_modal(form, dict(FIELDS)), "I need **Send Messages**")
        assert await world.services.councils.find_in(ChannelId(world.channel.id)) is None


async def test_a_permission_taken_later_is_named_and_what_waited_is_posted_once_it_is_back(rehearse: Rehearse):
    async with rehearse() as world:
        await world.found()
        forbid(world, world.channel, send_messages=False)
        form = await world.chair.slash(world.channel, "propose")
        done = await world.chair.submit_modal(form, {"title": "Torture", "action": "Hurting.", "why": ""})
        sentence = "I cannot post in this channel: I lack **Send Messages** here. Give that to my role"
        told(done, "Proposed: **#1 Torture**", sentence)
        told(await world.chair.slash(world.channel, "round open"), "Round 1 is open", sentence)
        told(await world.chair.slash(world.channel, "council info"), sentence)
        await world.run_due()
        assert world.posted() == [world.message_with("The Council is set up")]
        warned = [entry for entry in world.log if entry["event"] == "post_put_off"]
        assert warned
        assert {entry["missing"] for entry in warned} == {"send_messages"}, "the operator reads it in the log"

        forbid(world, world.channel)
        await world.pass_time(MINUTE)
        assert ids_of(await world.card(1), "ballot")
        assert ids_of(await world.round_message(), "docket")
        assert len(world.posted()) == 3
        assert "I lack" not in text_of(await world.chair.slash(world.channel, "council info"))


async def test_one_councils_missing_permission_keeps_no_other_council_waiting(rehearse: Rehearse):
    async with rehearse() as world:
        await voting(world)
        other = await set_up_elsewhere(world)
        forbid(world, world.channel, view_channel=False)
        await world.chair.slash(world.channel, "round extend", by="1h")
        await world.run_due()
        assert any("#1 Tariffs" in text_in(message) for message in other.history())


async def test_a_deleted_channels_posts_are_given_up_and_the_others_go_on(rehearse: Rehearse):
    async with rehearse() as world:
        await voting(world, length="10m")
        other = await set_up_elsewhere(world)
        world.env.backend.delete_channel(world.channel.id)
        await world.pass_time(10 * MINUTE)
        given_up = [entry for entry in world.log if entry["event"] == "post_given_up"]
        assert given_up
        assert {entry["reason"].split()[1] for entry in given_up} == {"10003"}
        assert any("#1 Tariffs" in text_in(message) for message in other.history())

        await world.pass_time(24 * 60 * MINUTE)
        assert len([entry for entry in world.log if entry["event"] == "post_given_up"]) == len(given_up)
        assert (await world.services.audit.verify()).sound


async def test_a_deleted_card_or_round_message_comes_back_with_the_next_ballot(rehearse: Rehearse):
    async with rehearse() as world:
        card, alice = await voting(world), world.member("Alice")
        for message in (card, await world.round_message()):
            world.env.backend.delete_message(world.channel.id, message.id)
        assert await world.card(1) is None
        docket = await alice.slash(world.channel, "docket")
        assert "Prohibited: recorded" in text_of(await alice.click(docket.response, label="Prohibited"))
        await world.pass_time(2 * MINUTE)

        assert (await world.card(1)).id != card.id
        assert "1 of 1" in text_in(await world.round_message())
        boris = world.member("Boris")
        assert "Independent: recorded" in text_of(await boris.click(await world.card(1), label="Independent"))
        assert await ballots(world) == 2


async def test_a_deleted_chairs_role_leaves_the_council_to_who_manages_the_server(rehearse: Rehearse):
    async with rehearse() as world:
        presidency = world.guild.create_role("Presidency")
        boris = world.guild.add_member(world.env.create_user("Boris"), roles=[presidency])
        form = await world.chair.slash(world.channel, "council setup")
        fields = {
            "name": "Council",
            "preset": ["simple-majority"],
            "length": "3d",
            "voters": [],
            "chairs": [presidency],
        }
        await world.chair.submit_modal(form, fields)
        await world.propose(boris, "Torture")
        world.env.backend.delete_role(world.guild.id, presidency.id)

        refused = await boris.slash(world.channel, "round open")
        told(refused, "Only somebody with the permission *Manage Server* can do this. Ask one of them.")
        told(await boris.slash(world.channel, "council info"), "Manage Server")
        assert await world.services.rounds.status(ChannelId(world.channel.id)) is None
        assert "Round 1 is open" in text_of(await world.chair.slash(world.channel, "round open"))


async def test_a_deleted_voters_role_is_said_to_be_gone(rehearse: Rehearse):
    async with rehearse() as world:
        delegates = world.guild.create_role("Delegates")
        boris = world.guild.add_member(world.env.create_user("Boris"), roles=[delegates])
        await set_up(world, voters=[delegates])
        await world.propose(boris, "Torture")
        await world.chair.slash(world.channel, "round open")
        await world.run_due()
        world.env.backend.delete_role(world.guild.id, delegates.id)

        refused = await boris.click(await world.card(1), label="Prohibited")
        told(refused, "that role was deleted", "`/council roles`")
        told(await boris.slash(world.channel, "seat take"), "that role was deleted")
        assert str(delegates.id) not in text_of(refused)
        assert await ballots(world) == 0
        assert await issues(world) == ["Torture"]
        assert (await status(world)).round.number == 1
