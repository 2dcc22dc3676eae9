"""The rules as members read them and chairs change them: by form, by preset, and the end of a council."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from deliberation.rules.changes import CHOICES, GROUPS, written
from tests.end_to_end.conftest import Rehearse
from tests.end_to_end.councils import redrawn, told, voting
from tests.end_to_end.world import World, text_in, text_of

HOUR = timedelta(hours=1)
BUTTONS = {
    "adjustment": "To adjustment",
    "prohibited": "To prohibited",
    "quorum": "Quorum and reviews",
    "rounds": "Rounds",
    "ballots": "Ballots and issues",
    "seating": "Seats",
}


async def fields(world: World, group: str, **typed: str) -> dict[str, Any]:
    """What the form of a group holds, with these settings typed over."""
    council = await world.services.councils.in_channel(world.place)
    held = dict(written(council.rules, group)) | typed
    return {name: [value] if name in CHOICES else value for name, value in held.items()}


async def edit(world: World, group: str, **typed: str) -> Any:
    """Change rules as a chair does: the panel, a group's button, the form."""
    panel = await world.chair.slash(world.channel, "council rules")
    opened = await world.chair.click(panel.response, label=BUTTONS[group])
    return await world.chair.submit_modal(opened, await fields(world, group, **typed))


async def rules(world: World, member: Any = None) -> str:
    return text_of(await (member or world.chair).slash(world.channel, "council rules"))


async def test_the_panel_tells_every_rule_with_its_consequence_and_only_chairs_get_buttons(rehearse: Rehearse):
    async with rehearse() as world:
        await world.found(preset="security-council")
        [alice] = world.members(1)
        shown = await rules(world, alice)
        assert "Rules: Security Council" in shown
        assert "What follows" in shown
        assert "**passes** at prohibited" in shown
        assert "**fails** at prohibited" in shown
        assert "one seat with a veto against: **vetoed**" in shown
        assert "no seat has one" in shown, "the rules know vetoes and nobody has one"
        assert not any(label in shown.splitlines() for label in BUTTONS.values())
        own = await rules(world)
        assert all(label in own.splitlines() for label in BUTTONS.values())


@pytest.mark.parametrize("group", GROUPS)
async def test_a_form_sent_as_it_came_changes_nothing(rehearse: Rehearse, group: str):
    async with rehearse() as world:
        await world.found(preset="broad-consensus")
        told(await edit(world, group), "Nothing changed: these are the rules already.")


async def test_a_change_is_announced_and_takes_effect_with_the_next_round(rehearse: Rehearse):
    async with rehearse() as world:
        await voting(world, length="1h")
        alice, boris, chen = world.members(3)
        for member, position in ((alice, "Adjustment"), (boris, "Adjustment"), (chen, "Independent")):
            await world.vote(member, await world.card(1), position)
        told(
            await edit(world, "adjustment", criteria=">= 4/5 of voting seats"),
            "**The rules have changed:**",
            "80 %",
            "a running round keeps the rules it opened with",
        )
        await world.run_due()
        assert "80 %" in text_in(world.message_with("**The rules have changed:**", "From the next round on."))
        await world.pass_time(HOUR)
        assert "Promoted to adjustment" in text_in(world.message_with("Result of round 1"))
        await world.propose(alice, "Slavery")
        await world.chair.slash(world.channel, "round open", length="1h", issues="2")
        await world.run_due()
        for member, position in ((alice, "Adjustment"), (boris, "Adjustment"), (chen, "Independent")):
            await world.vote(member, await world.card(2), position)
        await world.pass_time(HOUR)
        result = text_in(world.message_with("Result of round 2"))
        assert "Nothing moved" in result
        assert "80 %" in result


@pytest.mark.parametrize(
    ("group", "typed", "sentence"),
    [
        ("adjustment", {"criteria": ">= 9/10 of voting weight"}, "A higher category would be easier to reach"),
        ("adjustment", {"criteria": "a lot"}, "“a lot” cannot be read here"),
        ("adjustment", {"criteria": "   "}, "cannot be read here"),
        ("prohibited", {"criteria": "> 100 % of voting weight"}, "“More than” the whole can never be reached"),
        ("prohibited", {"criteria": ">= 7/0 of voting weight"}, "cannot be read here"),
        ("prohibited", {"floor": "99 %"}, "would rise and waver at once"),
        ("quorum", {"least": "-3"}, "3” cannot be read here"),
        ("quorum", {"relegate_after": "@everyone"}, "cannot be read here"),
        ("rounds", {"round_length": "soon"}, "cannot be read as a length of time"),
        ("rounds", {"docket_limit": "26"}, "it goes from 1 to 25"),
        ("rounds", {"debate": "400 years"}, "Write, for example"),
        ("ballots", {"early_close": "yes"}, "Turn *open seating* off first"),
        ("ballots", {"seconds": "many"}, "“many” cannot be read here"),
        ("seating", {"membership": "yesterday"}, "cannot be read as a length of time"),
    ],
)
async def test_contradictions_are_refused_with_the_reason_and_nothing_typed_is_lost(
    rehearse: Rehearse, group: str, typed: dict[str, str], sentence: str
):
    async with rehearse() as world:
        await world.found()
        before = await rules(world)
        refused = await edit(world, group, **typed)
        told(refused, sentence, "Try again")
        again = await world.chair.click(refused.response, label="Try again")
        [given] = typed.values()
        assert given.strip() in str(again.modal)
        told(await world.chair.submit_modal(again, await fields(world, group, **typed)), sentence)
        assert await rules(world) == before
        told(await edit(world, group), "Nothing changed")


async def test_secret_ballots_are_refused_while_seats_differ(rehearse: Rehearse):
    async with rehearse() as world:
        await world.found()
        await world.chair.slash(world.channel, "seat add", country="FR", weight=2)
        told(await edit(world, "ballots", secrecy="secret"), "all seats must be equal", "*open* or *sealed*")
        await world.chair.slash(world.channel, "seat set", seat="France", weight=1)
        told(await edit(world, "ballots", secrecy="secret"), "**The rules have changed:**")
        told(await world.chair.slash(world.channel, "seat set", seat="France", veto=True), "all seats must be equal")
        assert "shown to nobody" in await rules(world)


async def test_a_form_is_no_use_to_who_does_not_chair(rehearse: Rehearse):
    async with rehearse() as world:
        await world.found()
        [alice] = world.members(1)
        panel = await world.chair.slash(world.channel, "council rules")
        opened = await world.chair.click(panel.response, label="Rounds")
        await world.chair.slash(world.channel, "council rules")
        for command, options in (
            ("council preset", {"preset": "consensus"}),
            ("council close", {}),
            ("council roles", {}),
        ):
            told(await alice.slash(world.channel, command, **options), "Only somebody with the permission")
        told(await world.chair.submit_modal(opened, await fields(world, "rounds", docket_limit="3")), "have changed")


async def test_a_preset_shows_what_it_would_change_before_it_does(rehearse: Rehearse):
    async with rehearse() as world:
        await world.found(preset="simple-majority")
        told(await world.chair.slash(world.channel, "council preset", preset="simple-majority"), "Nothing would change")
        before = await rules(world)
        shown = await world.chair.slash(world.channel, "council preset", preset="eu-council")
        told(shown, "**EU Council** would change this:", "55 %", "65 %")
        assert await rules(world) == before, "looking changes nothing"
        redrawn(
            await world.chair.click(shown.response, label="Adopt these rules"), "**The rules have changed:**", "55 %"
        )
        await world.run_due()
        world.message_with("**The rules have changed:**", "`/council rules`")
        assert "Rules: EU Council" in await rules(world)
        told(await world.chair.slash(world.channel, "council preset", preset="eu-council"), "Nothing would change")


async def test_an_adopted_preset_adopted_again_changes_nothing(rehearse: Rehearse):
    async with rehearse() as world:
        await world.found(preset="simple-majority")
        shown = [await world.chair.slash(world.channel, "council preset", preset="consensus") for _ in range(2)]
        redrawn(await world.chair.click(shown[0].response, label="Adopt these rules"), "have changed")
        redrawn(await world.chair.click(shown[1].response, label="Adopt these rules"), "Nothing changed")
        await world.run_due()
        assert sum("The rules have changed" in text_in(message) for message in world.posted()) == 1


async def test_a_council_is_closed_after_a_question_and_stays_readable(rehearse: Rehearse):
    async with rehearse() as world:
        await voting(world, length="1h")
        [alice] = world.members(1)
        await world.vote(alice, await world.card(1), "Prohibited", reason=None)
        asked = await world.chair.slash(world.channel, "council close")
        told(asked, "Close **The Council** for good?", "This cannot be undone.")
        early = await world.chair.click(asked.response, label="Close the council")
        assert "Round 1 is still open" in text_of(early), "a running round is not cut off"
        await world.pass_time(HOUR)
        redrawn(await world.chair.click(asked.response, label="Close the council"), "**The Council** is closed.")
        await world.run_due()
        for command in ("round open", "propose", "council close", "seat take", "round rollcall"):
            told(await world.chair.slash(world.channel, command), "This council was closed", "can still be read")
        for command, sentence in (
            ("council info", "**Closed**"),
            ("council rules", "What follows"),
            ("issue list", "Torture"),
            ("order board", "Torture"),
            ("order verify", "sound"),
            ("seat list", "Alice"),
        ):
            told(await alice.slash(world.channel, command), sentence)
        assert "To adjustment" not in (await rules(world)).splitlines(), "no button that would be refused"
        told(await world.chair.click(await world.card(1), label="Why?"), "As round 1 decided")


@pytest.mark.parametrize(
    ("secrecy", "sentence"),
    [
        ("sealed", "Ballots are sealed: until a round closes, only its turnout shows."),
        ("secret", "who voted what is never shown"),
    ],
)
async def test_a_sealed_and_a_secret_council_say_so_from_the_first_message_on(
    rehearse: Rehearse, secrecy: str, sentence: str
):
    async with rehearse() as world:
        opened = await world.chair.slash(world.channel, "council setup", secrecy=secrecy)
        typed = {"name": "The Council", "preset": ["simple-majority"], "length": "soon", "voters": [], "chairs": []}
        refused = await world.chair.submit_modal(opened, typed)
        told(refused, "“soon” cannot be read as a length of time")
        again = await world.chair.click(refused.response, label="Try again")
        done = await world.chair.submit_modal(again, typed | {"length": "1h"})
        assert sentence in text_of(done), "the secrecy is kept over the second try"
        [alice] = world.members(1)
        await world.propose(alice, "Torture")
        await world.chair.slash(world.channel, "round open")
        await world.run_due()
        told(await world.vote(alice, await world.card(1), "Prohibited"), "Prohibited: recorded")
        await world.pass_time(timedelta(seconds=10))
        assert "Prohibited 1" not in text_in(await world.card(1))
        await world.pass_time(HOUR)
        assert "Promoted to adjustment" in text_in(world.message_with("Result of round 1"))


async def test_who_founds_a_council_that_asks_for_blocs_learns_that_none_are_found_yet(rehearse: Rehearse):
    async with rehearse() as world:
        opened = await world.chair.slash(world.channel, "council setup")
        fields = {"name": "The Council", "preset": ["broad-consensus"], "length": "3d", "voters": [], "chairs": []}
        assert "Blocs are not found yet" in text_of(await world.chair.submit_modal(opened, fields))


async def test_a_role_that_is_not_named_stays_as_it_is(rehearse: Rehearse):
    async with rehearse() as world:
        await world.found()
        chairs, voters = world.guild.create_role("Chairs"), world.guild.create_role("Voters")
        told(await world.chair.slash(world.channel, "council roles", chairs=chairs), f"<@&{chairs.id}>")
        told(
            await world.chair.slash(world.channel, "council roles", voters=voters),
            f"<@&{chairs.id}>",
            f"<@&{voters.id}>",
        )
        told(await world.chair.slash(world.channel, "council info"), f"<@&{chairs.id}>")
