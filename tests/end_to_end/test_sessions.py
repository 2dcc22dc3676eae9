"""Sessions as chairs run them: roll call, debate, pauses, extensions, early closes and a docket of their choice."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.end_to_end.conftest import Rehearse
from tests.end_to_end.councils import chairing, redrawn, status, told, voting
from tests.end_to_end.world import World, text_in, text_of

HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)


async def under(world: World, group: str, **typed: str) -> None:
    """Have the council's rules changed for the next round."""
    await world.services.councils.change_rules(world.place, chairing(world), group=group, typed=typed)


async def seated(world: World, *countries: str) -> list[Any]:
    """A member for each country, who holds its seat."""
    members = world.members(len(countries))
    for member, country in zip(members, countries, strict=True):
        await world.chair.slash(world.channel, "seat add", country=country, member=member)
    return members


async def open_round(world: World, **options: str) -> Any:
    answer = await world.chair.slash(world.channel, "round open", **{"length": "1h"} | options)
    await world.run_due()
    return answer


async def result(world: World, number: int = 1) -> str:
    return text_in(world.message_with(f"Result of round {number}"))


async def test_a_binding_roll_call_leaves_out_who_does_not_answer(rehearse: Rehearse):
    async with rehearse() as world:
        await world.found()
        await under(world, "seating", open_seating="no", roll_call="yes")
        alice, boris, chen = await seated(world, "FR", "IN", "MT")
        await world.propose(alice, "Torture")
        told(await alice.slash(world.channel, "round rollcall"), "Only somebody with the permission")
        told(await world.chair.slash(world.channel, "round rollcall"), "The roll is called: 3 seats can answer")
        await world.run_due()
        roll = world.message_with("Roll call")
        assert "Seats that do not answer have no vote" in text_in(roll)
        told(await alice.click(roll, label="Present and voting"), "**present and voting**", "you may not abstain")
        told(await boris.click(roll, label="Present and voting"), "**present and voting**")
        told(await boris.click(roll, label="Present"), "Answered: **present**.")
        told(await world.member("Dana").click(roll, label="Present"), "given out by its chairs")
        await world.pass_time(timedelta(seconds=10))
        shown = text_in(world.message_with("Roll call"))
        assert "Present: 1: 🇮🇳 India" in shown
        assert "Present and voting: 1: 🇫🇷 France" in shown
        assert "1 seat has not answered." in shown
        await open_round(world)
        assert "The roll call is over." in text_in(world.message_with("The roll call is over."))
        told(await chen.click(await world.card(1), label="Prohibited"), "Malta")
        told(
            await alice.click(await world.card(1), label="Abstain"), "**France** is present and voting", "takes a side"
        )
        offered = text_of(await alice.slash(world.channel, "vote", issue="1")).splitlines()
        assert "Adjustment" in offered
        assert "Abstain" not in offered, "no button that would be refused"
        told(await boris.click(await world.card(1), label="Abstain"), "Abstain: recorded")
        view = await status(world)
        assert (view.entitled, view.lines[0].cast) == (2, 1)


async def test_a_roll_call_is_called_once_and_called_off(rehearse: Rehearse):
    async with rehearse() as world:
        await world.found()
        [alice] = await seated(world, "FR")
        for _ in range(2):
            await world.chair.slash(world.channel, "round rollcall")
            await world.run_due()
        rolls = [message for message in world.posted() if "### Roll call" in text_in(message)]
        told(await alice.click(rolls[-1], label="Present"), "Answered")
        told(await world.chair.slash(world.channel, "round rollcall", end=True), "called off")
        told(await world.chair.slash(world.channel, "round rollcall", end=True), "No roll call is being held")
        told(await alice.click(rolls[-1], label="Present"), "No roll call is being held")
        await world.run_due()
        assert "The roll call is over." in text_in(world.posted()[-1])


async def test_a_debate_takes_reasons_and_no_ballots_until_voting_opens(rehearse: Rehearse):
    async with rehearse() as world:
        await world.found()
        await under(world, "rounds", debate="2h")
        [alice] = await seated(world, "FR")
        await world.propose(alice, "Torture")
        told(await open_round(world), "Round 1 is announced with 1 issue", "Its debate has begun")
        assert "Round 1: debate" in text_in(await world.round_message())
        card = await world.card(1)
        assert "Prohibited" not in text_in(card).splitlines(), "no button that would be refused"
        told(await alice.slash(world.channel, "vote", issue="1"), "still in its debate", "voting opens")
        opened = await alice.click(card, label="Give a reason")
        told(await alice.submit_modal(opened, {"reason": " "}), "nothing to read")
        opened = await alice.click(card, label="Give a reason")
        told(await alice.submit_modal(opened, {"reason": "It harms the weak."}), "Your reason on #1 stands")
        told(await alice.slash(world.channel, "reasons", issue="1"), "It harms the weak.")
        told(await world.chair.slash(world.channel, "round close"), "still in its debate")
        old = await alice.click(card, label="Give a reason")
        await world.pass_time(timedelta(hours=2))
        assert "Round 1 is open" in text_in(await world.round_message())
        told(await alice.submit_modal(old, {"reason": "Too late."}), "give your reason together with your ballot")
        told(await world.vote(alice, await world.card(1), "Prohibited"), "Prohibited: recorded")
        await world.pass_time(HOUR)
        assert "Promoted to adjustment" in await result(world)


async def test_a_paused_round_takes_no_ballots_and_goes_on_with_what_was_left(rehearse: Rehearse):
    async with rehearse() as world:
        card, alice = await voting(world, length="1h"), world.member("Alice")
        await world.vote(alice, card, "Prohibited")
        told(await alice.slash(world.channel, "round pause"), "Only somebody with the permission")
        told(await world.chair.slash(world.channel, "round resume"), "Round 1 is not paused")
        told(await world.chair.slash(world.channel, "round pause"), "Round 1 is paused. `/round resume`")
        told(await world.chair.slash(world.channel, "round pause"), "is paused")
        for _ in range(2):
            told(await alice.click(card, label="Independent"), "Round 1 is paused by a chair", "Your ballots stand")
        told(await world.chair.slash(world.channel, "round close"), "is paused")
        await world.pass_time(3 * HOUR)
        assert "Round 1 is paused" in text_in(await world.round_message())
        assert "Vote" not in text_in(await world.round_message()).splitlines()
        told(await world.chair.slash(world.channel, "round resume"), "Round 1 goes on and closes")
        await world.run_due()
        told(await alice.click(await world.card(1), label="Adjustment"), "It replaces", "Prohibited")
        await world.pass_time(HOUR - SECOND)
        assert "Round 1 is open" in text_in(await world.round_message())
        await world.pass_time(SECOND)
        assert "Promoted to adjustment" in await result(world)
        told(await world.chair.slash(world.channel, "round pause"), "No round is open")


async def test_a_chair_extends_and_a_wrong_length_changes_nothing(rehearse: Rehearse):
    async with rehearse() as world:
        await voting(world, length="1h")
        for by in ("soon", "0h", "-1h", "9999 weeks"):
            answer = await world.chair.slash(world.channel, "round extend", by=by)
            told(answer, "Write")
        told(await world.member("Alice").slash(world.channel, "round extend", by="1h"), "Only somebody")
        told(await world.chair.slash(world.channel, "round extend", by="1h"), "is extended", "Ballots stand")
        await world.pass_time(HOUR)
        assert "Round 1 is open" in text_in(await world.round_message())
        await world.pass_time(HOUR)
        await result(world)
        told(await world.chair.slash(world.channel, "round extend", by="1h"), "No round is open")


async def test_a_round_closes_by_itself_once_all_have_voted(rehearse: Rehearse):
    async with rehearse() as world:
        await world.found()
        await under(world, "seating", open_seating="no")
        await under(world, "ballots", early_close="yes")
        alice, boris = await seated(world, "FR", "IN")
        await world.propose(alice, "Torture")
        await open_round(world)
        assert "It closes earlier if every seat has voted" in text_in(await world.round_message())
        told(await world.vote(alice, await world.card(1), "Adjustment"), "The round may close earlier")
        await world.vote(boris, await world.card(1), "Adjustment")
        await world.run_due()
        shown = await result(world)
        assert "It closed as soon as every seat had voted on everything" in shown
        assert "Promoted to adjustment" in shown


async def test_a_round_short_of_its_quorum_is_prolonged_once(rehearse: Rehearse):
    async with rehearse() as world:
        await world.found()
        await under(world, "quorum", least="2")
        await under(world, "rounds", extension="2h")
        alice, _ = await seated(world, "FR", "IN")
        await world.propose(alice, "Torture")
        await open_round(world)
        await world.vote(alice, await world.card(1), "Prohibited")
        await world.pass_time(HOUR)
        assert "Prolonged once" in text_in(await world.round_message())
        await world.pass_time(2 * HOUR)
        shown = await result(world)
        assert "Nothing moved" in shown
        assert "quorum" in shown


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ("7", "There is no issue “7” here"),
        ("Torture", "“Torture” names no issues"),
        (",", "names no issues"),
        ("0", "There is no issue “0” here"),
        ("1, 2, 3", "You chose 3 issues, and a docket holds 2 here"),
    ],
)
async def test_a_docket_that_cannot_be_is_refused(rehearse: Rehearse, given: str, sentence: str):
    async with rehearse() as world:
        await world.found()
        await under(world, "rounds", docket_limit="2")
        for title in ("Torture", "Piracy", "Slavery"):
            await world.propose(world.chair, title)
        told(await open_round(world, issues=given), sentence)
        assert await world.services.rounds.status(world.place) is None


async def test_a_chair_chooses_the_docket(rehearse: Rehearse):
    async with rehearse() as world:
        await world.found()
        await seated(world, "FR")
        for title in ("Torture", "Piracy", "Slavery"):
            await world.propose(world.chair, title)
        told(await open_round(world, issues="#3, 1 3"), "is open** on 2 issues")
        shown = text_in(await world.round_message())
        assert "Slavery" in shown
        assert "Piracy" not in shown
        told(await open_round(world, issues="2"), "Round 1 is still open")


async def test_an_early_close_asks_with_what_it_would_do(rehearse: Rehearse):
    async with rehearse() as world:
        card, alice = await voting(world), world.member("Alice")
        await seated(world, "FR")
        asked = await world.chair.slash(world.channel, "round close")
        told(asked, "**Close round 1 now?**", "cannot be undone")
        await world.vote(alice, card, "Adjustment")
        redrawn(
            await world.chair.click(asked.response, label="Close round 1 now"), "**Round 1 is closed.** 1 issue moved"
        )
        await world.run_due()
        assert "A chair closed it early" in await result(world)
        again = await world.chair.click(asked.response, label="Read all")
        assert "Torture" in text_of(again)


async def test_a_chair_who_closes_after_the_deadline_learns_that_the_round_is_prolonged(rehearse: Rehearse):
    async with rehearse() as world:
        await world.found()
        await under(world, "quorum", least="2")
        await under(world, "rounds", extension="2h")
        await seated(world, "FR", "IN")
        await world.propose(world.chair, "Torture")
        await open_round(world)
        asked = await world.chair.slash(world.channel, "round close")
        world.clock.advance(HOUR)
        redrawn(await world.chair.click(asked.response, label="Close round 1 now"), "**Round 1 is extended.**")
        assert (await status(world)).round.extended


async def test_what_is_said_in_a_secret_debate_says_when_and_how_it_is_shown(rehearse: Rehearse):
    async with rehearse() as world:
        await world.found()
        await under(world, "ballots", secrecy="secret")
        await under(world, "rounds", debate="2h")
        [alice] = await seated(world, "FR")
        await world.propose(alice, "Torture")
        await open_round(world)
        opened = await alice.click(await world.card(1), label="Give a reason")
        assert "Shown after the close, without your name." in str(world.env.http_requests[-1].json)
        await alice.submit_modal(opened, {"reason": "It harms the weak."})
        assert "It harms the weak." not in text_of(await alice.slash(world.channel, "reasons", issue="1"))
