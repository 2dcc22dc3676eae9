"""Voting as a member does it: a tap, a reason, the docket from one issue to the next, and every refusal."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from cogs.custom_ids.ballots import CastBallot
from cogs.issues.card import render_card
from cogs.rounds.message import render_round
from deliberation.categories import Position
from deliberation.ids import IssueId
from deliberation.rules import Secrecy
from services.rounds import RoundView
from tests.cogs.conftest import Discord
from tests.cogs.harness import Harness, buttons_of, menus_of, text_of
from tests.cogs.voting import actor, ballots_on, found, opened, vote

AREAS = ("councils", "seats", "issues", "ballots", "rounds")
TITLES = ("Torture", "Tariffs on neighbours", "AI weapons")


async def card(harness: Harness, view: RoundView, number: int = 1) -> Any:
    """Post that issue's card; the message."""
    issue = next(line.entry.issue for line in view.lines if line.entry.number == number)
    return await post(harness, render_card(await harness.services.issues.card(IssueId(issue)), english(harness)))


async def post(harness: Harness, view: Any) -> Any:
    await harness.bot.get_partial_messageable(harness.channel.id).send(view=view)
    return harness.channel.last_message


def english(harness: Harness) -> Any:
    return harness.bot.context.catalogues.localizer("en")


async def test_one_tap_votes_where_no_reason_is_required(on_discord: Discord) -> None:
    async with on_discord(*AREAS) as harness:
        await found(harness, *TITLES, preset="simple-majority")
        view = await opened(harness)
        done = await harness.alice.click(await card(harness, view), label="Prohibited")
        said = text_of(done)
        assert done.ephemeral
        assert "🔴 Prohibited: recorded" in said
        assert "#1 Torture" in said
        assert "you took the seat **@Alice**" in said
        assert f"<t:{int(view.round.closes_at.timestamp())}:R>" in said
        assert set(buttons_of(done)) == {"Add a reason", "Withdraw", "Next: #2 Tariffs on neighbours"}
        assert await ballots_on(harness, view.round.id, 1) == {"prohibited": 1}


async def test_a_required_reason_opens_a_form_that_says_nothing_is_recorded_yet(on_discord: Discord) -> None:
    async with on_discord(*AREAS) as harness:
        await found(harness, *TITLES)
        view = await opened(harness)
        form = await harness.alice.click(await card(harness, view), label="Prohibited")
        label = form.modal["components"][0]
        assert label["description"] == "Your ballot is recorded only when you send this form."
        assert label["component"]["max_length"] == 600
        assert await ballots_on(harness, view.round.id, 1) == {}

        done = await harness.alice.submit_modal(form, {"reason": "Pain proves nothing."})
        assert "Your reason: Pain proves nothing." in text_of(done)
        assert "Change the reason" in buttons_of(done)
        assert await ballots_on(harness, view.round.id, 1) == {"prohibited": 1}


async def test_an_abstention_needs_no_reason_and_says_what_it_does(on_discord: Discord) -> None:
    async with on_discord(*AREAS) as harness:
        await found(harness, *TITLES)
        view = await opened(harness)
        done = await harness.alice.click(await card(harness, view), label="Abstain")
        assert "left out of the share, but counts for the quorum" in text_of(done)
        assert await ballots_on(harness, view.round.id, 1) == {"abstain": 1}


async def test_a_second_tap_says_that_it_stood_already(on_discord: Discord) -> None:
    async with on_discord(*AREAS) as harness:
        await found(harness, *TITLES, preset="simple-majority")
        view = await opened(harness)
        message = await card(harness, view)
        await harness.alice.click(message, label="Prohibited")
        again = await harness.alice.click(message, label="Prohibited")
        assert "recorded like this already" in text_of(again)
        assert await ballots_on(harness, view.round.id, 1) == {"prohibited": 1}


async def test_a_changed_ballot_says_what_it_replaces(on_discord: Discord) -> None:
    async with on_discord(*AREAS) as harness:
        await found(harness, *TITLES, preset="simple-majority")
        view = await opened(harness)
        message = await card(harness, view)
        await harness.alice.click(message, label="Prohibited")
        changed = await harness.alice.click(message, label="Independent")
        assert "It replaces 🔴 Prohibited." in text_of(changed)
        assert await ballots_on(harness, view.round.id, 1) == {"independent": 1}


@pytest.mark.parametrize("typed", ["   \n ", "😀😀😀", "x" * 3 + "\u202e" + "y"])
async def test_a_refused_reason_records_nothing_and_is_kept_for_another_try(typed: str, on_discord: Discord) -> None:
    async with on_discord(*AREAS) as harness:
        await found(harness, *TITLES)
        view = await opened(harness)
        form = await harness.alice.click(await card(harness, view), label="Prohibited")
        refused = await harness.alice.submit_modal(form, {"reason": typed})
        assert refused.ephemeral
        assert list(buttons_of(refused)) == ["Try again"]
        assert await ballots_on(harness, view.round.id, 1) == {}

        again = await harness.alice.click(refused.response, label="Try again")
        assert again.modal["components"][0]["component"].get("value", "").strip() == typed.strip()
        done = await harness.alice.submit_modal(again, {"reason": "A word, then."})
        assert "Prohibited: recorded" in text_of(done)


async def test_a_form_opened_before_a_restart_is_accepted_after_it(on_discord: Discord) -> None:
    async with on_discord(*AREAS) as harness:
        await found(harness, *TITLES)
        view = await opened(harness)
        form = await harness.alice.click(await card(harness, view), label="Adjustment")
        await harness.restart()
        done = await harness.alice.submit_modal(form, {"reason": "Each gives a little."})
        assert "🟡 Adjustment: recorded" in text_of(done)
        assert await ballots_on(harness, view.round.id, 1) == {"adjustment": 1}


async def test_the_last_reason_stands_in_the_form_already(on_discord: Discord) -> None:
    async with on_discord(*AREAS) as harness:
        await found(harness, *TITLES)
        view = await opened(harness)
        message = await card(harness, view)
        form = await harness.alice.click(message, label="Prohibited")
        done = await harness.alice.submit_modal(form, {"reason": "Pain proves nothing."})
        change = await harness.alice.click(done.response, label="Change the reason")
        assert change.modal["components"][0]["component"]["value"] == "Pain proves nothing."
        assert "recorded already" in change.modal["components"][0]["description"]


async def test_a_ballot_can_be_withdrawn_and_cast_again(on_discord: Discord) -> None:
    async with on_discord(*AREAS) as harness:
        await found(harness, *TITLES, preset="simple-majority")
        view = await opened(harness)
        done = await harness.alice.click(await card(harness, view), label="Prohibited")
        gone = await harness.alice.click(done.response, label="Withdraw")
        assert "Ballot withdrawn" in text_of(gone)
        assert await ballots_on(harness, view.round.id, 1) == {}
        await harness.alice.click(gone.response, label="Adjustment")
        assert await ballots_on(harness, view.round.id, 1) == {"adjustment": 1}


async def test_the_docket_goes_from_one_issue_to_the_next_a_tap_each(on_discord: Discord) -> None:
    async with on_discord(*AREAS) as harness:
        await found(harness, *TITLES, preset="simple-majority")
        view = await opened(harness)
        shown = await harness.alice.slash(harness.channel, "docket")
        assert shown.ephemeral
        assert "#1 Torture" in text_of(shown)
        assert "3 of 3 left" in text_of(shown)
        shown = await harness.alice.click(shown.response, label="Prohibited")
        assert "#1 Torture" in text_of(shown)
        assert "### #2 Tariffs on neighbours" in text_of(shown)
        assert "2 left" in text_of(shown)
        shown = await harness.alice.click(shown.response, label="Adjustment")
        assert "### #3 AI weapons" in text_of(shown)
        shown = await harness.alice.click(shown.response, label="Abstain")
        assert "You have voted on everything." in text_of(shown)
        assert [await ballots_on(harness, view.round.id, number) for number in (1, 2, 3)] == [
            {"prohibited": 1},
            {"adjustment": 1},
            {"abstain": 1},
        ]

        own = await harness.alice.click(shown.response, label="My ballots")
        assert "You have voted on everything" in text_of(own)
        assert "🔴 **#1** Torture" in text_of(own)
        [options] = menus_of(own).values()
        assert options[0]["description"] == "your ballot: Prohibited"


async def test_the_docket_shows_first_what_lacks_a_ballot(on_discord: Discord) -> None:
    async with on_discord(*AREAS) as harness:
        await found(harness, *TITLES, preset="simple-majority")
        view = await opened(harness)
        await vote(harness, view, 1, {harness.alice: Position.PROHIBITED})
        shown = await harness.alice.slash(harness.channel, "docket")
        assert "### #2 Tariffs on neighbours" in text_of(shown)
        assert "2 of 3 left" in text_of(shown)


async def test_the_rounds_message_opens_the_docket_and_any_one_issue(on_discord: Discord) -> None:
    async with on_discord(*AREAS) as harness:
        await found(harness, *TITLES, preset="simple-majority")
        view = await opened(harness)
        message = await post(harness, render_round(view, english(harness)))
        docket = await harness.alice.click(message, label="Vote")
        assert docket.ephemeral
        assert "3 of 3 left" in text_of(docket)

        [(menu, options)] = menus_of(message).items()
        assert [option["label"] for option in options] == ["#1 Torture", "#2 Tariffs on neighbours", "#3 AI weapons"]
        picked = await harness.boris.select(message, [options[2]["value"]], custom_id=menu)
        assert picked.ephemeral
        assert "### #3 AI weapons" in text_of(picked)
        done = await harness.boris.click(picked.response, label="Prohibited")
        assert "### #1 Torture" in text_of(done)
        assert await ballots_on(harness, view.round.id, 3) == {"prohibited": 1}


@pytest.mark.parametrize("typed", ["2", "#2", "tariffs"])
async def test_vote_opens_one_issues_ballot(typed: str, on_discord: Discord) -> None:
    async with on_discord(*AREAS) as harness:
        await found(harness, *TITLES, preset="simple-majority")
        await opened(harness)
        shown = await harness.alice.slash(harness.channel, "vote", issue=typed)
        assert "### #2 Tariffs on neighbours" in text_of(shown)
        assert list(buttons_of(shown)) == ["Independent", "Adjustment", "Prohibited", "Abstain"]


async def test_vote_suggests_what_can_be_voted_on(on_discord: Discord) -> None:
    async with on_discord(*AREAS) as harness:
        await found(harness, *TITLES)
        await opened(harness)
        suggested = await harness.alice.autocomplete(harness.channel, "vote", "issue", "ai")
        assert suggested == [{"name": "#3 AI weapons", "value": "3"}]


async def test_an_unknown_issue_number_is_answered_with_those_there_are(on_discord: Discord) -> None:
    async with on_discord(*AREAS) as harness:
        await found(harness, *TITLES)
        await opened(harness)
        refused = await harness.alice.slash(harness.channel, "vote", issue="99")
        assert refused.ephemeral
        assert "99" in text_of(refused)


@pytest.mark.parametrize("command", ["docket", "vote"])
async def test_before_the_voting_starts_the_answer_says_how_to_open_a_round(command: str, on_discord: Discord) -> None:
    async with on_discord(*AREAS) as harness:
        await found(harness, *TITLES)
        refused = await harness.alice.slash(harness.channel, command, **({"issue": "1"} if command == "vote" else {}))
        assert refused.ephemeral
        assert "No round is open" in text_of(refused)
        assert "/round open" in text_of(refused)


@pytest.mark.parametrize("command", ["docket", "vote"])
async def test_a_channel_without_a_council_says_so(command: str, on_discord: Discord) -> None:
    async with on_discord(*AREAS) as harness:
        refused = await harness.alice.slash(harness.channel, command, **({"issue": "1"} if command == "vote" else {}))
        assert "/council setup" in text_of(refused)


async def test_after_the_deadline_a_tap_is_refused_although_the_round_is_not_closed_yet(on_discord: Discord) -> None:
    async with on_discord(*AREAS) as harness:
        await found(harness, *TITLES, preset="simple-majority")
        view = await opened(harness, "45m")
        message = await card(harness, view)
        harness.clock.advance(timedelta(minutes=45))
        refused = await harness.alice.click(message, label="Prohibited")
        assert refused.ephemeral
        assert "this came too late" in text_of(refused)
        assert await ballots_on(harness, view.round.id, 1) == {}


async def test_a_form_sent_after_the_deadline_is_refused_and_its_text_kept(on_discord: Discord) -> None:
    async with on_discord(*AREAS) as harness:
        await found(harness, *TITLES)
        view = await opened(harness, "45m")
        form = await harness.alice.click(await card(harness, view), label="Prohibited")
        harness.clock.advance(timedelta(minutes=45))
        refused = await harness.alice.submit_modal(form, {"reason": "Too slow a typist."})
        assert "this came too late" in text_of(refused)
        issue = view.lines[0].entry.issue
        kept = await harness.services.ballots.reason_prefill(view.round.id, issue, actor(harness.alice))
        assert kept == "Too slow a typist."
        assert await ballots_on(harness, view.round.id, 1) == {}


async def test_a_ballot_on_another_wording_is_refused(on_discord: Discord) -> None:
    async with on_discord(*AREAS) as harness:
        await found(harness, *TITLES, preset="simple-majority")
        view = await opened(harness)
        message = await card(harness, view)
        issue = view.lines[0].entry.issue
        old = str(CastBallot(round=view.round.id, issue=issue, version=1, position=Position.PROHIBITED))
        new = str(CastBallot(round=view.round.id, issue=issue, version=2, position=Position.PROHIBITED))
        stale = render_card(await harness.services.issues.card(issue), english(harness))
        for item in stale.walk_children():
            if getattr(item, "custom_id", None) == old:
                item.custom_id = new  # type: ignore[attr-defined]
        message = await post(harness, stale)
        refused = await harness.alice.click(message, label="Prohibited")
        assert "The text of #1 has changed" in text_of(refused)
        assert await ballots_on(harness, view.round.id, 1) == {}


async def test_without_a_seat_the_answer_says_whom_to_ask(on_discord: Discord) -> None:
    async with on_discord(*AREAS) as harness:
        await found(harness, *TITLES, preset="simple-majority", open_seating=False)
        await harness.services.hosting.seat_delegation(
            harness.place, name="France", country="FR", holders=[actor(harness.boris).person]
        )
        view = await opened(harness)
        refused = await harness.alice.click(await card(harness, view), label="Prohibited")
        assert refused.ephemeral
        assert await ballots_on(harness, view.round.id, 1) == {}
        done = await harness.boris.click(harness.channel.last_message, label="Prohibited")
        assert "for the seat **France**" in text_of(done)


async def test_an_issue_withdrawn_during_the_round_takes_no_ballot(on_discord: Discord) -> None:
    async with on_discord(*AREAS) as harness:
        await found(harness, *TITLES, preset="simple-majority")
        view = await opened(harness)
        message = await card(harness, view)
        await harness.services.issues.withdraw(harness.place, actor(harness.chair, chair=True), 1)
        refused = await harness.alice.click(message, label="Prohibited")
        assert refused.ephemeral
        assert "withdrawn" in text_of(refused)
        shown = await harness.alice.slash(harness.channel, "docket")
        assert "2 of 2 left" in text_of(shown)
        assert "Torture" not in text_of(shown)


async def test_in_a_sealed_council_a_ballot_is_receipted_like_any_other(on_discord: Discord) -> None:
    async with on_discord(*AREAS) as harness:
        await found(harness, *TITLES, preset="simple-majority", secrecy=Secrecy.SEALED)
        view = await opened(harness)
        done = await harness.alice.click(await card(harness, view), label="Independent")
        assert "🟢 Independent: recorded" in text_of(done)
