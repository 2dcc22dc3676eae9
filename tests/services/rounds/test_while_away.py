"""What fell due while no process ran is settled at the next start, in order and once (PRODUCT §3)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from deliberation.ids import ChannelId
from deliberation.rounds import Round, RoundStatus
from deliberation.rules import Quorum, Rules
from deliberation.rulings import RulingCode
from services import Services
from services.ports import PostKind
from storage import Database
from tests.clocks import SetClock
from tests.services.chamber import CHAIR, DAY, Chamber, member
from tests.services.chamber import CHANNEL as PLACE
from tests.services.rounds.test_states import DEBATED, HOUR, PLAIN, TICK, under
from tests.stores import counted_salts

NEVER_QUORATE = replace(PLAIN, quorum=Quorum(least=2), extension=HOUR)


async def started(chamber: Chamber, rules: Rules, length: str = "1d", channel: ChannelId = PLACE) -> Round:
    """A round on one issue, with members 1 and 2 seated and member 1's ballot, where voting has begun."""
    if channel == PLACE:
        await under(chamber, rules)
    else:
        await chamber.found(channel=channel, rules=rules)
    issue = await chamber.propose("Torture", channel=channel)
    await chamber.seat(1, 2, channel=channel)
    round_ = (await chamber.open(length, channel=channel)).round
    if round_.status is RoundStatus.OPEN:
        await chamber.vote(round_, issue, 1, "adjustment")
    return round_


async def scheduled(chamber: Chamber, rules: Rules, *, length: str) -> None:
    """An issue and two seats that await a round every day at six, six hours from now."""
    await under(chamber, rules)
    await chamber.propose("Torture")
    await chamber.seat(1, 2)
    await chamber.services.rounds.schedule(PLACE, CHAIR, when="daily 18:00", length=length, zone="UTC")


async def now(chamber: Chamber, round_: Round) -> Round:
    return (await chamber.services.rounds.view(round_.id)).round


async def said(chamber: Chamber) -> list[tuple[str, int]]:
    """The results and notices that are to be posted, in order: a result with its round, a notice with its count."""
    posts: list[tuple[str, int]] = []
    for post in await chamber.services.posts.due():
        if post.kind is PostKind.RESULT:
            posts.append(("result", post.subject))
        elif post.kind is PostKind.NOTICE:
            posts.append((post.data["code"], post.data["count"]))
    return posts


async def test_several_rounds_of_several_councils_are_settled_in_the_order_in_which_they_fell_due(
    chamber: Chamber,
) -> None:
    lengths: Mapping[int, str] = {11: "3d", 12: "1d", 13: "2d"}
    rounds = {place: await started(chamber, PLAIN, lengths[place], ChannelId(place)) for place in lengths}
    debated = await started(chamber, DEBATED, "1d", ChannelId(14))
    paused = await started(chamber, PLAIN, "1d", ChannelId(15))
    await chamber.services.rounds.pause(ChannelId(15), CHAIR)
    await chamber.pass_time(5 * DAY)
    assert await said(chamber) == [("result", int(rounds[place].id)) for place in (12, 13, 11)]
    for round_ in rounds.values():
        result = await chamber.services.rounds.result(round_.id)
        assert (result.round.closes_at, result.voted) == (round_.closes_at, 1), "the deadline that was promised"
    opened = await now(chamber, debated)
    assert (opened.status, opened.closes_at) == (RoundStatus.OPEN, chamber.clock.now() + DAY)
    assert (await now(chamber, paused)).status is RoundStatus.PAUSED
    assert (await chamber.services.audit.verify()).sound


async def test_what_fell_due_is_settled_once_however_often_it_is_looked_for(
    chamber: Chamber, head_url: str, clock: SetClock
) -> None:
    round_ = await started(chamber, PLAIN)
    clock.advance(9 * DAY)
    for _ in range(2):
        store = Database(head_url, clock=clock, salt=counted_salts())
        await Services.over(store).timetable.settle_due()
        await store.dispose()
    assert await said(chamber) == [("result", int(round_.id))]
    assert (await chamber.services.audit.verify()).rulings == 1


async def test_a_deadline_on_a_start_comes_first_and_each_missed_window_is_counted(chamber: Chamber) -> None:
    await scheduled(chamber, PLAIN, length="1d")
    await chamber.pass_time(6 * HOUR)
    first = await chamber.services.rounds.status(PLACE)
    assert first is not None
    chamber.clock.set(first.round.closes_at)
    await chamber.services.timetable.settle_due()
    second = await chamber.services.rounds.status(PLACE)
    assert second is not None
    assert (second.round.number, second.round.closes_at) == (2, first.round.closes_at + DAY)
    await chamber.pass_time(3 * DAY + HOUR)
    fourth = await chamber.services.rounds.status(PLACE)
    assert fourth is not None
    assert (fourth.round.number, fourth.round.closes_at) == (3, second.round.closes_at + 3 * DAY)
    results = [("result", int(view.round.id)) for view in (first, second)]
    assert await said(chamber) == [*results, ("windows_missed", 2)]


@pytest.mark.parametrize(
    ("away", "expected", "notice"),
    [
        (6 * HOUR, RoundStatus.DEBATE, []),
        (7 * HOUR + TICK, RoundStatus.DEBATE, []),
        (9 * HOUR - TICK, RoundStatus.DEBATE, []),
        (9 * HOUR, RoundStatus.OPEN, []),
        (16 * HOUR, RoundStatus.OPEN, []),
        (19 * HOUR - TICK, RoundStatus.OPEN, []),
        (19 * HOUR, None, [("windows_missed", 1)]),
    ],
)
async def test_a_scheduled_round_begun_late_keeps_its_debate_and_its_deadline(
    chamber: Chamber, away: timedelta, expected: RoundStatus | None, notice: list[tuple[str, int]]
) -> None:
    start = chamber.clock.now() + 6 * HOUR
    await scheduled(chamber, replace(PLAIN, debate=3 * HOUR), length="10h")
    await chamber.pass_time(away)
    view = await chamber.services.rounds.status(PLACE)
    assert (view and view.round.status) == expected
    if view is not None:
        assert view.round.closes_at == start + 13 * HOUR
    assert await said(chamber) == notice


@pytest.mark.parametrize(
    ("away", "expected", "announced"),
    [
        (3 * HOUR, RoundStatus.OPEN, []),
        (13 * HOUR - TICK, RoundStatus.OPEN, []),
        (13 * HOUR, RoundStatus.CANCELLED, [("voting_missed", 1)]),
    ],
)
async def test_a_debate_of_a_scheduled_round_that_ended_unseen_leaves_what_is_left_of_the_vote(
    chamber: Chamber, away: timedelta, expected: RoundStatus, announced: list[tuple[str, int]]
) -> None:
    await scheduled(chamber, replace(PLAIN, debate=3 * HOUR), length="10h")
    await chamber.pass_time(6 * HOUR)
    debated = await chamber.services.rounds.status(PLACE)
    assert debated is not None
    assert debated.round.status is RoundStatus.DEBATE
    await chamber.pass_time(away)
    later = await now(chamber, debated.round)
    assert (later.status, later.closes_at) == (expected, debated.round.closes_at)
    assert await said(chamber) == announced


@pytest.mark.parametrize(
    ("away", "prolonged"), [(DAY - TICK, False), (DAY, True), (DAY + HOUR - TICK, True), (DAY + HOUR, False)]
)
async def test_a_quorum_missed_while_away_prolongs_the_round_unless_that_time_has_passed_too(
    chamber: Chamber, away: timedelta, prolonged: bool
) -> None:
    round_ = await started(chamber, NEVER_QUORATE)
    await chamber.pass_time(away)
    found = await now(chamber, round_)
    assert found.extended is prolonged
    assert found.closes_at == round_.closes_at + (HOUR if prolonged else timedelta())
    await chamber.pass_time(9 * DAY)
    [line] = (await chamber.services.rounds.result(round_.id)).lines
    assert (line.ruling.code, line.ruling.tally.cast.seats) == (RulingCode.INQUORATE, 1)
    assert await said(chamber) == [("result", int(round_.id))]
    assert (await chamber.services.audit.verify()).sound


async def test_a_chairs_extension_comes_before_the_automatic_one(chamber: Chamber) -> None:
    round_ = await started(chamber, NEVER_QUORATE)
    extended = (await chamber.services.rounds.extend(PLACE, CHAIR, "2h")).round
    await chamber.pass_time(DAY + 2 * HOUR + HOUR - TICK)
    found = await now(chamber, round_)
    assert (found.status, found.closes_at) == (RoundStatus.OPEN, extended.closes_at + HOUR)


async def test_a_round_paused_through_a_long_absence_misses_only_the_deadline_it_gets_on_resuming(
    chamber: Chamber,
) -> None:
    round_ = await started(chamber, PLAIN)
    await chamber.pass_time(DAY - HOUR)
    await chamber.services.rounds.pause(PLACE, CHAIR)
    await chamber.pass_time(200 * DAY)
    assert await said(chamber) == []
    resumed = (await chamber.services.rounds.resume(PLACE, CHAIR)).round
    assert await chamber.services.timetable.next_due() is not None
    chamber.clock.set(resumed.closes_at - TICK)
    [line] = (await chamber.services.rounds.view(round_.id)).lines
    await chamber.services.timetable.settle_due()
    assert (await now(chamber, round_)).status is RoundStatus.OPEN
    await chamber.services.ballots.withdraw(round_.id, line.entry.issue, 1, member(1))
    await chamber.pass_time(9 * DAY)
    result = await chamber.services.rounds.result(round_.id)
    assert (result.round.closes_at, result.voted) == (resumed.closes_at, 0)


@pytest.mark.parametrize(("away", "early"), [(HOUR, True), (DAY - TICK, True), (DAY, False), (9 * DAY, False)])
async def test_a_vote_completed_before_the_process_ended_closes_early_unless_its_deadline_came_first(
    chamber: Chamber, away: timedelta, early: bool
) -> None:
    await chamber.seat(1)
    await under(chamber, replace(PLAIN, open_seating=False, early_close=True))
    issue = await chamber.propose("Torture")
    round_ = (await chamber.open("1d")).round
    await chamber.vote(round_, issue, 1, "adjustment")
    await chamber.pass_time(away)
    closed = await now(chamber, round_)
    assert (closed.status, closed.ended_early) == (RoundStatus.CLOSED, early)
    assert closed.closes_at == (chamber.clock.now() if early else round_.closes_at)


async def test_a_scheduled_round_whose_vote_still_lies_ahead_is_held_although_its_debate_has_begun(chamber: Chamber):
    await under(chamber, DEBATED)
    await chamber.propose("Torture")
    await chamber.seat(1)
    planned = await chamber.services.rounds.schedule(PLACE, CHAIR, when="Monday 18:00", length="2h", zone="UTC")
    chamber.clock.set(planned.opens_at + 3 * HOUR)
    await chamber.services.timetable.settle_due()
    view = await chamber.services.rounds.status(PLACE)
    assert view is not None
    assert view.round.status is RoundStatus.DEBATE
    assert view.round.closes_at == planned.closes_at + DEBATED.debate


async def test_a_chair_who_closes_too_late_learns_that_the_round_goes_on(chamber: Chamber):
    await under(chamber, replace(PLAIN, quorum=Quorum(least=2), extension=HOUR))
    await chamber.propose("Torture")
    await chamber.seat(1, 2)
    round_ = (await chamber.open("1d")).round
    chamber.clock.advance(DAY)
    assert await chamber.services.rounds.close(PLACE, CHAIR, round_.id) is None
    view = await chamber.services.rounds.status(PLACE)
    assert view is not None
    assert view.round.closes_at == round_.closes_at + HOUR


async def test_a_round_can_be_extended_after_a_long_pause(chamber: Chamber):
    await under(chamber, PLAIN)
    await chamber.propose("Torture")
    await chamber.seat(1)
    await chamber.open("10d")
    await chamber.services.rounds.pause(PLACE, CHAIR)
    await chamber.pass_time(400 * DAY)
    resumed = await chamber.services.rounds.resume(PLACE, CHAIR)
    extended = await chamber.services.rounds.extend(PLACE, CHAIR, "1h")
    assert extended.round.closes_at == resumed.round.closes_at + HOUR
