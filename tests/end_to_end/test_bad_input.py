"""Bad input from members and chairs: one clear sentence that says what to do instead, and nothing half done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from discord import AppCommandOptionType, app_commands

from cogs.showing.formatting import plain
from deliberation.ids import ChannelId, PersonId
from deliberation.rules import Secrecy
from tests.end_to_end.conftest import Rehearse
from tests.end_to_end.councils import ballots, chairing, ids_of, issues, told, voting
from tests.end_to_end.world import text_in, text_of

WITHOUT_COUNCIL = {"council setup", "preferences", "privacy export", "privacy erase", "help"}
"""Commands that need no council."""
OVER_THE_LIMIT = "\u0958" * 100
"""As many letters as a title may have: Discord's form takes them. In their normal form they are twice as many."""
UNUSABLE = {
    "too long": (OVER_THE_LIMIT, "has 200 characters, and there is room for 100. Shorten it"),
    "white space": (" \u00a0\u3000 ", "holds nothing to read. Write something there"),
    "emoji": ("🔥🔥🔥", "has no letters or numbers"),
    "zalgo": ("To" + "\u0301" * 9 + "rture", "has marks piled up on letters"),
    "turned around": ("Tor\u202eture", "has hidden characters that turn the direction"),
}


def anything(option: app_commands.Parameter, member: Any) -> Any:
    """What a command takes for this option."""
    if option.type is AppCommandOptionType.user:
        return member
    return option.choices[0].value if option.choices else "1"


# --- where, and before or after its time ---


async def test_in_a_channel_without_a_council_every_command_says_how_to_found_one(rehearse: Rehearse):
    async with rehearse() as world:
        used = 0
        for command in world.bot.tree.walk_commands():
            if not isinstance(command, app_commands.Command) or command.qualified_name in WITHOUT_COUNCIL:
                continue
            entered = {
                option.display_name: anything(option, world.chair) for option in command.parameters if option.required
            }
            answer = await world.chair.slash(world.channel, command.qualified_name, **entered)
            told(answer, "No council sits in this channel", "`/council setup`")
            used += 1
        assert used > 15


async def test_before_the_voting_starts_there_is_no_button_and_the_commands_say_when_it_does(rehearse: Rehearse):
    async with rehearse() as world:
        await world.found()
        await world.propose(world.chair, "Torture")
        card = await world.card(1)
        assert ids_of(card, "ballot") == []
        assert "Voting starts with the next round" in text_in(card)
        alice = world.member("Alice")
        told(await alice.slash(world.channel, "docket"), "nothing to vote on now", "`/round open`")
        told(await alice.slash(world.channel, "vote", issue="1"), "nothing to vote on now", "`/round open`")
        await world.chair.slash(world.channel, "round schedule", when="every Monday 18:00")
        told(await alice.slash(world.channel, "docket"), "The next one opens <t:")


async def test_after_the_deadline_every_way_to_vote_is_closed_although_the_round_is_not_ruled_yet(rehearse: Rehearse):
    async with rehearse() as world:
        card = await voting(world, preset="meta-regime", length="10m")
        alice = world.member("Alice")
        form = await alice.click(card, label="Prohibited")
        docket = await alice.slash(world.channel, "docket")
        world.clock.advance(timedelta(minutes=10))
        await world.env.advance_time(600)

        told(await alice.submit_modal(form, {"reason": "Too slow a typist."}), "this came too late", "next round")
        told(await alice.click(card, label="Abstain"), "this came too late", "next round")
        told(await alice.click(card, label="Prohibited"), "this came too late", "next round")
        assert await ballots(world) == 0
        await world.run_due()
        assert ids_of(await world.card(1), "ballot") == []
        told(await alice.click(docket.response, label="Prohibited"), "Round 1 is over", "Its result is in this channel")


async def test_on_a_withdrawn_issue_nobody_votes(rehearse: Rehearse):
    async with rehearse() as world:
        card = await voting(world, "Torture", "Tariffs on neighbours")
        await world.chair.slash(world.channel, "issue withdraw", issue="1")
        alice = world.member("Alice")
        told(await alice.click(card, label="Prohibited"), "#1 was withdrawn by its proposer", "`/issue list`")
        assert await ballots(world) == 0
        await world.run_due()
        assert ids_of(world.message_with("#1 Torture", "Withdrawn"), "ballot") == []


# --- without a seat ---


async def test_where_chairs_give_out_the_seats_nobody_else_votes(rehearse: Rehearse):
    async with rehearse() as world:
        place, alice = ChannelId(world.channel.id), world.member("Alice")
        await world.services.councils.setup(
            chairing(world),
            guild=world.guild.id,
            channel=place,
            name="The Council",
            language="en",
            preset="simple-majority",
            round_length="3d",
            secrecy=Secrecy.OPEN,
            voter_role=None,
            chair_role=None,
            open_seating=False,
        )
        holder = PersonId(world.chair.user.id)
        await world.services.hosting.seat_delegation(place, name="France", country="FR", holders=[holder])
        await world.propose(world.chair, "Torture")
        await world.chair.slash(world.channel, "round open")
        await world.run_due()
        sentence = "Seats in this council are given out by its chairs. Ask one of them for a seat."
        told(await alice.click(await world.card(1), label="Prohibited"), sentence)
        told(await alice.slash(world.channel, "seat take"), sentence)
        assert await ballots(world) == 0


async def test_who_lacks_the_role_is_told_which_and_votes_once_it_is_given(rehearse: Rehearse):
    async with rehearse() as world:
        delegates = world.guild.create_role("Delegates")
        form = await world.chair.slash(world.channel, "council setup")
        entered = {"name": "The Council", "preset": ["simple-majority"], "length": "3d", "voters": [delegates]}
        await world.chair.submit_modal(form, entered)
        boris = world.guild.add_member(world.env.create_user("Boris"), roles=[delegates])
        await world.propose(boris, "Torture")
        await world.chair.slash(world.channel, "round open")
        await world.run_due()
        card, alice = await world.card(1), world.member("Alice")

        told(await alice.click(card, label="Prohibited"), f"Only holders of <@&{delegates.id}> may sit", "Ask the")
        assert await ballots(world) == 0
        world.env.backend.add_member_role(world.guild.id, alice.user.id, delegates.id)
        assert "Prohibited: recorded" in text_of(await alice.click(card, label="Prohibited"))


# --- texts ---


async def test_a_required_reason_left_empty_records_nothing_and_can_be_given(rehearse: Rehearse):
    async with rehearse() as world:
        card, alice = await voting(world, preset="meta-regime"), world.member("Alice")
        form = await alice.click(card, label="Prohibited")
        assert form.modal["components"][0]["component"].get("required", True), "Discord itself sends no empty field"
        for typed, sentence in ((" \n\u3000", "Write a sentence, or abstain"), ("😀😀", "no letters or numbers")):
            refused = await alice.submit_modal(form, {"reason": typed})
            told(refused, sentence)
            assert await ballots(world) == 0
            form = await alice.click(refused.response, label="Try again")
        assert "Prohibited: recorded" in text_of(await alice.submit_modal(form, {"reason": "It proves nothing."}))
        assert await ballots(world) == 1


async def test_a_title_that_nobody_could_read_is_refused_and_comes_back_as_it_was_typed(rehearse: Rehearse):
    async with rehearse() as world:
        await world.found()
        alice = world.member("Alice")
        form = await alice.slash(world.channel, "propose")
        for title, sentence in UNUSABLE.values():
            refused = await alice.submit_modal(form, {"title": title, "action": "What is done.", "why": "It hurts."})
            told(refused, f"The title {sentence}", "Try again")
            assert await issues(world) == []
            form = await alice.click(refused.response, label="Try again")
            held = [label["component"].get("value") for label in form.modal["components"]]
            assert held == [title, "What is done.", "It hurts."]
        done = await alice.submit_modal(form, {"title": "Torture", "action": "What is done.", "why": "It hurts."})
        assert "Proposed: **#1 Torture**" in text_of(done)


@pytest.mark.parametrize(("field", "name"), [("action", "The description"), ("why", "“Why it matters”")])
async def test_the_other_texts_are_held_to_the_same_and_the_field_is_named(rehearse: Rehearse, field: str, name: str):
    async with rehearse() as world:
        await world.found()
        alice = world.member("Alice")
        for kind, (text, sentence) in UNUSABLE.items():
            if kind == "too long" or (field, kind) == ("why", "white space"):  # Which may be left empty.
                continue
            form = await alice.slash(world.channel, "propose")
            typed = {"title": "Torture", "action": "What is done.", "why": ""} | {field: text}
            told(await alice.submit_modal(form, typed), f"{name} {sentence}")
        assert await issues(world) == []


async def test_mentions_markdown_and_any_script_are_shown_as_typed_and_notify_nobody(rehearse: Rehearse):
    async with rehearse() as world:
        await world.found()
        alice = world.member("Alice")
        texts = ("@everyone rise", "**Bold** [claims](https://example.org)", "حظر التعذيب", "# Heading > quote")
        for title in texts:
            form = await alice.slash(world.channel, "propose")
            assert "Proposed: **#" in text_of(await alice.submit_modal(form, dict.fromkeys(("title", "action"), title)))
        await world.run_due()
        assert await issues(world) == list(texts)
        shown = "\n".join(text_in(message) for message in world.posted())
        for title in texts:
            assert plain(title) in shown
        assert "@everyone" not in shown
        sent = [entry.json for entry in world.env.http_requests if isinstance(entry.json, dict) and entry.json]
        notified = [said["allowed_mentions"].get("parse") for said in sent if "allowed_mentions" in said]
        assert notified
        assert all(not parse for parse in notified)


# --- lengths, time zones, numbers ---

LENGTHS = [("soon", "cannot be read"), ("-3d", "cannot be read"), ("0", "cannot be read"), ("999y", "too long")]
LENGTH_OPTIONS: Sequence[tuple[str, dict[str, str]]] = [
    ("round open", {}),
    ("round schedule", {"when": "every Monday 18:00"}),
    ("round extend", {}),
]


async def test_a_length_that_is_none_changes_nothing_whichever_command_it_is_given_to(rehearse: Rehearse):
    async with rehearse() as world:
        await world.found()
        await world.propose(world.chair, "Torture")
        place = ChannelId(world.channel.id)
        for command, others in LENGTH_OPTIONS:
            if command == "round extend":
                await world.chair.slash(world.channel, "round open")
            before = (await world.services.rounds.status(place), (await world.services.councils.info(place)).schedule)
            for length, sentence in LENGTHS:
                option = "by" if command == "round extend" else "length"
                told(await world.chair.slash(world.channel, command, **{option: length}, **others), sentence, "`3d")
            after = (await world.services.rounds.status(place), (await world.services.councils.info(place)).schedule)
            assert after == before


async def test_an_unknown_time_zone_is_answered_with_the_likely_one(rehearse: Rehearse):
    async with rehearse() as world:
        await world.found()
        given = {"when": "every Monday 18:00", "length": "1d"}
        for zone, sentence in (("Europe/Pariss", "Did you mean `Europe/Paris`"), ("Q", "Write a city, such as")):
            told(await world.chair.slash(world.channel, "round schedule", zone=zone, **given), sentence)
        assert (await world.services.councils.info(ChannelId(world.channel.id))).schedule is None


async def test_an_unknown_issue_number_is_answered_with_those_there_are(rehearse: Rehearse):
    async with rehearse() as world:
        await voting(world, "Torture", "Tariffs on neighbours")
        await world.chair.slash(world.channel, "seat take")
        for command in ("vote", "reasons", "issue show", "issue withdraw", "issue review"):
            for typed in ("99", "#99", "0", "-1", "1e9", "no such thing"):
                answer = await world.chair.slash(world.channel, command, issue=typed)
                told(answer, "There is no issue", "numbered from 1 to 2", "`/issue list`")
        assert await issues(world) == ["Torture", "Tariffs on neighbours"]
