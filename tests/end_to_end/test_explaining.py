"""Explanations and the board: why an issue stands where it stands, what would move it, and the whole order."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from services.ports import PostKind
from tests.end_to_end.conftest import Rehearse
from tests.end_to_end.councils import chairing, redrawn, told, voting
from tests.end_to_end.test_bad_input_places import forbid
from tests.end_to_end.world import World, text_in, text_of

HOUR = timedelta(hours=1)
SECONDS = timedelta(seconds=10)
TABS = ("Why?", "What would move it?", "Under other rules")


async def divided(world: World, *positions: str, preset: str = "meta-regime", secrecy: str = "open") -> list[Any]:
    """A council of as many members as there are positions, which have voted so in round 1."""
    opened = await world.chair.slash(world.channel, "council setup", secrecy=secrecy)
    typed = {"name": "The Council", "preset": [preset], "length": "1h", "voters": [], "chairs": []}
    await world.chair.submit_modal(opened, typed)
    members = world.members(len(positions))
    for member in members:
        await member.slash(world.channel, "seat take")
    await world.propose(world.chair, "Torture")
    await world.chair.slash(world.channel, "round open", length="1h")
    await world.run_due()
    for member, position in zip(members, positions, strict=True):
        reason = "It is so." if preset == "meta-regime" and position != "Abstain" else None
        await world.vote(member, await world.card(1), position, reason=reason)
    await world.pass_time(SECONDS)
    return members


async def tabs(member: Any, message: Any) -> dict[str, str]:
    """Every tab of the explanation, from the button on a message."""
    told_first = await member.click(message, label="Why?")
    assert told_first.ephemeral
    shown = {TABS[0]: text_of(told_first)}
    for tab in TABS[1:]:
        shown[tab] = text_of(await member.click(told_first.response, label=tab))
    return shown


async def test_the_card_explains_the_round_as_it_stands_and_the_ruling_after_it(rehearse: Rehearse):
    async with rehearse() as world:
        alice, *_ = await divided(world, "Adjustment", "Independent", "Independent", "Abstain")
        before = await tabs(alice, await world.card(1))
        assert "If round 1 closed now" in before["Why?"]
        assert "adjustment: 1 of 3 voting" in before["Why?"]
        assert "60 % takes" in before["Why?"]
        assert "adjustment" in before["What would move it?"]
        assert "Simple majority" in before["Under other rules"]
        assert "Meta-regime" not in before["Under other rules"], "its own rules are not compared with themselves"
        await world.pass_time(HOUR)
        after = await tabs(alice, await world.card(1))
        for shown in after.values():
            assert "As round 1 decided" in shown
        assert "❌ adjustment: 1 of 3 voting" in after["Why?"]
        menu = world.message_with("Result of round 1")
        chosen = await alice.select(menu, [await first_choice(menu)])
        told(chosen, "As round 1 decided", "❌ adjustment: 1 of 3 voting")


async def first_choice(message: Any) -> str:
    """The first value of the message's only menu."""
    waiting = [part.to_dict() for part in message.components]
    while waiting:
        part = waiting.pop(0)
        if part.get("options"):
            return part["options"][0]["value"]
        waiting += part.get("components", ())
    raise AssertionError("no menu")


async def test_what_is_needed_is_counted_out(rehearse: Rehearse):
    async with rehearse() as world:
        [alice, *_] = await divided(world, "Adjustment", "Independent", preset="simple-majority")
        shown = await tabs(alice, await world.card(1))
        assert "1 of 2 voting" in shown["Why?"]
        assert "1" in shown["What would move it?"]
        assert shown["What would move it?"] != shown["Why?"]
        await world.vote(alice, await world.card(1), "Independent")
        changed = await tabs(alice, await world.card(1))
        assert "0 of 2 voting" in changed["Why?"]


async def test_before_any_round_there_is_nothing_to_explain_and_no_button(rehearse: Rehearse):
    async with rehearse() as world:
        await world.found()
        await world.propose(world.chair, "Torture")
        assert "Why?" not in text_in(await world.card(1)).splitlines()


@pytest.mark.parametrize("secrecy", ["sealed", "secret"])
async def test_before_the_close_of_a_sealed_round_nothing_derived_is_told(rehearse: Rehearse, secrecy: str):
    async with rehearse() as world:
        positions = ("Prohibited", "Prohibited", "Adjustment")
        alice, *_ = await divided(world, *positions, preset="simple-majority", secrecy=secrecy)
        for member in (alice, world.chair):
            hidden = await member.click(await world.card(1), label="Why?")
            told(hidden, "Round 1 shows no positions before its close")
            for word in ("Quorum", "of 3", "%", "✅", "❌", *TABS):
                assert word not in text_of(hidden)
            for command, options in (("order board", {}), ("round status", {}), ("issue show", {"issue": "1"})):
                assert "Prohibited 2" not in text_of(await member.slash(world.channel, command, **options))
        await world.pass_time(HOUR)
        shown = await tabs(alice, await world.card(1))
        assert "3 of 3 voting" in shown["Why?"]


async def test_the_board_is_read_by_anybody_and_pinned_by_a_chair(rehearse: Rehearse):
    async with rehearse() as world:
        await voting(world, "Torture", "Sla*v*ery @everyone", length="1h")
        alice, boris = world.members(2)
        shown = await alice.slash(world.channel, "order board")
        told(shown, "#1 Torture · new", "#2 Sla", "closes")
        assert "*v*" not in text_of(shown)
        told(await alice.slash(world.channel, "order board", pin=True), "Only somebody with the permission")
        assert await board(world) is None
        for _ in range(2):
            told(await world.chair.slash(world.channel, "order board", pin=True), "pin")
            await world.run_due()
        standing = await board(world)
        assert "#1 Torture · new" in text_in(standing)
        for member in (alice, boris):
            await world.vote(member, await world.card(1), "Adjustment")
        await world.pass_time(HOUR)
        updated = await board(world)
        assert updated.id == standing.id, "it is the same message, kept up to date"
        assert "#1 Torture · ↗" in text_in(updated)
        await world.propose(alice, "Piracy")
        await world.pass_time(SECONDS)
        assert "#3 Piracy · new" in text_in(await board(world))


async def board(world: World) -> Any:
    """The pinned board as it stands; None where there is none."""
    council = await world.services.councils.in_channel(world.place)
    return await world._standing(PostKind.BOARD, council.id)


async def test_an_empty_board_says_so(rehearse: Rehearse):
    async with rehearse() as world:
        [alice] = world.members(1)
        told(await alice.slash(world.channel, "order board"), "No council sits in this channel.")
        told(await alice.slash(world.channel, "order verify"), "No council sits in this channel.")
        await world.found()
        shown = text_of(await alice.slash(world.channel, "order board"))
        assert "🔴 0 · 🟡 0 · 🟢 0" in shown


async def test_the_record_is_sound_and_its_head_moves_with_every_act(rehearse: Rehearse):
    async with rehearse() as world:
        await world.found()
        [alice] = world.members(1)
        first = await alice.slash(world.channel, "order verify")
        told(first, "sound")
        assert text_of(first) == text_of(await alice.slash(world.channel, "order verify"))
        await world.propose(alice, "Torture")
        second = await alice.slash(world.channel, "order verify")
        told(second, "sound")
        assert text_of(first) != text_of(second)


async def test_a_head_that_was_kept_is_compared_with_the_record(rehearse: Rehearse):
    async with rehearse() as world:
        await world.found()
        [alice] = world.members(1)
        kept = text_of(await alice.slash(world.channel, "order verify"))
        [head] = re.findall(r"\d+:[0-9a-f]{64}", kept)
        await world.propose(alice, "Torture")
        told(await alice.slash(world.channel, "order verify", head=kept), "The head that you kept still stands in it")
        other = head[:-1] + ("0" if head[-1] != "0" else "1")
        told(await alice.slash(world.channel, "order verify", head=other), "is not the one that you kept")
        later = f"1000{head}"
        told(await alice.slash(world.channel, "order verify", head=later), "The record ends before entry")
        told(await alice.slash(world.channel, "order verify", head=head[:40]), "is no head of a record. Copy it whole")


async def test_a_long_board_turns_in_the_readers_own_answer(rehearse: Rehearse):
    async with rehearse() as world:
        await world.found()
        for number in range(16):
            await world.services.issues.propose(
                world.place,
                chairing(world),
                title=f"Issue number {number}",
                action="What is done.",
                why="",
                anyway=True,
            )
        first = await world.chair.slash(world.channel, "order board")
        assert "Issue number 15" not in text_of(first)
        redrawn(await world.chair.click(first.response, label="More ▶"), "Issue number 15")


async def test_a_chair_is_told_which_permission_pinning_takes(rehearse: Rehearse):
    async with rehearse() as world:
        await world.found()
        forbid(world, world.channel, pin_messages=False)
        told(
            await world.chair.slash(world.channel, "order board", pin=True),
            "The board is posted",
            "the permission *Pin Messages*",
        )
        await world.run_due()
        assert await board(world) is not None, "posted all the same"
