"""Changing a council's rules, adopting a preset, explaining rulings, and closing the council."""

import pytest

from deliberation.councils import CouncilClosed, NotChair
from deliberation.rounds import RoundIsOpen
from deliberation.rules.presets import PRESETS
from deliberation.rulings import RulingCode
from services.councils.service import PresetUnknown
from tests.services.chamber import CHAIR, CHANNEL, DAY, Chamber, member


async def test_rules_hold_from_the_next_round_on_and_are_announced(chamber: Chamber) -> None:
    await chamber.propose("Torture")
    round_ = (await chamber.open("1d")).round
    changed = await chamber.services.councils.change_rules(CHANNEL, CHAIR, group="rounds", typed={"docket_limit": "3"})
    assert (changed.before.docket_limit, changed.council.rules.docket_limit) == (10, 3)
    assert (await chamber.services.rounds.view(round_.id)).round.rules.docket_limit == 10
    due = [post.data for post in await chamber.services.posts.due() if post.data.get("code") == "rules_changed"]
    assert (due[0]["before"]["docket_limit"], due[0]["after"]["docket_limit"]) == (10, 3)
    with pytest.raises(NotChair):
        await chamber.services.councils.change_rules(CHANNEL, member(1), group="rounds", typed={})
    again = await chamber.services.councils.change_rules(CHANNEL, CHAIR, group="rounds", typed={"docket_limit": "3"})
    assert again.before == again.council.rules
    assert len([1 for post in await chamber.services.posts.due() if post.data.get("code") == "rules_changed"]) == 1


async def test_a_preset_shows_what_it_would_change_before_it_does(chamber: Chamber) -> None:
    preview = await chamber.services.councils.preview_preset(CHANNEL, "security-council")
    assert preview.council.rules.adjustment.vetoes
    assert preview.warnings == ("no_veto_seat",)
    assert not (await chamber.services.councils.rules(CHANNEL)).council.rules.adjustment.vetoes
    await chamber.services.councils.apply_preset(CHANNEL, CHAIR, "security-council")
    view = await chamber.services.councils.rules(CHANNEL)
    assert (view.council.rules.preset, view.warnings) == ("security-council", ("no_veto_seat",))
    await chamber.services.seating.fill(CHANNEL, CHAIR, "p5", {})
    assert (await chamber.services.councils.rules(CHANNEL)).warnings == ()
    with pytest.raises(PresetUnknown):
        await chamber.services.councils.preview_preset(CHANNEL, "monarchy")


async def test_a_closed_council_stays_readable_and_changes_no_more(chamber: Chamber) -> None:
    issue = await chamber.propose("Torture")
    await chamber.seat(1)
    round_ = (await chamber.open("1d")).round
    with pytest.raises(RoundIsOpen):
        await chamber.services.councils.close(CHANNEL, CHAIR)
    await chamber.services.rounds.close(CHANNEL, CHAIR, round_.id)
    await chamber.services.rounds.schedule(CHANNEL, CHAIR, when="every Monday 18:00", length="1d", zone="UTC")
    closed = await chamber.services.councils.close(CHANNEL, CHAIR)
    assert (closed.council.closed_at, closed.schedule) == (chamber.clock.now(), None)
    for attempt in (
        chamber.services.councils.close(CHANNEL, CHAIR),
        chamber.services.rounds.open(CHANNEL, CHAIR, "1d"),
        chamber.services.seats.take(CHANNEL, member(2)),
        chamber.services.issues.propose(CHANNEL, CHAIR, title="More", action="More.", why=""),
        chamber.services.councils.apply_preset(CHANNEL, CHAIR, "consensus"),
    ):
        with pytest.raises(CouncilClosed):
            await attempt
    assert (await chamber.services.issues.card(issue.id)).issue.text.title == "Torture"
    assert (await chamber.services.board.board(CHANNEL)).lines[0].issue.number == 1
    await chamber.pass_time(10 * DAY)
    assert (await chamber.services.audit.verify()).sound


async def test_an_explanation_compares_the_same_ballots_under_every_preset(chamber: Chamber) -> None:
    issue = await chamber.propose("Torture")
    assert (await chamber.services.explaining.of_issue(issue.id)).ruling is None
    round_ = (await chamber.open("3d")).round
    await chamber.vote_all(round_, issue, {"adjustment": 11, "independent": 9})
    live = await chamber.services.explaining.of_issue(issue.id)
    assert live.ruling is not None
    assert live.movement is not None
    assert (live.provisional, live.ruling.code) == (True, RulingCode.HELD)
    assert (live.movement.silent_needed, live.movement.changes_needed) == (None, 1), "12 of 20 are three fifths"
    codes = {name: ruling.code for name, ruling in live.compared}
    assert list(codes) == list(PRESETS)
    assert codes["simple-majority"] is RulingCode.PROMOTED
    assert codes["meta-regime"] is RulingCode.HELD
    assert codes["consensus"] is RulingCode.HELD
    await chamber.pass_time(3 * DAY)
    after = await chamber.services.explaining.of_issue(issue.id)
    assert (after.provisional, after.ruling, after.compared) == (False, live.ruling, live.compared)


async def test_sealed_ballots_are_not_explained_before_the_close(chamber: Chamber) -> None:
    place = await chamber.found_with(5, "meta-regime", secrecy=PRESETS["meta-regime"].secrecy.SEALED)
    issue = await chamber.propose("Torture", channel=place)
    round_ = (await chamber.open("3d", channel=place)).round
    await chamber.vote_all(round_, issue, {"prohibited": 3})
    assert (await chamber.services.explaining.of_issue(issue.id)).ruling is None
    await chamber.pass_time(3 * DAY)
    assert (await chamber.services.explaining.of_issue(issue.id)).ruling is not None


async def test_the_record_is_vouched_for(chamber: Chamber) -> None:
    await chamber.propose("Torture")
    view = await chamber.services.record.verify(CHANNEL)
    assert (view.sound, view.head.index) == (True, 2)
