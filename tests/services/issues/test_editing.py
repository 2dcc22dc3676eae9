"""Seconding, amending, merging and hiding issues (PRODUCT §4)."""

import pytest

from deliberation.categories import Category
from deliberation.councils import NotChair
from deliberation.issues import (
    AmendNeedsChair,
    IssueHidden,
    IssueMerged,
    IssueNotHidden,
    MergeWithItself,
    NoSuchIssue,
    SecondedAlready,
    SecondNotNeeded,
    SecondOfOwn,
    VoteIsOpen,
)
from deliberation.rulings import RulingCode
from deliberation.texts import TextEmpty
from tests.services.chamber import CHAIR, CHANNEL, DAY, Chamber, member

TEXT = {"title": "Torture", "action": "In all its forms, by anybody.", "why": ""}


async def test_an_issue_needs_its_seconds_once(chamber: Chamber) -> None:
    editing = chamber.services.editing
    await chamber.propose("Tariffs", by=member(1))
    await chamber.seat(1, 2, 3)
    with pytest.raises(SecondNotNeeded):
        await editing.second(CHANNEL, member(2), 1)
    await chamber.services.councils.change_rules(CHANNEL, CHAIR, group="ballots", typed={"seconds": "2"})
    await chamber.propose("Torture", by=member(1))
    with pytest.raises(SecondOfOwn):
        await editing.second(CHANNEL, member(1), 2)
    assert (await editing.second(CHANNEL, member(2), 2)).seconders == 1
    with pytest.raises(SecondedAlready):
        await editing.second(CHANNEL, member(2), 2)
    await editing.second(CHANNEL, member(3), 1)
    await editing.second(CHANNEL, member(2), 1)
    assert [line.entry.number for line in (await chamber.open("1d")).lines] == [1]


async def test_the_proposer_amends_at_independent_and_above_it_a_chair(chamber: Chamber) -> None:
    editing = chamber.services.editing
    issue = await chamber.propose("Torture", by=member(1))
    with pytest.raises(AmendNeedsChair):
        await editing.amend(CHANNEL, member(2), 1, **TEXT)
    assert (await editing.amend(CHANNEL, member(1), 1, **TEXT)).issue.version == 2
    assert (await editing.amend(CHANNEL, member(1), 1, **TEXT)).issue.version == 2, "the same text changes nothing"
    result = await chamber.open("3d")
    with pytest.raises(VoteIsOpen):
        await editing.amend(CHANNEL, CHAIR, 1, **TEXT | {"action": "Otherwise."})
    for number in (1, 2, 3):
        await chamber.vote(result.round, issue, number, "adjustment", version=2)
    await chamber.pass_time(3 * DAY)
    with pytest.raises(AmendNeedsChair):
        await editing.amend(CHANNEL, member(1), 1, **TEXT | {"action": "Otherwise."})
    assert (await editing.amend(CHANNEL, CHAIR, 1, **TEXT | {"action": "Editorially."})).issue.version == 3
    assert (await chamber.services.audit.verify()).sound


async def test_a_refused_amendment_is_kept(chamber: Chamber) -> None:
    await chamber.propose("Torture", by=member(1))
    with pytest.raises(TextEmpty):
        await chamber.services.editing.amend(CHANNEL, member(1), 1, **TEXT | {"title": " "})
    _, kept = await chamber.services.editing.amendable(CHANNEL, member(1), 1)
    assert getattr(kept, "fields", {})["action"] == TEXT["action"]


async def test_an_amendment_starts_the_streak_anew(chamber: Chamber) -> None:
    issue = await chamber.propose("Torture", by=member(1))
    for positions in ({"adjustment": 3}, {"independent": 3}):
        await chamber.round_with(issue, positions)
    standing = (await chamber.services.issues.card(issue.id)).issue.standing
    assert (standing.category, standing.wavering) == (Category.ADJUSTMENT, 1)
    await chamber.services.editing.amend(CHANNEL, CHAIR, 1, **TEXT)
    view = await chamber.open("3d")
    for number in (1, 2, 3):
        await chamber.vote(view.round, issue, number, "independent", version=2)
    await chamber.pass_time(3 * DAY)
    [line] = (await chamber.services.rounds.result(view.round.id)).lines
    assert line.ruling.code is RulingCode.WAVERING, "the second time below the floor would have relegated it"


async def test_a_merged_issue_gets_no_ruling_and_its_reasons_are_read_in_the_other(chamber: Chamber) -> None:
    issue, other = await chamber.propose("Torture"), await chamber.propose("Cruel treatment")
    round_ = (await chamber.open("1d")).round
    await chamber.vote(round_, other, 1, "prohibited", reason="It is the same thing.")
    for bad, refusal in ((2, MergeWithItself), (9, NoSuchIssue)):
        with pytest.raises(refusal):
            await chamber.services.editing.merge(CHANNEL, CHAIR, 2, into=bad)
    with pytest.raises(NotChair):
        await chamber.services.editing.merge(CHANNEL, member(1), 2, into=1)
    await chamber.services.editing.merge(CHANNEL, CHAIR, 2, into=1)
    with pytest.raises(IssueMerged):
        await chamber.services.editing.merge(CHANNEL, CHAIR, 2, into=1)
    with pytest.raises(IssueMerged):
        await chamber.services.editing.merge(CHANNEL, CHAIR, 1, into=2)
    with pytest.raises(IssueMerged):
        await chamber.vote(round_, other, 1, "adjustment")
    reasons = await chamber.services.reasons.of_issue(issue.id)
    assert [given.reason.text for given in reasons.reasons] == ["It is the same thing."]
    assert (await chamber.services.issues.card(issue.id)).merged == (2,)
    await chamber.pass_time(DAY)
    assert [line.entry.number for line in (await chamber.services.rounds.result(round_.id)).lines] == [1]
    assert (await chamber.services.audit.verify()).sound


async def test_a_hidden_issue_says_why_and_can_be_shown_again(chamber: Chamber) -> None:
    await chamber.propose("Torture")
    with pytest.raises(IssueNotHidden):
        await chamber.services.editing.show_again(CHANNEL, CHAIR, 1)
    with pytest.raises(TextEmpty):
        await chamber.services.editing.hide(CHANNEL, CHAIR, 1, note=" ")
    view = await chamber.services.editing.hide(CHANNEL, CHAIR, 1, note="It names a private person.")
    assert view.issue.note == "It names a private person."
    with pytest.raises(IssueHidden):
        await chamber.services.editing.amend(CHANNEL, CHAIR, 1, **TEXT)
    shown = await chamber.services.editing.show_again(CHANNEL, CHAIR, 1)
    assert (shown.issue.note, shown.issue.may_be_voted) == ("", True)


async def test_a_new_issue_names_the_one_it_would_replace(chamber: Chamber) -> None:
    await chamber.propose("Torture")
    with pytest.raises(NoSuchIssue):
        await chamber.services.issues.propose(CHANNEL, CHAIR, title="X y", action="z", why="", replaces=7)
    proposal = await chamber.services.issues.propose(
        CHANNEL, CHAIR, title="Torture and cruel treatment", action="Both.", why="", replaces=1
    )
    assert proposal.issue is not None, "an issue is like the one whose place it would take, and need not be asked about"
    assert proposal.issue.replaces == 1
