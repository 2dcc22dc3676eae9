"""Rounds from opening to ruling: by chairs, by time, and by several processes at once."""

import asyncio
from datetime import timedelta

import pytest

from deliberation.categories import Category, Position
from deliberation.councils import CouncilExists, NoCouncil, NotChair
from deliberation.ids import ChannelId
from deliberation.rounds import (
    DeadlinePassed,
    EmptyDocket,
    NobodyEntitled,
    NoOpenRound,
    Round,
    RoundIsOpen,
    RoundIsOver,
    RoundStatus,
)
from deliberation.rounds.schedules import ScheduleOverlaps, ScheduleUnreadable, UnknownTimeZone
from deliberation.rulings import RulingCode
from deliberation.texts.durations import DurationTooLong, DurationTooShort, DurationUnreadable
from services import Services
from services.ports import PostKind
from storage import Database
from tests.clocks import SetClock
from tests.services.chamber import CHAIR, CHANNEL, DAY, Chamber, begun, kinds_due, member
from tests.stores import counted_salts

HOUR = timedelta(hours=1)


async def clear_posts(chamber: Chamber) -> None:
    while due := await chamber.services.posts.due():
        for post in due:
            await chamber.services.posts.done(await begun(chamber, post))


async def test_an_issue_climbs_a_rung_a_round_and_each_ruling_carries_its_arithmetic(chamber: Chamber) -> None:
    issue = await chamber.propose("Torture")
    await chamber.seat(*range(1, 6))
    first = await chamber.round_with(issue, {"prohibited": 4, "independent": 1})
    ruling = first.lines[0].ruling
    assert (ruling.code, ruling.after.category) == (RulingCode.PROMOTED, Category.ADJUSTMENT)
    assert ruling.test is not None
    assert (ruling.test.criteria[0].reached, ruling.test.criteria[0].of) == (4, 5)
    second = await chamber.round_with(issue, {"prohibited": 4, "independent": 1})
    assert await chamber.services.rounds.result(first.round.id) == first, "a result reads the same later"
    assert second.head.index > first.head.index
    assert second.lines[0].ruling.after.category is Category.PROHIBITED
    with pytest.raises(EmptyDocket):
        await chamber.open()
    assert (await chamber.services.audit.verify()).sound


async def test_a_result_gives_a_reason_from_either_side_of_what_moved_and_counts_who_changed(chamber: Chamber) -> None:
    issue = await chamber.propose("Torture")
    held = await chamber.round_with(issue, {"independent": 3, "prohibited": 2})
    assert (held.lines[0].ruling.code, held.lines[0].reasons) == (RulingCode.HELD, ())
    moved = (await chamber.round_with(issue, {"independent": 1, "prohibited": 4})).lines[0]
    assert moved.ruling.code is RulingCode.PROMOTED
    assert {reason.reason.position for reason in moved.reasons} == {Position.PROHIBITED, Position.INDEPENDENT}
    assert moved.shifts == {Position.PROHIBITED: 2}


async def test_a_round_closes_once_though_two_processes_see_it_due(
    chamber: Chamber, head_url: str, clock: SetClock
) -> None:
    issue = await chamber.propose("Torture")
    view = await chamber.open("3d")
    await chamber.vote_all(view.round, issue, {"prohibited": 3})
    clock.advance(3 * DAY)
    other = Database(head_url, clock=clock, salt=counted_salts())
    await asyncio.gather(chamber.services.timetable.settle_due(), Services.over(other).timetable.settle_due())
    await other.dispose()
    assert (await kinds_due(chamber)).count(PostKind.RESULT) == 1
    report = await chamber.services.audit.verify()
    assert (report.rulings, report.sound) == (1, True)


async def test_a_round_left_closing_by_a_crash_is_settled_at_the_next_start(
    chamber: Chamber, database: Database
) -> None:
    issue = await chamber.propose("Torture")
    view = await chamber.open("3d")
    await chamber.vote_all(view.round, issue, {"prohibited": 3})
    chamber.clock.advance(3 * DAY)
    async with database.write() as uow:
        assert await uow.rounds.claim_due(view.round.id, await uow.now()) is not None
        await uow.commit()
    with pytest.raises(DeadlinePassed):
        await chamber.vote(view.round, issue, 4, "prohibited")
    await chamber.services.timetable.settle_due()
    assert (await chamber.services.rounds.result(view.round.id)).lines[0].ruling.code is RulingCode.PROMOTED


async def test_what_fell_due_while_the_bot_was_away_is_settled_with_the_ballots_up_to_the_deadline(
    chamber: Chamber,
) -> None:
    issue = await chamber.propose("Torture")
    view = await chamber.open("3d")
    await chamber.vote_all(view.round, issue, {"prohibited": 3})
    chamber.clock.advance(5 * DAY)
    with pytest.raises(DeadlinePassed):
        await chamber.vote(view.round, issue, 4, "independent")
    await chamber.services.timetable.settle_due()
    result = await chamber.services.rounds.result(view.round.id)
    assert (result.voted, result.round.closes_at) == (3, view.round.closes_at)
    assert result.round.closed_at == view.round.closes_at + 2 * DAY


async def test_a_chair_closes_early_and_a_second_one_a_moment_later_is_told(chamber: Chamber) -> None:
    issue = await chamber.propose("Torture")
    view = await chamber.open("3d")
    await chamber.vote_all(view.round, issue, {"prohibited": 3})
    chamber.clock.advance(HOUR)
    outcomes = await asyncio.gather(
        *(chamber.services.rounds.close(CHANNEL, CHAIR, view.round.id) for _ in range(2)), return_exceptions=True
    )
    refused = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert len(refused) == 1
    assert isinstance(refused[0], RoundIsOver | NoOpenRound)
    result = await chamber.services.rounds.result(view.round.id)
    assert result.round.ended_early
    assert result.round.closes_at == chamber.clock.now()


async def test_an_extension_moves_the_deadline_and_keeps_the_ballots(chamber: Chamber) -> None:
    issue = await chamber.propose("Torture")
    view = await chamber.open("3d")
    await chamber.vote_all(view.round, issue, {"prohibited": 3})
    extended = await chamber.services.rounds.extend(CHANNEL, CHAIR, "12h")
    assert extended.round.closes_at == view.round.closes_at + 12 * HOUR
    await chamber.pass_time(3 * DAY)
    await chamber.vote(view.round, issue, 4, "prohibited")
    await chamber.pass_time(12 * HOUR)
    assert (await chamber.services.rounds.result(view.round.id)).voted == 4


async def test_a_cancelled_round_rules_nothing(chamber: Chamber) -> None:
    issue = await chamber.propose("Torture")
    view = await chamber.open("3d")
    await chamber.vote_all(view.round, issue, {"prohibited": 3})
    await chamber.services.rounds.cancel(CHANNEL, CHAIR, view.round.id)
    await chamber.pass_time(3 * DAY)
    with pytest.raises(LookupError):
        await chamber.services.rounds.result(view.round.id)
    assert (await chamber.services.issues.card(issue.id)).issue.category is Category.INDEPENDENT
    assert (await chamber.services.audit.verify()).sound


async def test_a_withdrawn_issue_gets_no_ruling(chamber: Chamber) -> None:
    kept, taken_back = await chamber.propose("Torture"), await chamber.propose("Tariffs", by=member(1))
    view = await chamber.open("3d")
    await chamber.services.issues.withdraw(CHANNEL, member(1), taken_back.number)
    await chamber.pass_time(3 * DAY)
    result = await chamber.services.rounds.result(view.round.id)
    assert [line.entry.issue for line in result.lines] == [kept.id]


@pytest.mark.parametrize(
    ("length", "error"),
    [
        ("soon", DurationUnreadable),
        ("-3d", DurationUnreadable),
        ("0", DurationUnreadable),
        ("0h", DurationTooShort),
        ("999y", DurationTooLong),
    ],
)
async def test_a_length_that_cannot_be_opens_no_round(chamber: Chamber, length: str, error: type[Exception]) -> None:
    await chamber.propose("Torture")
    with pytest.raises(error):
        await chamber.open(length)
    assert await chamber.services.rounds.status(CHANNEL) is None


async def test_a_chair_is_told_why_no_round_opens(chamber: Chamber) -> None:
    with pytest.raises(EmptyDocket):
        await chamber.open()
    await chamber.propose("Torture")
    with pytest.raises(NotChair):
        await chamber.services.rounds.open(CHANNEL, member(1))
    with pytest.raises(NoCouncil):
        await chamber.services.rounds.open(ChannelId(99), CHAIR)
    await chamber.open()
    with pytest.raises(RoundIsOpen):
        await chamber.open()
    assigned = await chamber.found_with(5, open_seating=False)
    await chamber.propose("Torture", channel=assigned)
    with pytest.raises(NobodyEntitled):
        await chamber.open(channel=assigned)
    with pytest.raises(CouncilExists):
        await chamber.found()


async def test_reminders_go_to_those_who_have_not_voted_on_everything(chamber: Chamber) -> None:
    issue = await chamber.propose("Torture")
    await chamber.seat(1, 2, 3, 4)
    view = await chamber.open("3d")
    await chamber.vote(view.round, issue, 1, "prohibited")
    await clear_posts(chamber)
    await chamber.pass_time(2 * DAY - timedelta(seconds=1))
    assert await kinds_due(chamber) == []
    await chamber.pass_time(timedelta(seconds=1))
    assert await kinds_due(chamber) == [PostKind.REMINDER]
    first = await chamber.services.rounds.reminder(view.round.id, last=False)
    assert first is not None
    assert (first.mention, first.at_risk) == (tuple(member(n).person for n in (2, 3, 4)), ())
    last = await chamber.services.rounds.reminder(view.round.id, last=True)
    assert last is not None
    assert [entry.issue for entry in last.at_risk] == [issue.id], "one of four is short of three"
    for number in (2, 3, 4):
        await chamber.vote(view.round, issue, number, "prohibited")
    assert await chamber.services.rounds.reminder(view.round.id, last=True) is None


async def test_a_schedule_opens_and_closes_rounds_by_itself(chamber: Chamber) -> None:
    await chamber.propose("Torture")
    planned = await chamber.services.rounds.schedule(
        CHANNEL, CHAIR, when="every Monday 18:00", length="3d", zone="europe/berlin"
    )
    assert planned.opens_at.isoformat() == "2026-01-05T17:00:00+00:00"
    assert await chamber.services.timetable.next_due() is not None
    await clear_posts(chamber)
    assert await chamber.services.timetable.next_due() == planned.opens_at
    await chamber.pass_time(5 * HOUR)
    view = await chamber.services.rounds.status(CHANNEL)
    assert view is not None
    assert (view.round.scheduled, view.round.closes_at) == (True, planned.closes_at)
    assert view.next_opens_at == planned.opens_at + 7 * DAY
    await chamber.pass_time(3 * DAY)
    assert (await chamber.services.rounds.result(view.round.id)).round.number == 1


async def test_a_window_missed_in_part_keeps_its_deadline_and_one_missed_altogether_is_announced(
    chamber: Chamber,
) -> None:
    await chamber.propose("Torture")
    planned = await chamber.services.rounds.schedule(CHANNEL, CHAIR, when="Monday 18:00", length="3d", zone="UTC")
    chamber.clock.set(planned.opens_at + 14 * DAY + HOUR)
    await chamber.services.timetable.settle_due()
    notices = [post for post in await chamber.services.posts.due() if post.kind is PostKind.NOTICE]
    assert [(notice.data["code"], notice.data["count"]) for notice in notices] == [("windows_missed", 2)]
    view = await chamber.services.rounds.status(CHANNEL)
    assert view is not None
    assert view.round.closes_at == planned.closes_at + 14 * DAY


async def test_a_start_that_finds_a_round_open_or_nothing_to_vote_on_is_skipped_and_announced(
    chamber: Chamber,
) -> None:
    await chamber.services.rounds.schedule(CHANNEL, CHAIR, when="daily 18:00", length="2h", zone="UTC")
    await chamber.pass_time(6 * HOUR)
    await chamber.propose("Torture")
    await chamber.open("3d")
    await chamber.pass_time(DAY)
    codes = [post.data["code"] for post in await chamber.services.posts.due() if post.kind is PostKind.NOTICE]
    assert codes == ["docket_empty", "start_skipped"]


@pytest.mark.parametrize(
    ("when", "length", "zone", "error"),
    [
        ("whenever", "3d", "UTC", ScheduleUnreadable),
        ("Monday 18:00", "3d", "Mars/Olympus", UnknownTimeZone),
        ("daily 18:00", "3d", "UTC", ScheduleOverlaps),
        ("Monday 18:00", "soon", "UTC", DurationUnreadable),
    ],
)
async def test_a_schedule_that_cannot_be_is_refused_and_the_old_one_stays(
    chamber: Chamber, when: str, length: str, zone: str, error: type[Exception]
) -> None:
    kept = await chamber.services.rounds.schedule(CHANNEL, CHAIR, when="Tue 09:00", length="2d", zone="UTC")
    with pytest.raises(error):
        await chamber.services.rounds.schedule(CHANNEL, CHAIR, when=when, length=length, zone=zone)
    assert (await chamber.services.councils.info(CHANNEL)).schedule == kept.schedule


async def test_a_round_that_a_stuck_process_holds_keeps_no_other_council_waiting(
    postgresql_head_url: str, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.rounds.timetable.LOCKED_TRIES", 3)
    stuck, store = Database(postgresql_head_url, clock=clock), Database(postgresql_head_url, clock=clock)
    chamber = Chamber(Services.over(store), clock)
    await chamber.found()
    channels = (CHANNEL, await chamber.found_with(77))
    rounds = []
    for channel in channels:
        await chamber.propose("Torture", channel=channel)
        await chamber.seat(1, channel=channel)
        rounds.append((await chamber.open("3d", channel=channel)).round)
    async with stuck.write() as ballots:
        await ballots.casting.gather(rounds=[rounds[0].id], issues=[], people=[])
        await chamber.pass_time(3 * DAY)
        assert await statuses(chamber, rounds) == [RoundStatus.OPEN, RoundStatus.CLOSED]
    await chamber.services.timetable.settle_due()
    assert await statuses(chamber, rounds) == [RoundStatus.CLOSED] * 2
    for database in (stuck, store):
        await database.dispose()


async def statuses(chamber: Chamber, rounds: list[Round]) -> list[RoundStatus]:
    return [(await chamber.services.rounds.view(round_.id)).round.status for round_ in rounds]
