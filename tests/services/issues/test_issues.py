"""Proposing, withdrawing and reviewing issues."""

import pytest

from deliberation.categories import Category
from deliberation.issues import (
    AlreadyRuled,
    IssueWithdrawn,
    NoSuchIssue,
    NotProposer,
    ReviewAskedAlready,
    ReviewNotNeeded,
    ReviewUnderWay,
)
from deliberation.rulings import RulingCode
from deliberation.seats import NoSeat, SeatingClosed
from deliberation.texts import TextEmpty, TextPiledUp, TextRedirected, TextTooLong, TextWithoutWords
from services.issues.service import NoDraft
from tests.services.chamber import CHAIR, CHANNEL, Chamber, member


@pytest.mark.parametrize(
    ("title", "error"),
    [
        ("x" * 101, TextTooLong),
        (" \n\t ", TextEmpty),
        ("🔥🔥🔥", TextWithoutWords),
        ("T\u0301\u0302\u0303\u0304\u0305\u0306orture", TextPiledUp),
        ("Torture \u202e eruT", TextRedirected),
    ],
)
async def test_a_refused_title_is_kept_as_it_was_typed(chamber: Chamber, title: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        await chamber.services.issues.propose(CHANNEL, CHAIR, title=title, action="All of it", why="Because")
    draft = await chamber.services.issues.draft(CHANNEL, CHAIR)
    assert draft is not None
    assert dict(draft.fields) == {"title": title, "action": "All of it", "why": "Because"}
    assert (await chamber.services.issues.list_in(CHANNEL))[1] == ()


@pytest.mark.parametrize("title", ["@everyone must vote", "**bold** [a](https://b.c)", "حظر التعذيب", "禁止酷刑"])
async def test_mentions_markdown_and_any_script_are_kept_as_text(chamber: Chamber, title: str) -> None:
    assert (await chamber.propose(title)).text.title == title


async def test_a_similar_issue_is_shown_before_a_second_one_is_put_up(chamber: Chamber) -> None:
    first = await chamber.propose("First use of nuclear weapons")
    again = await chamber.services.issues.propose(
        CHANNEL, member(1), title="The first use of nuclear weapons", action="Being first", why=""
    )
    assert (again.issue, [issue.id for issue in again.similar]) == (None, [first.id])
    anyway = await chamber.services.issues.propose_draft(CHANNEL, member(1))
    assert anyway.issue is not None
    assert anyway.issue.number == 2
    with pytest.raises(NoDraft):
        await chamber.services.issues.propose_draft(CHANNEL, member(1))


async def test_only_its_proposer_withdraws_an_issue_and_only_before_its_first_ruling(chamber: Chamber) -> None:
    issue = await chamber.propose("Torture", by=member(1))
    with pytest.raises(NotProposer):
        await chamber.services.issues.withdraw(CHANNEL, member(2), 1)
    with pytest.raises(NoSuchIssue):
        await chamber.services.issues.withdraw(CHANNEL, member(1), 7)
    await chamber.round_with(issue, {"prohibited": 3})
    with pytest.raises(AlreadyRuled):
        await chamber.services.issues.withdraw(CHANNEL, member(1), 1)
    await chamber.propose("Tariffs", by=member(1))
    await chamber.services.issues.withdraw(CHANNEL, member(1), 2)
    with pytest.raises(IssueWithdrawn):
        await chamber.services.issues.withdraw(CHANNEL, member(1), 2)


async def test_who_may_not_sit_may_not_propose(chamber: Chamber) -> None:
    channel = await chamber.found_with(5, open_seating=False)
    with pytest.raises(SeatingClosed):
        await chamber.propose("Torture", channel=channel, by=member(1))


async def test_a_prohibited_issue_returns_when_enough_seats_ask_and_is_relegated_below_the_floor(
    chamber: Chamber,
) -> None:
    issue = await chamber.propose("Torture")
    await chamber.round_with(issue, {"prohibited": 5})
    with pytest.raises(ReviewNotNeeded):
        await chamber.services.issues.review(CHANNEL, member(1), 1)
    await chamber.round_with(issue, {"prohibited": 5})
    review = chamber.services.issues.review
    first = await review(CHANNEL, member(1), 1)
    assert (first.seconders, first.needed, first.opened) == (0, 2, False)
    with pytest.raises(ReviewAskedAlready):
        await review(CHANNEL, member(1), 1)
    with pytest.raises(NoSeat):
        await review(CHANNEL, member(99), 1)
    await review(CHANNEL, member(2), 1)
    assert (await review(CHANNEL, member(3), 1)).opened
    with pytest.raises(ReviewUnderWay):
        await review(CHANNEL, member(4), 1)
    wavering = await chamber.round_with(issue, {"independent": 3, "prohibited": 2})
    assert wavering.lines[0].ruling.code is RulingCode.WAVERING
    relegated = await chamber.round_with(issue, {"independent": 3, "prohibited": 2})
    assert relegated.lines[0].ruling.code is RulingCode.RELEGATED
    assert (await chamber.services.issues.card(issue.id)).issue.category is Category.ADJUSTMENT
    assert (await chamber.services.audit.verify()).sound
