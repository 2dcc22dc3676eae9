"""Founding a council with one form, and everything that can be wrong with what was entered."""

from __future__ import annotations

import discord
import pytest

from deliberation.rules import Secrecy
from deliberation.texts.durations import duration_text
from tests.cogs.conftest import Discord
from tests.cogs.harness import buttons_of, filled, text_of

AREAS = ("councils", "seats")


async def test_three_taps_found_a_council_with_sensible_rules(on_discord: Discord):
    async with on_discord(*AREAS) as harness:
        opened = await harness.chair.slash(harness.channel, "council setup")
        assert filled(opened) == {
            "name": "council",
            "preset": ["meta-regime"],
            "length": "3d",
            "voters": [],
            "chairs": [],
        }
        done = await harness.chair.submit_modal(opened, filled(opened))

        assert "council is set up" in text_of(done)
        assert "Everybody in this channel may take a seat" in text_of(done)
        assert "A round lasts 3 days." in text_of(done)
        assert list(buttons_of(done)) == ["Take a seat", "Propose"]
        assert not done.ephemeral, "the members find their first buttons here"
        council = await harness.services.councils.in_channel(harness.place)
        assert (council.name, council.rules.preset, council.rules.secrecy) == ("council", "meta-regime", Secrecy.OPEN)


async def test_everything_that_is_entered_holds(on_discord: Discord):
    async with on_discord(*AREAS) as harness:
        voters, chairs = harness.guild.create_role("Delegates"), harness.guild.create_role("Presidency")
        done = await harness.set_up(
            secrecy="sealed",
            name="The *World*",
            preset=["security-council"],
            length="1 week",
            voters=[voters],
            chairs=[chairs],
        )

        text = text_of(done)
        assert "The \\*World\\* is set up" in text
        assert f"Holders of <@&{voters.id}> may take a seat" in text
        assert f"Holders of <@&{chairs.id}> chair" in text
        assert "sealed" in text
        assert "no seat here has one" in text, "rules with vetoes and nobody to cast them"
        council = await harness.services.councils.in_channel(harness.place)
        assert council.rules.secrecy is Secrecy.SEALED
        assert duration_text(council.rules.round_length) == "7d"
        assert (council.voter_role, council.chair_role) == (voters.id, chairs.id)


async def test_the_role_of_everybody_keeps_nobody_out(on_discord: Discord):
    async with on_discord(*AREAS) as harness:
        everyone = harness.guild.default_role
        done = await harness.set_up(voters=[everyone])
        assert "Everybody in this channel may take a seat" in text_of(done)


@pytest.mark.parametrize(
    ("length", "told"),
    [
        ("soon", "cannot be read as a length of time"),
        ("-3d", "cannot be read as a length of time"),
        ("0", "cannot be read as a length of time"),
        ("999y", "too long"),
        ("1s", "too short"),
    ],
)
async def test_a_length_that_cannot_be_used_is_said_and_the_form_comes_back_as_typed(
    on_discord: Discord, length: str, told: str
):
    async with on_discord(*AREAS) as harness:
        role = harness.guild.create_role("Delegates")
        refused = await harness.set_up(name="Assembly", preset=["consensus"], length=length, voters=[role])

        assert refused.ephemeral
        assert told in text_of(refused)
        assert list(buttons_of(refused)) == ["Try again"]
        assert await harness.services.councils.find_in(harness.place) is None

        again = await harness.chair.click(refused.response, label="Try again")
        assert filled(again) | {"voters": None} == {
            "name": "Assembly",
            "preset": ["consensus"],
            "length": length,
            "voters": None,
            "chairs": [],
        }
        menu = again.modal["components"][3]["component"]
        assert [value["id"] for value in menu["default_values"]] in ([role.id], [str(role.id)])
        done = await harness.chair.submit_modal(again, filled(again) | {"length": "2h", "voters": [role]})
        assert "Assembly is set up" in text_of(done)


@pytest.mark.parametrize(
    ("name", "told"),
    [("   ", "nothing to read"), ("🎉🎉", "no letters or numbers"), ("Z" + "\u0301" * 9, "piled up")],
)
async def test_a_name_that_cannot_be_used_is_said(on_discord: Discord, name: str, told: str):
    async with on_discord(*AREAS) as harness:
        refused = await harness.set_up(name=name)
        assert told in text_of(refused)
        assert "the name" in text_of(refused).lower()
        assert await harness.services.councils.find_in(harness.place) is None


async def test_who_does_not_manage_the_server_gets_no_form(on_discord: Discord):
    async with on_discord(*AREAS) as harness:
        refused = await harness.alice.slash(harness.channel, "council setup")
        assert refused.modal is None
        assert "Manage Server" in text_of(refused)


async def test_a_channel_has_one_council(on_discord: Discord):
    async with on_discord(*AREAS) as harness:
        early = await harness.chair.slash(harness.channel, "council setup")
        await harness.set_up(name="First")
        late = await harness.chair.submit_modal(early, filled(early) | {"name": "Second"})
        assert "has a council already: **First**" in text_of(late)
        assert buttons_of(late) == {}, "trying again would be in vain"

        refused = await harness.chair.slash(harness.channel, "council setup")
        assert refused.modal is None
        assert "has a council already: **First**" in text_of(refused)


async def test_a_permission_that_the_bot_lacks_is_named_with_the_place_to_give_it(on_discord: Discord):
    async with on_discord(*AREAS) as harness:
        denied = {harness.bot.user: discord.PermissionOverwrite(send_messages=False, read_message_history=False)}
        channel = harness.guild.create_text_channel("silent", overwrites=denied)
        refused = await harness.chair.slash(channel, "council setup")
        assert refused.modal is None
        text = text_of(refused)
        assert "**Send Messages**" in text
        assert "**Read Message History**" in text
        assert "View Channel" not in text
        assert "Edit Channel → Permissions" in text


async def test_a_form_opened_before_a_restart_is_accepted_after_it(on_discord: Discord):
    async with on_discord(*AREAS) as harness:
        opened = await harness.chair.slash(harness.channel, "council setup")
        await harness.restart()
        done = await harness.chair.submit_modal(opened, filled(opened))
        assert "council is set up" in text_of(done)


async def test_a_thread_belongs_to_the_council_of_its_channel(on_discord: Discord):
    async with on_discord(*AREAS) as harness:
        await harness.set_up(name="Parent")
        home = harness.bot.get_partial_messageable(harness.channel.id, guild_id=harness.guild.id)
        message = await home.send("a card", allowed_mentions=discord.AllowedMentions.none())
        await message.create_thread(name="side talk")
        thread = harness.channel.threads[0]
        shown = await harness.alice.slash(thread, "council info")
        assert "Parent" in text_of(shown)


async def test_info_tells_the_rules_in_force_and_what_is_going_on(on_discord: Discord):
    async with on_discord(*AREAS) as harness:
        await harness.set_up(name="Assembly")
        shown = await harness.alice.slash(harness.channel, "council info")
        text = text_of(shown)
        assert shown.ephemeral
        assert "## Assembly" in text
        assert "No issues yet" in text
        assert "No round is open." in text
        assert "To reach prohibited: at least 80\u00a0% of those voting" in text
        assert "Rules: Meta-regime" in text
        listed = await harness.alice.click(shown.response, label="Seats")
        assert "Nobody sits here yet." in text_of(listed)


async def test_a_channel_without_a_council_says_how_to_found_one(on_discord: Discord):
    async with on_discord(*AREAS) as harness:
        for command in ("council info", "seat take", "seat leave", "seat list"):
            refused = await harness.alice.slash(harness.channel, command)
            assert "`/council setup`" in text_of(refused)
            assert refused.ephemeral
