"""Seats as chairs give them out and members hold them: adding, claiming, assigning, changing, removing and barring."""

from __future__ import annotations

from typing import Any

import pytest

from tests.end_to_end.conftest import Rehearse
from tests.end_to_end.councils import redrawn, told, voting
from tests.end_to_end.world import World, text_in, text_of

NOT_CHAIR = "Only somebody with the permission *Manage Server* can do this. Ask one of them."


async def seat(world: World, **options: Any) -> Any:
    """Add a seat as the chair does."""
    return await world.chair.slash(world.channel, "seat add", **options)


async def listed(world: World, member: Any = None) -> str:
    """The list of seats as the member, or else the chair, is shown it."""
    return text_of(await (member or world.chair).slash(world.channel, "seat list"))


async def open_round(world: World, **options: Any) -> None:
    await world.chair.slash(world.channel, "round open", **options)
    await world.run_due()


def line_of(text: str, name: str) -> str:
    [line] = [line for line in text.splitlines() if name in line]
    return line


async def test_a_country_is_suggested_with_its_flag_and_added_once(rehearse: Rehearse):
    async with rehearse() as world:
        await world.found()
        suggested = await world.chair.autocomplete(world.channel, "seat add", "country", "fran")
        assert suggested[0] == {"name": "🇫🇷 France", "value": "FR"}
        assert await world.chair.autocomplete(world.channel, "seat add", "country", "zzzz") == []
        told(await seat(world, country="FR"), "1 seat added", "🇫🇷 France", "It counts from the next round on.")
        told(await seat(world, country="france"), "**France** sits here already", "`/seat assign`")
        assert (await listed(world)).count("France") == 1


@pytest.mark.parametrize("given", ["Atlantis", "korea", "  ", "EU", "🇫🇷", "x" * 300])
async def test_a_country_that_is_none_or_several_is_refused_with_what_to_do(rehearse: Rehearse, given: str):
    async with rehearse() as world:
        await world.found()
        for _ in range(2):
            told(await seat(world, country=given), "No one country goes by", "Pick one from the list", "`name:`")
        assert "0 seats" in await listed(world)


async def test_a_seat_by_name_and_a_members_own_are_added_and_nothing_named_is_refused(rehearse: Rehearse):
    async with rehearse() as world:
        await world.found()
        alice, boris = world.members(2)
        told(await seat(world), "Say whose seat it is")
        told(await seat(world, name="", country=""), "Say whose seat it is")
        told(await seat(world, name="Order **of** `merit`", member=alice), "1 seat added")
        told(await seat(world, name="order **of** `MERIT`"), "sits here already")
        told(await seat(world, member=boris, weight=3), "1 seat added", "Boris")
        told(await seat(world, member=boris), "That member holds **@Boris** already", "`/seat set`")
        told(await seat(world, name="\u202eevil"), "turn the direction")
        told(await seat(world, name="x" * 101), "there is room for")
        shown = await listed(world)
        assert "2 seats" in shown
        assert "**of**" not in shown, "formatting is escaped"
        assert "weight 3" in line_of(shown, "Boris")


async def test_weights_of_billions_and_of_nothing_are_shown_well(rehearse: Rehearse):
    async with rehearse() as world:
        await world.found()
        alice, boris = world.members(2)
        await seat(world, country="IN", weight=1_400_000_000, member=alice)
        await seat(world, country="VA", weight=0, member=boris)
        shown = await listed(world)
        assert "weight 1,400,000,000" in line_of(shown, "India")
        assert "weight 0" in line_of(shown, "Vatican")
        await world.propose(world.chair, "Torture")
        await open_round(world)
        await world.vote(alice, await world.card(1), "Adjustment")
        await world.vote(boris, await world.card(1), "Prohibited")
        shown = text_of(await alice.slash(world.channel, "issue show", issue="1"))
        assert "Adjustment 1 (weight 1,400,000,000) · 🔴 Prohibited 1 (weight 0)" in shown
        asked = await world.chair.slash(world.channel, "round close")
        await world.chair.click(asked.response, label="Close round 1 now")
        await world.run_due()
        assert "Promoted to adjustment" in text_in(world.message_with("Result of round 1"))


async def test_two_members_of_a_delegation_share_one_ballot_and_the_last_counts(rehearse: Rehearse):
    async with rehearse() as world:
        await world.found()
        alice, boris = world.members(2)
        await seat(world, country="FR", member=alice)
        told(
            await world.chair.slash(world.channel, "seat assign", seat="France", member=boris),
            f"<@{boris.id}> now holds **🇫🇷 France**",
            "2 members hold it.",
        )
        told(
            await world.chair.slash(world.channel, "seat assign", seat="France", member=boris),
            "That member holds **France** already",
        )
        assert "delegation of 2" in await listed(world)
        await world.propose(world.chair, "Torture")
        await open_round(world)
        told(await world.vote(alice, await world.card(1), "Prohibited"), "for the seat **France**")
        replaced = await world.vote(boris, await world.card(1), "Independent")
        told(replaced, "for the seat **France**", "It replaces", f"The ballot before it was cast by <@{alice.id}>.")
        again = await world.vote(boris, await world.card(1), "Adjustment")
        assert "was cast by" not in text_of(again), "one's own is no news"
        view = await world.services.rounds.status(world.place)
        assert view is not None
        assert (view.lines[0].cast, view.entitled) == (1, 1)
        off = await world.chair.slash(world.channel, "seat assign", seat="France", member=boris, remove=True)
        told(off, "no longer holds", "1 member holds it.")
        off = await world.chair.slash(world.channel, "seat assign", seat="France", member=boris, remove=True)
        told(off, "**France** is held by somebody else, or by nobody")
        told(await world.vote(boris, await world.card(1), "Prohibited"), "**@Boris**")


async def test_changes_of_a_seat_count_from_the_next_round_and_one_that_must_take_a_side_may_not_abstain(
    rehearse: Rehearse,
):
    async with rehearse() as world:
        await world.found()
        [alice] = world.members(1)
        await seat(world, country="FR", member=alice)
        await world.propose(world.chair, "Torture")
        await open_round(world, length="1h")
        changed = await world.chair.slash(
            world.channel, "seat set", seat="France", weight=5, veto=True, present_and_voting=True
        )
        told(changed, "weight 5", "veto", "may not abstain", "It counts from the round after round 1 on.")
        told(await world.vote(alice, await world.card(1), "Abstain"), "Abstain")
        asked = await world.chair.slash(world.channel, "round close")
        await world.chair.click(asked.response, label="Close round 1 now")
        await open_round(world, length="1h")
        for _ in range(2):
            told(await world.vote(alice, await world.card(1), "Abstain"), "takes a side", "one of the three")
        told(await world.vote(alice, await world.card(1), "Adjustment"), "Adjustment: recorded")
        plain = await world.chair.slash(
            world.channel, "seat set", seat="France", weight=1, veto=False, present_and_voting=False
        )
        told(plain, "an equal seat, weight 1")


async def test_an_observer_speaks_and_casts_no_ballot(rehearse: Rehearse):
    async with rehearse() as world:
        await world.found()
        alice, boris = world.members(2)
        await seat(world, name="Red Cross", member=alice, observer=True)
        await seat(world, country="FR", member=boris)
        assert "observer, no ballot" in line_of(await listed(world), "Red Cross")
        await world.propose(alice, "Torture")
        await open_round(world)
        told(await world.vote(alice, await world.card(1), "Prohibited"), "is an observer", "casts no ballot")
        told(await boris.slash(world.channel, "seat proxy", to="Red Cross"), "cannot vote for you")
        told(await alice.slash(world.channel, "seat proxy", to="France"), "is an observer")


async def test_a_seat_removed_during_a_round_votes_until_its_close(rehearse: Rehearse):
    async with rehearse() as world:
        await world.found()
        [alice] = world.members(1)
        await seat(world, country="FR", member=alice)
        await world.propose(world.chair, "Torture")
        await open_round(world)
        asked = await world.chair.slash(world.channel, "seat remove", seat="France")
        told(asked, "Remove the seat **🇫🇷 France**?", "1 member holds it.", "until the close")
        assert "France" in await listed(world), "nothing is done before it is confirmed"
        done = await world.chair.click(asked.response, label="Remove the seat")
        redrawn(done, "is removed", "until round 1 closes")
        told(await world.chair.slash(world.channel, "seat remove", seat="France"), "There is no such seat here")
        told(await world.vote(alice, await world.card(1), "Prohibited"), "Prohibited: recorded", "**France**")
        assert "France" not in await listed(world)
        closing = await world.chair.slash(world.channel, "round close")
        await world.chair.click(closing.response, label="Close round 1 now")
        await world.run_due()
        assert "Promoted to adjustment" in text_in(world.message_with("Result of round 1"))


async def test_a_seat_is_removed_once_by_two_chairs(rehearse: Rehearse):
    async with rehearse() as world:
        await world.found()
        other = world.guild.add_member(world.env.create_user("Dana"), roles=[world.guild.roles["Manager"]])
        await seat(world, country="FR")
        asked = [await chair.slash(world.channel, "seat remove", seat="FR") for chair in (world.chair, other)]
        redrawn(await world.chair.click(asked[0].response, label="Remove the seat"), "is removed")
        told(await other.click(asked[1].response, label="Remove the seat"), "no longer", "`/seat list`")


async def test_who_is_barred_keeps_the_round_and_is_refused_a_seat_until_that_is_lifted(rehearse: Rehearse):
    async with rehearse() as world:
        await voting(world)
        alice, boris = world.members(2)
        await world.vote(alice, await world.card(1), "Prohibited")
        bar = await world.chair.slash(world.channel, "seat bar", member=alice)
        told(
            bar, f"<@{alice.id}> may hold no seat", "This is on record.", "Given up when the next round opens: @Alice."
        )
        told(await world.chair.slash(world.channel, "seat bar", member=alice), "barred")
        told(await world.chair.slash(world.channel, "seat bar", member=boris), "may hold no seat")
        told(await boris.slash(world.channel, "seat take"), "barred")
        told(await world.vote(boris, await world.card(1), "Prohibited"), "barred")
        told(await seat(world, country="FR", member=boris), "barred", "`lift`")
        told(await world.vote(alice, await world.card(1), "Adjustment"), "Adjustment: recorded")
        lift = await world.chair.slash(world.channel, "seat bar", member=boris, lift=True)
        told(lift, f"<@{boris.id}> may hold a seat again.")
        told(await world.chair.slash(world.channel, "seat bar", member=boris, lift=True), "is not barred")
        told(await boris.slash(world.channel, "seat take"), "You now hold a seat")


async def test_a_free_country_is_claimed_by_one_member(rehearse: Rehearse):
    async with rehearse() as world:
        await world.found()
        alice, boris = world.members(2)
        filled = await world.chair.slash(world.channel, "seat fill", seating="p5")
        told(filled, "5 seats are set up", "With a veto", "Seats can no longer be taken freely")
        told(await world.chair.slash(world.channel, "seat fill", seating="p5"), "sits here already")
        told(await alice.slash(world.channel, "seat take"), "given out by its chairs")
        suggested = await alice.autocomplete(world.channel, "seat take", "seat", "fra")
        assert [choice["name"] for choice in suggested] == ["🇫🇷 France"]
        told(await alice.slash(world.channel, "seat take", seat=suggested[0]["value"]), "🇫🇷 France")
        assert await boris.autocomplete(world.channel, "seat take", "seat", "fra") == []
        told(await boris.slash(world.channel, "seat take", seat="France"), "Somebody holds **France** already")
        told(await boris.slash(world.channel, "seat take", seat="Atlantis"), "no such seat")
        told(await boris.slash(world.channel, "seat take", seat="999999"), "no such seat")
        assert "**yours**" in line_of(await listed(world, alice), "France")
        assert "4 free" in await listed(world, boris)
        told(await alice.slash(world.channel, "seat leave"), "You no longer hold **🇫🇷 France**", "The seat stays")
        told(await boris.slash(world.channel, "seat take", seat="France"), "🇫🇷 France")


async def test_who_holds_two_seats_is_asked_for_which_one_and_may_vote_for_both(rehearse: Rehearse):
    async with rehearse() as world:
        await world.found()
        [alice] = world.members(1)
        for country in ("FR", "IN"):
            await seat(world, country=country, member=alice)
        await world.propose(world.chair, "Torture")
        await open_round(world)
        for country, position in (("France", "Prohibited"), ("India", "Independent")):
            asked = await world.vote(alice, await world.card(1), position)
            told(asked, "You hold several seats. For which one?")
            [label] = [line for line in text_of(asked).splitlines() if country in line]
            redrawn(await alice.click(asked.response, label=label), f"{position}: recorded", f"**{country}**")
        view = await world.services.rounds.status(world.place)
        assert view is not None
        assert view.lines[0].cast == 2
        told(await alice.slash(world.channel, "seat leave"), "You hold several seats: France and India", "`seat`")
        told(await alice.slash(world.channel, "seat leave", seat="India"), "You no longer hold **🇮🇳 India**")


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("seat add", {"country": "FR"}),
        ("seat add", {"name": "Order"}),
        ("seat fill", {"seating": "p5"}),
        ("seat set", {"seat": "India", "weight": 9}),
        ("seat remove", {"seat": "India"}),
        ("seat import", {}),
        ("seat import", {"file": ("seats.csv", b"name\nFrance\n")}),
    ],
)
async def test_who_does_not_chair_is_refused_in_words(rehearse: Rehearse, command: str, options: dict[str, Any]):
    async with rehearse() as world:
        await world.found()
        [alice] = world.members(1)
        await seat(world, country="IN")
        told(await alice.slash(world.channel, command, **options), NOT_CHAIR)
        told(await alice.slash(world.channel, "seat bar", member=world.chair), NOT_CHAIR)
        told(await alice.slash(world.channel, "seat assign", seat="India", member=alice), NOT_CHAIR)
        assert "1 seat · 1 free\n🇮🇳 India · free\n" in await listed(world)
