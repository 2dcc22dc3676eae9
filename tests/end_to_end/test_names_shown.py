"""A person's own seat is shown as a person's wherever a seat's name is: nobody is taken for a delegation."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

from tests.end_to_end.conftest import Rehearse
from tests.end_to_end.councils import told
from tests.end_to_end.world import World, text_in, text_of

HOUR = timedelta(hours=1)
BARE = re.compile(r"(?<!@)Zenobia")


def said(world: World) -> list[str]:
    """Everything that the bot has sent, suggestions too."""
    bodies = (request.json for request in world.env.http_requests if request.method in ("POST", "PATCH"))
    return [json.dumps(body, ensure_ascii=False) for body in bodies if body]


async def seated(world: World) -> tuple[Any, list[Any]]:
    """A council under rules with vetoes, in which a member sits with one, and delegations without."""
    await world.found(preset="security-council")
    zenobia, others = world.member("Zenobia"), world.members(3)
    told(await world.chair.slash(world.channel, "seat add", member=zenobia, veto=True), "@Zenobia")
    for name, holder in zip(("Palmyra", "Tyre", "Byblos"), others, strict=True):
        told(await world.chair.slash(world.channel, "seat add", name=name, member=holder), name)
    await world.propose(zenobia, "Torture")
    return zenobia, others


async def a_round(world: World, zenobia: Any, others: list[Any]) -> None:
    palmyra = others[0]
    told(await palmyra.slash(world.channel, "seat proxy", to="@Zenobia"), "**@Zenobia** votes for **Palmyra**")
    await palmyra.slash(world.channel, "seat proxy")
    await zenobia.slash(world.channel, "seat proxy", to="Palmyra")
    await world.chair.slash(world.channel, "round rollcall")
    await world.run_due()
    await zenobia.click(world.message_with("Present"), label="Present")
    await world.run_due()
    await world.chair.slash(world.channel, "round open", length="1h")
    await world.run_due()
    card = await world.card(1)
    receipt = await world.vote(zenobia, card, "Independent")
    told(receipt, "for the seat **@Zenobia**")
    form = await zenobia.click(receipt.response, label="Add a reason")
    await zenobia.submit_modal(form, {"reason": "Each decides alone."})
    await zenobia.slash(world.channel, "docket")
    await zenobia.slash(world.channel, "vote", issue="1")
    for other in others:
        await world.vote(other, card, "Prohibited")


async def test_a_member_is_marked_wherever_its_seat_is_named(rehearse: Rehearse):
    async with rehearse() as world:
        zenobia, others = await seated(world)
        palmyra = others[0]
        assert "@Zenobia · **yours** · veto" in text_of(await zenobia.slash(world.channel, "seat list"))
        for command, option in (("seat remove", "seat"), ("seat proxy", "to")):
            suggested = await world.chair.autocomplete(world.channel, command, option, "zen")
            assert [choice["name"] for choice in suggested] == ["@Zenobia"]
        told(await zenobia.slash(world.channel, "seat take"), "**@Zenobia**")
        told(await world.chair.slash(world.channel, "seat assign", seat="Zenobia", member=palmyra), "**@Zenobia** is a")
        told(await world.chair.slash(world.channel, "seat set", seat="Zenobia", weight=2), "**@Zenobia**: weight 2")
        told(await world.chair.slash(world.channel, "seat remove", seat="Zenobia"), "**@Zenobia**?")
        await a_round(world, zenobia, others)
        await world.pass_time(HOUR)
        result = world.message_with("Result of round 1")
        for answer in (
            await palmyra.slash(world.channel, "reasons", issue="1"),
            await palmyra.click(result, label="Read all"),
            await palmyra.slash(world.channel, "issue show", issue="1"),
            await palmyra.slash(world.channel, "round status"),
        ):
            assert answer.acknowledged
        assert "@Zenobia" in text_in(result), "whose veto it was"
        assert "**@Zenobia**, round 1" in text_of(await palmyra.slash(world.channel, "reasons", issue="1"))
        told(await zenobia.slash(world.channel, "seat leave"), "**@Zenobia**")
        everything = said(world)
        named = [body for body in everything if "Zenobia" in body]
        assert len(named) > 15
        assert [body for body in named if BARE.search(body)] == []


async def test_a_member_called_like_a_delegation_is_chosen_by_its_mark(rehearse: Rehearse):
    async with rehearse() as world:
        await world.found()
        await world.chair.slash(world.channel, "seat add", country="FR")
        france = world.member("France")
        told(await france.slash(world.channel, "seat take"), "You now hold a seat in The Council: **@France**.")
        told(await world.chair.slash(world.channel, "seat set", seat="France", weight=2), "**🇫🇷 France**: weight 2")
        told(await world.chair.slash(world.channel, "seat set", seat="@France", weight=3), "**@France**: weight 3")
        listed = text_of(await world.chair.slash(world.channel, "seat list"))
        assert "🇫🇷 France · free · weight 2" in listed
        assert "\n@France · weight 3" in listed
        told(await world.chair.slash(world.channel, "seat set", seat="…", weight=3), "There is no such seat here")


async def test_whoever_is_called_everyone_pings_nobody(rehearse: Rehearse):
    async with rehearse() as world:
        await world.found()
        told(await world.member("everyone").slash(world.channel, "seat take"), "**@\u200beveryone**")
        await world.member("here").slash(world.channel, "seat take")
        assert not [body for body in said(world) if re.search("@(everyone|here)", body)]
