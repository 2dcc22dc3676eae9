"""What is posted of a round: readable, escaped, and within Discord's limits whatever the titles hold."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from typing import Any

import pytest

from cogs.rounds.full import render_result_page, render_round_page
from cogs.rounds.message import render_round
from cogs.rounds.notice import render_notice
from cogs.rounds.reminder import render_reminder
from cogs.rounds.result import render_result
from cogs.showing.localizer import Localizer
from deliberation.ids import PersonId
from deliberation.rounds import RoundStatus
from services.ports import Message, PostKind
from services.rounds import ReminderView
from tests.cogs.voting import (
    CLOSES,
    HOSTILE,
    OPENED,
    breaks,
    council,
    entry,
    result_view,
    round_of,
    round_view,
    words,
)

TITLES = ("Acquiring territory by force", "First use of nuclear weapons")


@pytest.fixture(params=[*HOSTILE, "mixed"])
def titles(request: pytest.FixtureRequest) -> list[str]:
    """Twenty-five hostile titles of 100 characters at most."""
    if request.param == "mixed":
        return [HOSTILE[number % len(HOSTILE)][:100] for number in range(25)]
    return [request.param[:100]] * 25


@pytest.mark.parametrize("status", RoundStatus)
@pytest.mark.parametrize("sealed", [False, True])
def test_a_full_docket_fits_whatever_the_titles(
    titles: list[str], status: RoundStatus, sealed: bool, say: Localizer
) -> None:
    view = dataclasses.replace(round_view(titles, status=status, sealed=sealed), next_opens_at=CLOSES)
    shown = render_round(view, say)
    assert breaks(shown) == []
    assert all(f"**#{number}**" in words(shown) for number in range(1, 26))


def test_a_full_result_fits_whatever_the_titles(titles: list[str], say: Localizer) -> None:
    for moving in (True, False):
        shown = render_result(result_view(titles, moving=moving), say)
        assert breaks(shown) == []
        assert all(f"**#{number} " in words(shown) for number in range(1, 26))


def test_every_page_fits_whatever_the_titles(titles: list[str], say: Localizer) -> None:
    for page in range(5):
        assert breaks(render_round_page(round_view(titles), say, page=page)) == []
        assert breaks(render_result_page(result_view(titles), say, page=page)) == []


def test_nothing_a_member_wrote_takes_effect(titles: list[str], say: Localizer) -> None:
    for shown in (render_round(round_view(titles), say), render_result(result_view(titles), say)):
        text = words(shown)
        assert "@everyone" not in text
        assert "](https://evil" not in text
        assert "<@1>" not in text.replace("\\<", "")


def test_the_message_says_where_it_stands_and_until_when(say: Localizer) -> None:
    text = words(render_round(round_view(TITLES), say))
    seconds = int(CLOSES.timestamp())
    assert "Round 3 is open" in text
    assert f"<t:{seconds}:F> (<t:{seconds}:R>)" in text
    assert "38 of 45 seats have voted · 12 of them on everything" in text
    card = "https://discord.com/channels/1176543210987654321/1176543210987654322/1176543210987654399"
    assert f"🟡 **#1** [Acquiring territory by force]({card})" in text
    assert "🟢🟡🔴🔴🔴🔴🔴🔴⚪▫️ 38/45" in text
    assert "🔴 Prohibited" in text


def test_a_sealed_round_shows_the_turnout_alone(say: Localizer) -> None:
    text = words(render_round(round_view(TITLES, sealed=True), say))
    assert "38 of 45 voted" in text
    assert "sealed" in text
    assert "🔴🔴" not in text


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (RoundStatus.CLOSING, "is being counted"),
        (RoundStatus.CLOSED, "is closed"),
        (RoundStatus.CANCELLED, "was cancelled"),
    ],
)
def test_a_round_that_is_over_says_so_and_takes_no_votes(status: RoundStatus, said: str, say: Localizer) -> None:
    shown = render_round(round_view(TITLES, status=status), say)
    assert said in words(shown)
    assert labels(shown) == ["Read all"]


def test_the_result_says_what_moved_and_why_and_how_to_check_it(say: Localizer) -> None:
    text = words(render_result(result_view(TITLES), say)).replace("\u00a0", " ")
    assert "🟢→🟡 **#1 Acquiring territory by force**" in text
    assert "34 of 37 voting seats put it at adjustment or above: 91.9 %, and 60 % was needed. Promoted to adj" in text
    assert "4 seats moved to adjustment and 1 seat turned to abstaining" in text
    assert "🔴 **France\\_\\*:**" in text
    assert "🟢 **France\\_\\*:**" in text
    assert f"Record: `812:3fa81c20ab12{'0' * 52}`" in text
    assert f"<t:{int((CLOSES + timedelta(days=4)).timestamp())}:R>" in text


def test_what_moved_stands_before_what_did_not(say: Localizer) -> None:
    still, moved = result_view(TITLES, moving=False), result_view(TITLES)
    view = dataclasses.replace(still, lines=(still.lines[0], moved.lines[1]))
    text = words(render_result(view, say))
    assert text.index("#2 First use") < text.index("#1 Acquiring")


def test_a_round_in_which_nothing_moved_says_so(say: Localizer) -> None:
    text = words(render_result(result_view(TITLES, moving=False), say)).replace("\u00a0", " ")
    assert "Nothing moved." in text
    assert "Stays at independent: 5 of 35 (14.3 %), 60 % needed · 4 seats moved to adjustment" in text


def test_an_early_or_a_late_close_is_told(say: Localizer) -> None:
    assert "A chair closed it early" in words(render_result(result_view(TITLES, ended_early=True), say))
    late = result_view(TITLES, closed_at=CLOSES + timedelta(hours=5))
    assert "The bot was away at the deadline" in words(render_result(late, say))
    assert "away" not in words(render_result(result_view(TITLES, closed_at=CLOSES + timedelta(seconds=30)), say))


def reminder(people: int, *, at_risk: int = 0, message: bool = False) -> ReminderView:
    return ReminderView(
        council=council(),
        round=round_of(),
        mention=tuple(PersonId(1176543210987654300 + number) for number in range(people)),
        direct=(),
        missing=("France",),
        at_risk=tuple(entry(number, HOSTILE[0][:100]) for number in range(1, at_risk + 1)),
        message=Message(
            kind=PostKind.ROUND,
            subject=7,
            channel=council().channel,
            message=1176543210987654399,
            posted_at=OPENED,
            edited_at=OPENED,
        )
        if message
        else None,
    )


def test_a_reminder_mentions_exactly_whom_it_is_for(say: Localizer) -> None:
    shown, mention = render_reminder(reminder(2), say)
    assert mention == [1176543210987654300, 1176543210987654301]
    assert "<@1176543210987654300> <@1176543210987654301>: your ballots are still missing." in words(shown)
    assert f"closes <t:{int(CLOSES.timestamp())}:R>" in words(shown)
    assert labels(shown) == ["Vote"]


def test_a_reminder_to_a_crowd_with_every_quorum_at_risk_fits(say: Localizer) -> None:
    shown, mention = render_reminder(reminder(140, at_risk=25), say)
    assert breaks(shown) == []
    assert len(mention) == 90
    assert "And 50 others." in words(shown)
    assert "miss their quorum" in words(shown)


def test_a_direct_reminder_names_the_council_and_leads_there(say: Localizer) -> None:
    for message, place in ((True, "/1176543210987654322/1176543210987654399"), (False, "/1176543210987654322")):
        shown, mention = render_reminder(reminder(0, message=message), say)
        assert mention == []
        assert "**Council: round 3 closes" in words(shown)
        [button] = [part for part in parts(shown) if part["type"] == 2]
        assert button["url"] == f"https://discord.com/channels/1176543210987654321{place}"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("start_skipped", "another one was still open"),
        ("docket_empty", "no issue is ready"),
        ("nobody_entitled", "no seat could vote"),
        ("windows_missed", "3 planned rounds were missed"),
    ],
)
def test_a_start_that_was_not_held_is_announced(code: str, said: str, say: Localizer) -> None:
    shown = render_notice(council(), {"code": code, "opens_at": int(CLOSES.timestamp()), "count": 3}, say)
    assert said in words(shown)
    assert f"<t:{int(CLOSES.timestamp())}:F>" in words(shown)
    assert breaks(shown) == []


def parts(view: Any) -> list[dict[str, Any]]:
    waiting, found = list(view.to_components()), []
    while waiting:
        part = waiting.pop(0)
        found.append(part)
        waiting = [*part.get("components", ()), *waiting]
    return found


def labels(view: Any) -> list[str]:
    return [part["label"] for part in parts(view) if part["type"] == 2]
