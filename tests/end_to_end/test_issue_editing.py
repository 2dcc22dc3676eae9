"""What may be done to an issue between its votes: seconding, amending, merging and hiding, each with a public note."""

from __future__ import annotations

from typing import Any

from tests.end_to_end.conftest import Rehearse
from tests.end_to_end.councils import chairing, issues, redrawn, told, voting
from tests.end_to_end.world import World, text_in, text_of

TEXT = {"title": "Torture", "action": "What is done.", "why": ""}


async def council(world: World, *titles: str, **ballots: str) -> tuple[Any, Any]:
    """A council with issues of its first member, and two members with seats; rules of ballots as given."""
    await world.found()
    if ballots:
        await world.services.councils.change_rules(world.place, chairing(world), group="ballots", typed=ballots)
    alice, boris = world.members(2)
    for member in (alice, boris):
        await member.slash(world.channel, "seat take")
    for title in titles:
        await world.propose(alice, title)
    return alice, boris


async def test_an_issue_is_seconded_from_its_card_before_its_first_round(rehearse: Rehearse):
    async with rehearse() as world:
        alice, boris = await council(world, "Torture", seconds="1")
        card = await world.card(1)
        assert "Second (1 missing)" in text_in(card).splitlines()
        told(await world.chair.slash(world.channel, "round open"), "No issue is ready to be voted on")
        told(await world.chair.slash(world.channel, "round open", issues="1"), "#1 lacks seconds (1 more)")
        told(await alice.click(card, label="Second (1 missing)"), "#1 is your own proposal. Others second it.")
        told(await boris.click(card, label="Second (1 missing)"), "seconded. It has enough")
        told(await boris.click(card, label="Second (1 missing)"), "#1 needs no seconds")
        told(await boris.slash(world.channel, "issue second", issue="1"), "#1 needs no seconds")
        told(await boris.slash(world.channel, "issue second", issue="9"), "There is no issue “9” here")
        await world.run_due()
        assert "Second (1 missing)" not in text_in(await world.card(1))
        told(await world.chair.slash(world.channel, "round open"), "is open** on 1 issue")


async def test_only_its_proposer_or_a_chair_amends_and_not_during_a_vote(rehearse: Rehearse):
    async with rehearse() as world:
        alice, boris = await council(world, "Torture")
        told(await boris.slash(world.channel, "issue amend", issue="1"), "Only a chair can change the text of #1")
        opened = await alice.slash(world.channel, "issue amend", issue="torture")
        told(await alice.submit_modal(opened, TEXT), "Nothing changed")
        opened = await alice.slash(world.channel, "issue amend", issue="1")
        refused = await alice.submit_modal(opened, TEXT | {"title": "!!!", "why": "It harms."})
        told(refused, "has no letters or numbers", "what you typed is kept")
        again = await alice.click(refused.response, label="Try again")
        assert "It harms." in str(again.modal)
        told(await alice.submit_modal(again, TEXT | {"action": "In all forms."}), "now stands in version 2")
        await world.run_due()
        assert "In all forms." in text_in(await world.card(1))
        late = await alice.slash(world.channel, "issue amend", issue="1")
        await world.chair.slash(world.channel, "round open")
        told(await alice.submit_modal(late, TEXT | {"action": "Later."}), "#1 is being voted on until")
        told(await world.chair.slash(world.channel, "issue amend", issue="1"), "so its text stays as it is")


async def test_a_duplicate_is_merged_and_its_card_leads_to_the_other(rehearse: Rehearse):
    async with rehearse() as world:
        alice, _ = await council(world, "Torture", "Cruelty")
        told(await alice.slash(world.channel, "issue merge", issue="2", into="1"), "Only somebody with the permission")
        told(await world.chair.slash(world.channel, "issue merge", issue="2", into="2"), "cannot be merged with itself")
        told(await world.chair.slash(world.channel, "issue merge", issue="2", into="9"), "There is no issue “9” here")
        told(await world.chair.slash(world.channel, "issue merge", issue="2", into="1"), "is merged into #1")
        told(await world.chair.slash(world.channel, "issue merge", issue="2", into="1"), "#2 was merged into #1")
        await world.run_due()
        assert "Merged into #1: go on there." in text_in(await world.card(2))
        assert "with #2" in text_in(await world.card(1))
        told(await alice.slash(world.channel, "issue amend", issue="2"), "#2 was merged into #1. Go on there.")
        told(await world.chair.slash(world.channel, "round open", issues="2"), "#2 was merged into #1")


async def test_what_is_hidden_shows_its_note_and_nothing_else_until_it_is_shown_again(rehearse: Rehearse):
    async with rehearse() as world:
        alice, _ = await council(world, "Vile insult")
        note = "It insults **members** @everyone."
        told(await alice.slash(world.channel, "issue hide", issue="1", why=note), "Only somebody with the permission")
        told(await world.chair.slash(world.channel, "issue hide", issue="1"), "The note holds nothing to read")
        hidden = await world.chair.slash(world.channel, "issue hide", issue="1", why=note)
        told(hidden, "#1 is hidden; its card shows your note.")
        told(await world.chair.slash(world.channel, "issue hide", issue="1", why=note), "#1 was hidden by a chair")
        await world.run_due()
        card = text_in(await world.card(1))
        assert "Hidden by a chair: It insults" in card
        assert "**members**" not in card
        for said in (card, *[text_in(message) for message in world.posted()]):
            assert "Vile insult" not in said
            assert "What is done." not in said
        for command, options in (("issue list", {}), ("issue show", {"issue": "1"}), ("order board", {})):
            assert "Vile insult" not in text_of(await alice.slash(world.channel, command, **options)), command
        assert "Vile" not in str(await alice.autocomplete(world.channel, "issue show", "issue", ""))
        redrawn(await world.chair.click(hidden.response, label="Show it again"), "is under discussion again")
        told(await world.chair.slash(world.channel, "issue hide", issue="1", lift=True), "#1 is not hidden")
        await world.run_due()
        assert "Vile insult" in text_in(await world.card(1))


async def test_a_tap_on_what_was_just_hidden_or_merged_says_so(rehearse: Rehearse):
    async with rehearse() as world:
        card = await voting(world, "Torture", "Piracy")
        await world.chair.slash(world.channel, "issue hide", issue="1", why="It names a member.")
        told(await world.member("Alice").click(card, label="Prohibited"), "#1 was hidden by a chair; its card says why")


async def test_an_issue_hidden_during_a_vote_takes_no_ballots_and_shows_its_title_nowhere(rehearse: Rehearse):
    async with rehearse() as world:
        await voting(world, "Torture", "Piracy")
        [alice] = world.members(1)
        await world.chair.slash(world.channel, "issue hide", issue="1", why="It names a member.")
        for _ in range(2):
            told(await alice.slash(world.channel, "vote", issue="1"), "#1 was hidden by a chair; its card says why")
        await world.run_due()
        shown = [text_in(message) for message in world.posted()]
        shown.append(text_of(await alice.click(await world.round_message(), label="Read all")))
        shown.append(text_of(await alice.slash(world.channel, "docket")))
        assert "**#1** [no longer voted on](" in text_in(await world.round_message())
        assert "Torture" not in "\n".join(shown)
        assert "Prohibited" not in text_in(await world.card(1)).splitlines()
        told(await world.vote(alice, await world.card(2), "Prohibited"), "You have voted on everything.")


async def test_each_issue_gets_a_thread_in_which_commands_mean_its_council(rehearse: Rehearse):
    async with rehearse() as world:
        alice, _ = await council(world, "Torture", "Sla*ve*ry", threads="yes")
        names = [thread.name for thread in world.channel.threads]
        assert [name.split()[0] for name in names] == ["#1", "#2"]
        assert "Torture" in names[0]
        told(await alice.slash(world.channel.threads[0], "issue list"), "Torture")
        told(await alice.slash(world.channel.threads[0], "council info"), "The Council")
        assert await issues(world) == ["Torture", "Sla*ve*ry"]
