"""What one member, one double tap or one council's defect must not do to everybody else's vote."""

import asyncio
from datetime import timedelta

from sqlalchemy import text

from deliberation.ids import ChannelId
from deliberation.issues import IssueStatus
from deliberation.rulings import rule
from deliberation.rulings.standings import Standing
from deliberation.rulings.tallies import count
from deliberation.seats import NoSeat
from services.issues.service import NoDraft
from storage import Database
from tests.services.chamber import CHAIR, CHANNEL, DAY, Chamber, member

OTHER = ChannelId(700_000_000_000_000_002)
THIRD = ChannelId(700_000_000_000_000_003)


async def test_who_gives_up_a_seat_and_comes_back_has_one_ballot_and_not_two(chamber: Chamber) -> None:
    issue = await chamber.propose("Torture")
    round_ = (await chamber.open("3d")).round
    first = await chamber.vote(round_, issue, 1, "prohibited")
    await chamber.services.seats.leave(CHANNEL, member(1))
    again = await chamber.vote(round_, issue, 1, "independent")
    assert (again.seat.id, again.previous) == (first.seat.id, first.position)
    await chamber.services.seats.leave(CHANNEL, member(1))
    assert (await chamber.services.seats.take(CHANNEL, member(1))).seat.id == first.seat.id
    view = await chamber.services.rounds.view(round_.id)
    assert (view.lines[0].cast, view.entitled) == (1, 1)
    assert (await chamber.services.audit.verify()).sound


async def test_a_seat_taken_and_a_first_ballot_cast_at_one_moment_make_one_seat(chamber: Chamber) -> None:
    issue = await chamber.propose("Torture")
    round_ = (await chamber.open("3d")).round
    for number in range(1, 9):
        await asyncio.gather(
            chamber.services.seats.take(CHANNEL, member(number)),
            chamber.vote(round_, issue, number, "prohibited"),
            return_exceptions=True,
        )
        await chamber.vote(round_, issue, number, "independent")
    seats = await chamber.services.seats.list_in(CHANNEL, member(1))
    assert len(seats.seats) == 8
    assert (await chamber.services.rounds.view(round_.id)).lines[0].cast == 8


async def test_a_round_that_cannot_be_ruled_stops_no_other_councils_round(chamber: Chamber, database: Database) -> None:
    broken = await chamber.propose("Torture")
    stuck = await chamber.open("1d")
    ruling = rule(Standing(), count([]), stuck.round.rules)
    async with database.write() as uow:
        await uow.rulings.add(stuck.round.id, {broken.id: ruling})
        await uow.commit()
    await chamber.found_with(OTHER)
    sound = await chamber.propose("Torture", channel=OTHER)
    other = await chamber.open("2d", channel=OTHER)
    await chamber.vote(other.round, sound, 1, "prohibited")
    await chamber.found_with(THIRD)
    await chamber.propose("Torture", channel=THIRD)
    await chamber.services.rounds.schedule(THIRD, CHAIR, when="every day 18:00", length="1d", zone="UTC")
    chamber.clock.advance(2 * DAY + timedelta(hours=7))
    for _ in range(2):
        await chamber.services.timetable.settle_due()
        assert (await chamber.services.rounds.result(other.round.id)).voted == 1
        assert await chamber.services.rounds.status(THIRD) is not None


async def test_a_schedule_that_cannot_be_read_stops_no_other_councils_round(
    chamber: Chamber, database: Database
) -> None:
    await chamber.propose("Torture")
    await chamber.services.rounds.schedule(CHANNEL, CHAIR, when="every day 18:00", length="1d", zone="UTC")
    await chamber.found_with(OTHER)
    await chamber.propose("Torture", channel=OTHER)
    other = await chamber.open("2d", channel=OTHER)
    async with database._writing.begin() as connection:  # pyright: ignore[reportPrivateUsage]
        await connection.execute(text("UPDATE schedules SET schedule = '{}'"))
    chamber.clock.advance(2 * DAY)
    await chamber.services.timetable.settle_due()
    assert (await chamber.services.rounds.result(other.round.id)).voted == 0


async def test_two_taps_on_propose_anyway_put_up_one_issue(chamber: Chamber) -> None:
    await chamber.propose("Torture")
    alike = await chamber.services.issues.propose(CHANNEL, CHAIR, title="Torture", action="All of it", why="")
    assert alike.issue is None
    taps = await asyncio.gather(
        *(chamber.services.issues.propose_draft(CHANNEL, CHAIR) for _ in range(2)), return_exceptions=True
    )
    assert [type(tap) for tap in taps if isinstance(tap, Exception)] == [NoDraft]
    _, issues = await chamber.services.issues.list_in(CHANNEL)
    assert [issue.status for issue in issues] == [IssueStatus.OPEN] * 2
    assert await chamber.services.issues.draft(CHANNEL, CHAIR) is None


async def test_verify_names_an_entry_whose_figures_were_taken_out(chamber: Chamber, database: Database) -> None:
    issue = await chamber.propose("Torture")
    await chamber.round_with(issue, {"prohibited": 3})
    async with database._writing.begin() as connection:  # pyright: ignore[reportPrivateUsage]
        await connection.execute(text("UPDATE record_entries SET data = 'X' WHERE kind = 'round closed'"))
    report = await chamber.services.audit.verify()
    assert "entry" in {fault.what for fault in report.faults}


async def test_verify_names_a_ruling_that_can_no_longer_be_read(chamber: Chamber, database: Database) -> None:
    issue = await chamber.propose("Torture")
    await chamber.round_with(issue, {"prohibited": 3})
    for altered in ("{}", "X", "[]"):
        async with database._writing.begin() as connection:  # pyright: ignore[reportPrivateUsage]
            await connection.execute(text(f"UPDATE rulings SET ruling = '{altered}'"))  # noqa: S608
        report = await chamber.services.audit.verify()
        assert [(fault.what, fault.where["round"]) for fault in report.faults] == [("ruling", 1)]


async def test_reminders_that_fell_due_while_the_bot_was_away_come_as_one(chamber: Chamber) -> None:
    await chamber.propose("Torture")
    await chamber.seat(1)
    round_ = (await chamber.open("3d")).round
    first, last = (3 * DAY - offset for offset in (timedelta(hours=24), timedelta(hours=1)))
    chamber.clock.advance(first)
    assert await chamber.services.rounds.reminder(round_.id, last=False) is not None
    chamber.clock.advance(last - first)
    assert await chamber.services.rounds.reminder(round_.id, last=False) is None
    assert await chamber.services.rounds.reminder(round_.id, last=True) is not None


async def test_two_taps_on_leaving_give_up_one_seat_once(chamber: Chamber) -> None:
    await chamber.seat(1)
    leave = chamber.services.seats.leave
    taps = await asyncio.gather(*(leave(CHANNEL, member(1)) for _ in range(2)), return_exceptions=True)
    assert [type(tap) for tap in taps if isinstance(tap, Exception)] == [NoSeat]
