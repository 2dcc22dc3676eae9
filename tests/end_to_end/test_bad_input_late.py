"""What comes twice, at the same moment as somebody else's, or from before an update or a restart."""

from __future__ import annotations

import asyncio

import discord

from deliberation.categories import Position
from deliberation.councils import Actor
from deliberation.errors import DomainError
from deliberation.ids import ChannelId, PersonId
from deliberation.rounds import RoundIsOver
from services.ballots import Cast
from tests.end_to_end.conftest import Rehearse
from tests.end_to_end.councils import ballots, chairing, ids_of, status, told, voting
from tests.end_to_end.world import text_in, text_of


async def test_of_two_chairs_who_press_close_at_once_one_closes_and_the_other_is_told_so(rehearse: Rehearse):
    async with rehearse() as world:
        await voting(world)
        other = world.guild.add_member(world.env.create_user("Dana"), roles=[world.guild.roles["Manager"]])
        asked = await world.chair.slash(world.channel, "round close")
        asked_too = await other.slash(world.channel, "round close")
        # Discord's stand-in takes one tap at a time: the second chair's comes in beneath it, at the same instant.
        view = await status(world)
        close = world.services.rounds.close(ChannelId(world.channel.id), chairing(world), view.round.id)
        tapped, closed = await asyncio.gather(
            other.click(asked_too.response, label="Close round 1 now"), close, return_exceptions=True
        )
        assert tapped.acknowledged
        assert isinstance(closed, DomainError) != ("is over" in text_of(tapped))
        assert isinstance(closed, RoundIsOver) or "Round 1 is over" in text_of(tapped)
        told(await world.chair.click(asked.response, label="Close round 1 now"), "Round 1 is over. Its result")
        await world.run_due()
        assert len([message for message in world.posted() if "Result of round 1" in text_in(message)]) == 1


async def test_a_double_tap_records_one_ballot(rehearse: Rehearse):
    async with rehearse() as world:
        card, alice = await voting(world), world.member("Alice")
        view = await status(world)
        entry = view.lines[0].entry
        actor = Actor(person=PersonId(alice.user.id), name="Alice", manages_server=False)
        twin = world.services.ballots.cast(Cast(view.round.id, entry.issue, entry.version, Position.PROHIBITED, actor))
        first, _ = await asyncio.gather(alice.click(card, label="Prohibited"), twin)
        assert "Prohibited: recorded" in text_of(first)
        again = await alice.click(card, label="Prohibited")
        told(again, "It was recorded like this already; nothing has changed.")
        assert await ballots(world) == 1
        assert (await world.services.audit.verify()).sound


async def test_a_button_from_before_an_update_says_so_and_the_card_gets_todays_buttons(rehearse: Rehearse):
    async with rehearse() as world:
        card, alice = await voting(world), world.member("Alice")
        [old, *_] = today = ids_of(card, "ballot")
        row = discord.ui.ActionRow(discord.ui.Button(label="Yes", custom_id=old.replace("cmt:1:", "cmt:0:")))
        view = discord.ui.LayoutView(timeout=None)
        view.add_item(row)
        view.stop()
        await world.bot.get_partial_messageable(world.channel.id).get_partial_message(card.id).edit(view=view)

        told(await alice.click(await world.card(1), label="Yes"), "is being redrawn", "Nothing was recorded")
        assert await ballots(world) == 0
        await world.run_due()
        assert ids_of(await world.card(1), "ballot") == today


async def test_a_button_that_shows_an_older_wording_does_not_vote_on_the_new_one(rehearse: Rehearse):
    async with rehearse() as world:
        card, alice = await voting(world), world.member("Alice")
        [old, *_] = ids_of(card, "ballot")
        parts = old.split(":")
        other = ":".join([*parts[:-2], str(int(parts[-2]) + 1), parts[-1]])
        view = discord.ui.LayoutView(timeout=None)
        view.add_item(discord.ui.ActionRow(discord.ui.Button(label="Yes", custom_id=other)))
        view.stop()
        await world.bot.get_partial_messageable(world.channel.id).get_partial_message(card.id).edit(view=view)
        told(await alice.click(await world.card(1), label="Yes"), "The text of #1 has changed", "then vote again")
        assert await ballots(world) == 0


async def test_forms_opened_before_a_restart_are_accepted_after_it(rehearse: Rehearse):
    async with rehearse() as world:
        card, alice = await voting(world, preset="meta-regime"), world.member("Alice")
        reason = await alice.click(card, label="Prohibited")
        proposal = await alice.slash(world.channel, "propose")
        await world.restart()
        done = await alice.submit_modal(reason, {"reason": "It proves nothing."})
        assert "Prohibited: recorded" in text_of(done)
        assert await ballots(world) == 1
        done = await alice.submit_modal(proposal, {"title": "Tariffs", "action": "Raising them.", "why": ""})
        assert "Proposed: **#2 Tariffs**" in text_of(done)
