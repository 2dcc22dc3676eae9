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
from tests.cogs.bench import Bench, buttons_of, menus_of, text_of
from tests.cogs.conftest import Discord
from tests.cogs.voting import actor, ballots_on, found, opened, vote

AREAS = ("councils", "seats", "issues", "ballots", "rounds")
TITLES = ("Torture", "Tariffs on neighbours", "AI weapons")


async def card(bench: Bench, view: RoundView, number: int = 1) -> Any:
    """Post that issue's card; the message."""
    issue = next(line.entry.issue for line in view.lines if line.entry.number == number)
    return await post(bench, render_card(await bench.services.issues.card(IssueId(issue)), english(bench)))


async def post(bench: Bench, view: Any) -> Any:
    await bench.bot.get_partial_messageable(bench.channel.id).send(view=view)
    return bench.channel.last_message


def english(bench: Bench) -> Any:
    return bench.bot.context.catalogues.localizer("en")


async def test_one_tap_votes_where_no_reason_is_required(on_discord: Discord) -> None:
    async with on_discord(*AREAS) as bench:
        await found(bench, *TITLES, preset="simple-majority")
        view = await opened(bench)
        done = await bench.alice.click(await card(bench, view), label="Prohibited")
        said = text_of(done)
        assert done.ephemeral
        assert "🔴 Prohibited: recorded" in said
        assert "#1 Torture" in said
        assert "you took the seat **@Alice**" in said
        assert f"<t:{int(view.round.closes_at.timestamp())}:R>" in said
        assert set(buttons_of(done)) == {"Add a reason", "Withdraw", "Next: #2 Tariffs on neighbours"}
        assert await ballots_on(bench, view.round.id, 1) == {"prohibited": 1}


async def test_a_required_reason_opens_a_form_that_says_nothing_is_recorded_yet(on_discord: Discord) -> None:
    async with on_discord(*AREAS) as bench:
        await found(bench, *TITLES)
        view = await opened(bench)
        form = await bench.alice.click(await card(bench, view), label="Prohibited")
        label = form.modal["components"][0]
        assert label["description"] == "Your ballot is recorded only when you send this form."
        assert label["component"]["max_length"] == 600
        assert await ballots_on(bench, view.round.id, 1) == {}

        done = await bench.alice.submit_modal(form, {"reason": "Pain proves nothing."})
        assert "Your reason: Pain proves nothing." in text_of(done)
        assert "Change the reason" in buttons_of(done)
        assert await ballots_on(bench, view.round.id, 1) == {"prohibited": 1}


async def test_an_abstention_needs_no_reason_and_says_what_it_does(on_discord: Discord) -> None:
    async with on_discord(*AREAS) as bench:
        await found(bench, *TITLES)
        view = await opened(bench)
        done = await bench.alice.click(await card(bench, view), label="Abstain")
        assert "left out of the share, but counts for the quorum" in text_of(done)
        assert await ballots_on(bench, view.round.id, 1) == {"abstain": 1}


async def test_a_second_tap_says_that_it_stood_already(on_discord: Discord) -> None:
    async with on_discord(*AREAS) as bench:
        await found(bench, *TITLES, preset="simple-majority")
        view = await opened(bench)
        message = await card(bench, view)
        await bench.alice.click(message, label="Prohibited")
        again = await bench.alice.click(message, label="Prohibited")
        assert "recorded like this already" in text_of(again)
        assert await ballots_on(bench, view.round.id, 1) == {"prohibited": 1}


async def test_a_changed_ballot_says_what_it_replaces(on_discord: Discord) -> None:
    async with on_discord(*AREAS) as bench:
        await found(bench, *TITLES, preset="simple-majority")
        view = await opened(bench)
        message = await card(bench, view)
        await bench.alice.click(message, label="Prohibited")
        changed = await bench.alice.click(message, label="Independent")
        assert "It replaces 🔴 Prohibited." in text_of(changed)
        assert await ballots_on(bench, view.round.id, 1) == {"independent": 1}


@pytest.mark.parametrize("typed", ["   \n ", "😀😀😀", "x" * 3 + "\u202e" + "y"])
async def test_a_refused_reason_records_nothing_and_is_kept_for_another_try(typed: str, on_discord: Discord) -> None:
    async with on_discord(*AREAS) as bench:
        await found(bench, *TITLES)
        view = await opened(bench)
        form = await bench.alice.click(await card(bench, view), label="Prohibited")
        refused = await bench.alice.submit_modal(form, {"reason": typed})
        assert refused.ephemeral
        assert list(buttons_of(refused)) == ["Try again"]
        assert await ballots_on(bench, view.round.id, 1) == {}

        again = await bench.alice.click(refused.response, label="Try again")
        assert again.modal["components"][0]["component"].get("value", "").strip() == typed.strip()
        done = await bench.alice.submit_modal(again, {"reason": "A word, then."})
        assert "Prohibited: recorded" in text_of(done)


async def test_a_form_opened_before_a_restart_is_accepted_after_it(on_discord: Discord) -> None:
    async with on_discord(*AREAS) as bench:
        await found(bench, *TITLES)
        view = await opened(bench)
        form = await bench.alice.click(await card(bench, view), label="Adjustment")
        await bench.restart()
        done = await bench.alice.submit_modal(form, {"reason": "Each gives a little."})
        assert "🟡 Adjustment: recorded" in text_of(done)
        assert await ballots_on(bench, view.round.id, 1) == {"adjustment": 1}


async def test_the_last_reason_stands_in_the_form_already(on_discord: Discord) -> None:
    async with on_discord(*AREAS) as bench:
        await found(bench, *TITLES)
        view = await opened(bench)
        message = await card(bench, view)
        form = await bench.alice.click(message, label="Prohibited")
        done = await bench.alice.submit_modal(form, {"reason": "Pain proves nothing."})
        change = await bench.alice.click(done.response, label="Change the reason")
        assert change.modal["components"][0]["component"]["value"] == "Pain proves nothing."
        assert "recorded already" in change.modal["components"][0]["description"]


async def test_a_ballot_can_be_withdrawn_and_cast_again(on_discord: Discord) -> None:
    async with on_discord(*AREAS) as bench:
        await found(bench, *TITLES, preset="simple-majority")
        view = await opened(bench)
        done = await bench.alice.click(await card(bench, view), label="Prohibited")
        gone = await bench.alice.click(done.response, label="Withdraw")
        assert "Ballot withdrawn" in text_of(gone)
        assert await ballots_on(bench, view.round.id, 1) == {}
        await bench.alice.click(gone.response, label="Adjustment")
        assert await ballots_on(bench, view.round.id, 1) == {"adjustment": 1}


async def test_the_docket_goes_from_one_issue_to_the_next_a_tap_each(on_discord: Discord) -> None:
    async with on_discord(*AREAS) as bench:
        await found(bench, *TITLES, preset="simple-majority")
        view = await opened(bench)
        shown = await bench.alice.slash(bench.channel, "docket")
        assert shown.ephemeral
        assert "#1 Torture" in text_of(shown)
        assert "3 of 3 left" in text_of(shown)
        shown = await bench.alice.click(shown.response, label="Prohibited")
        assert "#1 Torture" in text_of(shown)
        assert "### #2 Tariffs on neighbours" in text_of(shown)
        assert "2 left" in text_of(shown)
        shown = await bench.alice.click(shown.response, label="Adjustment")
        assert "### #3 AI weapons" in text_of(shown)
        shown = await bench.alice.click(shown.response, label="Abstain")
        assert "You have voted on everything." in text_of(shown)
        assert [await ballots_on(bench, view.round.id, number) for number in (1, 2, 3)] == [
            {"prohibited": 1},
            {"adjustment": 1},
            {"abstain": 1},
        ]

        own = await bench.alice.click(shown.response, label="My ballots")
        assert "You have voted on everything" in text_of(own)
        assert "🔴 **#1** Torture" in text_of(own)
        [options] = menus_of(own).values()
        assert options[0]["description"] == "your ballot: Prohibited"


async def test_the_docket_shows_first_what_lacks_a_ballot(on_discord: Discord) -> None:
    async with on_discord(*AREAS) as bench:
        await found(bench, *TITLES, preset="simple-majority")
        view = await opened(bench)
        await vote(bench, view, 1, {bench.alice: Position.PROHIBITED})
        shown = await bench.alice.slash(bench.channel, "docket")
        assert "### #2 Tariffs on neighbours" in text_of(shown)
        assert "2 of 3 left" in text_of(shown)


async def test_the_rounds_message_opens_the_docket_and_any_one_issue(on_discord: Discord) -> None:
    async with on_discord(*AREAS) as bench:
        await found(bench, *TITLES, preset="simple-majority")
        view = await opened(bench)
        message = await post(bench, render_round(view, english(bench)))
        docket = await bench.alice.click(message, label="Vote")
        assert docket.ephemeral
        assert "3 of 3 left" in text_of(docket)

        [(menu, options)] = menus_of(message).items()
        assert [option["label"] for option in options] == ["#1 Torture", "#2 Tariffs on neighbours", "#3 AI weapons"]
        picked = await bench.boris.select(message, [options[2]["value"]], custom_id=menu)
        assert picked.ephemeral
        assert "### #3 AI weapons" in text_of(picked)
        done = await bench.boris.click(picked.response, label="Prohibited")
        assert "### #1 Torture" in text_of(done)
        assert await ballots_on(bench, view.round.id, 3) == {"prohibited": 1}


@pytest.mark.parametrize("typed", ["2", "#2", "tariffs"])
async def test_vote_opens_one_issues_ballot(typed: str, on_discord: Discord) -> None:
    async with on_discord(*AREAS) as bench:
        await found(bench, *TITLES, preset="simple-majority")
        await opened(bench)
        shown = await bench.alice.slash(bench.channel, "vote", issue=typed)
        assert "### #2 Tariffs on neighbours" in text_of(shown)
        assert list(buttons_of(shown)) == ["Independent", "Adjustment", "Prohibited", "Abstain"]


async def test_vote_suggests_what_can_be_voted_on(on_discord: Discord) -> None:
    async with on_discord(*AREAS) as bench:
        await found(bench, *TITLES)
        await opened(bench)
        suggested = await bench.alice.autocomplete(bench.channel, "vote", "issue", "ai")
        assert suggested == [{"name": "#3 AI weapons", "value": "3"}]


async def test_an_unknown_issue_number_is_answered_with_those_there_are(on_discord: Discord) -> None:
    async with on_discord(*AREAS) as bench:
        await found(bench, *TITLES)
        await opened(bench)
        refused = await bench.alice.slash(bench.channel, "vote", issue="99")
        assert refused.ephemeral
        assert "99" in text_of(refused)


@pytest.mark.parametrize("command", ["docket", "vote"])
async def test_before_the_voting_starts_the_answer_says_how_to_open_a_round(command: str, on_discord: Discord) -> None:
    async with on_discord(*AREAS) as bench:
        await found(bench, *TITLES)
        refused = await bench.alice.slash(bench.channel, command, **({"issue": "1"} if command == "vote" else {}))
        assert refused.ephemeral
        assert "No round is open" in text_of(refused)
        assert "/round open" in text_of(refused)


@pytest.mark.parametrize("command", ["docket", "vote"])
async def test_a_channel_without_a_council_says_so(command: str, on_discord: Discord) -> None:
    async with on_discord(*AREAS) as bench:
        refused = await bench.alice.slash(bench.channel, command, **({"issue": "1"} if command == "vote" else {}))
        assert "/council setup" in text_of(refused)


async def test_after_the_deadline_a_tap_is_refused_although_the_round_is_not_closed_yet(on_discord: Discord) -> None:
    async with on_discord(*AREAS) as bench:
        await found(bench, *TITLES, preset="simple-majority")
        view = await opened(bench, "45m")
        message = await card(bench, view)
        bench.clock.advance(timedelta(minutes=45))
        refused = await bench.alice.click(message, label="Prohibited")
        assert refused.ephemeral
        assert "this came too late" in text_of(refused)
        assert await ballots_on(bench, view.round.id, 1) == {}


async def test_a_form_sent_after_the_deadline_is_refused_and_its_text_kept(on_discord: Discord) -> None:
    async with on_discord(*AREAS) as bench:
        await found(bench, *TITLES)
        view = await opened(bench, "45m")
        form = await bench.alice.click(await card(bench, view), label="Prohibited")
        bench.clock.advance(timedelta(minutes=45))
        refused = await bench.alice.submit_modal(form, {"reason": "Too slow a typist."})
        assert "this came too late" in text_of(refused)
        issue = view.lines[0].entry.issue
        kept = await bench.services.ballots.reason_prefill(view.round.id, issue, actor(bench.alice))
        assert kept == "Too slow a typist."
        assert await ballots_on(bench, view.round.id, 1) == {}


async def test_a_ballot_on_another_wording_is_refused(on_discord: Discord) -> None:
    async with on_discord(*AREAS) as bench:
        await found(bench, *TITLES, preset="simple-majority")
        view = await opened(bench)
        message = await card(bench, view)
        issue = view.lines[0].entry.issue
        old = str(CastBallot(round=view.round.id, issue=issue, version=1, position=Position.PROHIBITED))
        new = str(CastBallot(round=view.round.id, issue=issue, version=2, position=Position.PROHIBITED))
        stale = render_card(await bench.services.issues.card(issue), english(bench))
        for item in stale.walk_children():
            if getattr(item, "custom_id", None) == old:
                item.custom_id = new  # type: ignore[attr-defined]
        message = await post(bench, stale)
        refused = await bench.alice.click(message, label="Prohibited")
        assert "The text of #1 has changed" in text_of(refused)
        assert await ballots_on(bench, view.round.id, 1) == {}


async def test_without_a_seat_the_answer_says_whom_to_ask(on_discord: Discord) -> None:
    async with on_discord(*AREAS) as bench:
        await found(bench, *TITLES, preset="simple-majority", open_seating=False)
        await bench.services.hosting.seat_delegation(
            bench.place, name="France", country="FR", holders=[actor(bench.boris).person]
        )
        view = await opened(bench)
        refused = await bench.alice.click(await card(bench, view), label="Prohibited")
        assert refused.ephemeral
        assert await ballots_on(bench, view.round.id, 1) == {}
        done = await bench.boris.click(bench.channel.last_message, label="Prohibited")
        assert "for the seat **France**" in text_of(done)


async def test_an_issue_withdrawn_during_the_round_takes_no_ballot(on_discord: Discord) -> None:
    async with on_discord(*AREAS) as bench:
        await found(bench, *TITLES, preset="simple-majority")
        view = await opened(bench)
        message = await card(bench, view)
        await bench.services.issues.withdraw(bench.place, actor(bench.chair, chair=True), 1)
        refused = await bench.alice.click(message, label="Prohibited")
        assert refused.ephemeral
        assert "withdrawn" in text_of(refused)
        shown = await bench.alice.slash(bench.channel, "docket")
        assert "2 of 2 left" in text_of(shown)
        assert "Torture" not in text_of(shown)


async def test_in_a_sealed_council_a_ballot_is_receipted_like_any_other(on_discord: Discord) -> None:
    async with on_discord(*AREAS) as bench:
        await found(bench, *TITLES, preset="simple-majority", secrecy=Secrecy.SEALED)
        view = await opened(bench)
        done = await bench.alice.click(await card(bench, view), label="Independent")
        assert "🟢 Independent: recorded" in text_of(done)
