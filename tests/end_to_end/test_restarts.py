"""What outlives the process: open forms, old buttons, deadlines that passed while the bot was away."""

from __future__ import annotations

from datetime import timedelta

from tests.end_to_end.conftest import Rehearse
from tests.end_to_end.world import World, text_in, text_of

TITLE = "First use of nuclear weapons"
THREE_DAYS = timedelta(days=3)


async def in_session(world: World, *, preset: str) -> tuple:
    """A council with two seats and a round open on one issue."""
    await world.found(preset=preset)
    alice, boris = world.members(2)
    for member in (alice, boris):
        await member.slash(world.channel, "seat take")
    await world.propose(alice, TITLE)
    await world.chair.slash(world.channel, "round open")
    await world.run_due()
    return alice, boris


async def test_a_form_opened_before_a_restart_is_accepted_after_it(rehearse: Rehearse):
    async with rehearse() as world:
        alice, _ = await in_session(world, preset="meta-regime")
        opened = await alice.click(await world.card(1), label="Prohibited")
        await world.restart()
        done = await alice.submit_modal(opened, {"reason": "Nothing survives it."})
        assert "Prohibited" in text_of(done)


async def test_the_buttons_of_a_card_from_before_a_restart_work(rehearse: Rehearse):
    async with rehearse() as world:
        alice, _ = await in_session(world, preset="simple-majority")
        card = await world.card(1)
        await world.restart()
        assert "Adjustment" in text_of(await world.vote(alice, card, "Adjustment"))


async def test_a_deadline_missed_while_away_is_settled_on_start_with_the_ballots_in_time(rehearse_on_either: Rehearse):
    async with rehearse_on_either() as world:
        alice, boris = await in_session(world, preset="simple-majority")
        await world.vote(alice, await world.card(1), "Prohibited")
        world.clock.advance(THREE_DAYS)
        await world.env.advance_time(THREE_DAYS.total_seconds())
        await world.restart()
        # The closing has not run yet: what counts is the deadline.
        late = await world.vote(boris, await world.card(1), "Independent")
        assert "this came too late" in text_of(late)
        await world.run_due()
        result = text_in(world.message_with("Result of round 1"))
        assert "1 of 2 seats" in result
        assert "Promoted to adjustment" in result


async def test_a_round_is_closed_and_announced_once(rehearse: Rehearse):
    async with rehearse() as world:
        await in_session(world, preset="simple-majority")
        await world.pass_time(THREE_DAYS)
        await world.restart()
        await world.run_due()
        await world.run_due()
        results = [message for message in world.posted() if "Result of round 1" in text_in(message)]
        assert len(results) == 1
