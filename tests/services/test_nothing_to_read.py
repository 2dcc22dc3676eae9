"""Whatever members write, something of it has to show: Hangul fillers and their like are nothing to read."""

from dataclasses import replace

import pytest

from deliberation.councils import CouncilExists
from deliberation.ids import ChannelId, PersonId
from deliberation.rounds import ReasonRequired
from deliberation.rules.presets import PRESETS
from deliberation.texts import TextEmpty
from services.ports import Delegation
from tests.services.chamber import CHAIR, CHANNEL, Chamber, member

UNSEEN = ["\u3164", "\u115f\uffa0", "\u2800", "\u200b\u2060", "\U0001d159"]


@pytest.fixture(params=UNSEEN, ids=ascii)
def unseen(request: pytest.FixtureRequest) -> str:
    return request.param


async def test_an_issue_needs_a_title_and_an_action_that_show(chamber: Chamber, unseen: str) -> None:
    services = chamber.services
    for hidden, title, action in (("title", unseen, "Nobody tortures."), ("action", "Torture", unseen)):
        with pytest.raises(TextEmpty) as refusal:
            await services.issues.propose(CHANNEL, CHAIR, title=title, action=action, why="")
        assert refusal.value.params["field"] == hidden
    proposal = await services.issues.propose(CHANNEL, CHAIR, title="Torture", action="Nobody tortures.", why=unseen)
    assert proposal.issue is not None
    assert proposal.issue.text.why == "", "which may be left empty"
    with pytest.raises(TextEmpty):
        await services.editing.amend(CHANNEL, CHAIR, 1, title=unseen, action="Nobody tortures.", why="")
    with pytest.raises(TextEmpty):
        await services.editing.hide(CHANNEL, CHAIR, 1, note=unseen)


async def test_a_reason_that_shows_nothing_is_none(chamber: Chamber, unseen: str) -> None:
    issue = await chamber.propose("Torture")
    round_ = (await chamber.open()).round
    with pytest.raises(ReasonRequired):
        await chamber.vote(round_, issue, 1, "prohibited", reason=unseen)
    receipt = await chamber.vote(round_, issue, 1, "abstain", reason=unseen)
    assert receipt.reason is None, "where none is needed, the ballot counts without"
    assert (await chamber.services.reasons.of_issue(issue.id)).reasons == ()


async def test_councils_and_delegations_have_names_that_show(chamber: Chamber, unseen: str) -> None:
    with pytest.raises(TextEmpty):
        await chamber.services.seating.add(CHANNEL, CHAIR, [Delegation(name=unseen)])
    for name, error in ((unseen, TextEmpty), ("The council", CouncilExists)):
        with pytest.raises(error):
            await chamber.services.hosting.found(
                CHAIR, guild=1, channel=CHANNEL, name=name, language="en", rules=PRESETS["meta-regime"]
            )


async def test_whoever_is_displayed_as_nothing_sits_under_its_id(chamber: Chamber, unseen: str) -> None:
    taken = await chamber.services.seats.take(CHANNEL, replace(member(1), name=unseen))
    assert taken.seat.name == str(member(1).person)
    given = await chamber.services.seating.add_person(ChannelId(CHANNEL), CHAIR, PersonId(5), f" {unseen} ")
    assert given.seats[0].name == "5"
