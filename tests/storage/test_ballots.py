"""Ballots, counted by the database as by hand; reasons and rulings."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deliberation.categories import Category, Position
from deliberation.ids import PersonId
from deliberation.record import commit
from deliberation.rounds import RoundStatus
from deliberation.rulings import rule
from deliberation.rulings.standings import Standing
from deliberation.rulings.tallies import Count, SeatBallot, count
from services.ports import BallotEvent, GivenReason
from storage import Database
from tests.clocks import NOON
from tests.storage.founding import HOUR, RULES, SNOWFLAKE, Founded, founded, open_round

YES, NO, ABSTAIN = Position.PROHIBITED, Position.INDEPENDENT, Position.ABSTAIN
TICK = timedelta(microseconds=1)


async def test_the_last_ballot_stands_until_it_is_withdrawn(database: Database):
    begun = await founded(database)
    first, other = begun.ballot(0, 0, YES), begun.ballot(1, 0, NO)
    changed = replace(first, position=ABSTAIN, version=2, cast_at=NOON + TICK)
    async with database.write() as uow:
        await uow.ballots.put([other, first])
        await uow.ballots.put([changed])
        await uow.ballots.put([])
        assert await uow.ballots.find_many([begun.key(0, 0), begun.key(1, 0), begun.key(2, 0)]) == {
            begun.key(0, 0): changed,
            begun.key(1, 0): other,
        }
        await uow.ballots.remove([begun.key(0, 0), begun.key(2, 1)])
        await uow.ballots.remove([])
        assert await uow.ballots.of_round(begun.round.id) == (other,)


async def test_two_hundred_ballots_are_stored_and_found_at_once(database: Database):
    begun = await founded(database, seats=200, issues=3)
    ballots = [begun.ballot(seat, seat % 3, YES) for seat in range(200)]
    async with database.write() as uow:
        await uow.ballots.put(ballots)
        found = await uow.ballots.find_many([begun.key(seat, issue) for seat in range(200) for issue in range(3)])
        entitled = await uow.rounds.find_entitlements([(begun.round.id, seat.id) for seat in begun.seats])
    assert sorted(found.values(), key=lambda ballot: ballot.seat) == ballots
    assert len(entitled) == 200


async def test_ballots_are_listed_by_issue_and_seat(database: Database):
    begun = await founded(database)
    async with database.write() as uow:
        await uow.ballots.put([begun.ballot(seat, issue, YES) for seat in (2, 0) for issue in (1, 0)])
        listed = await uow.ballots.of_round(begun.round.id)
        assert await uow.ballots.of_seats(begun.round.id, [begun.seats[2].id]) == (listed[1], listed[3])
        assert await uow.ballots.of_seats(begun.round.id, []) == ()
        assert await uow.ballots.of_issue(begun.round.id, begun.issues[0].id) == (
            SeatBallot(seat=begun.seats[0].id, position=YES),
            SeatBallot(seat=begun.seats[1].id, position=None),
            SeatBallot(seat=begun.seats[2].id, position=YES),
        )
    places = [(ballot.issue, ballot.seat) for ballot in listed]
    assert places == sorted(places)
    assert len(places) == 4


async def test_history_is_told_in_the_order_in_which_it_happened(database: Database):
    begun = await founded(database)

    def event(position: Position | None, *, after: timedelta) -> BallotEvent:
        round_id, issue, seat = begun.key(0, 0)
        who = PersonId(SNOWFLAKE)
        return BallotEvent(
            round=round_id, issue=issue, seat=seat, position=position, version=1, person=who, at=NOON + after
        )

    cast, changed, withdrawn = event(YES, after=0 * TICK), event(NO, after=0 * TICK), event(None, after=TICK)
    at_once = [event([YES, NO, None][number % 3], after=2 * TICK) for number in range(300)]
    async with database.write() as uow:
        await uow.ballots.add_events([cast, changed])
        await uow.ballots.add_events([withdrawn])
        await uow.ballots.add_events([])
        await uow.ballots.add_events(at_once)
        assert await uow.ballots.list_events(begun.round.id) == (cast, changed, withdrawn, *at_once)


async def test_an_unvoted_docket_is_tallied_as_silence(database: Database):
    begun = await founded(database, weights=[0, 5])
    async with database.read() as uow:
        tallies = await uow.ballots.tally(begun.round.id)
        assert await uow.ballots.count_voted(begun.round.id) == 0
    assert list(tallies) == [issue.id for issue in begun.issues]
    for tally in tallies.values():
        assert tally.entitled == Count(3, 6)
        assert tally.cast == Count()


async def test_a_round_without_entitled_seats_has_an_empty_tally(database: Database):
    begun = await founded(database, seats=0)
    async with database.read() as uow:
        tallies = await uow.ballots.tally(begun.round.id)
    assert {tally.entitled for tally in tallies.values()} == {Count()}


async def test_weights_add_up_beyond_32_bits(database: Database):
    begun = await founded(database, weights=[1_400_000_000, 1_400_000_000, 0], vetoes=[1])
    async with database.write() as uow:
        await uow.ballots.put([begun.ballot(0, 0, YES), begun.ballot(1, 0, YES), begun.ballot(2, 0, YES)])
        tally = (await uow.ballots.tally(begun.round.id))[begun.issues[0].id]
    assert tally.support(Category.PROHIBITED) == Count(3, 2_800_000_000)
    assert tally.entitled == Count(3, 2_800_000_000)
    assert tally.vetoes == {begun.seats[1].id: YES}


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cast=st.dictionaries(st.tuples(st.integers(0, 5), st.integers(0, 2)), st.sampled_from(Position)))
async def test_the_database_counts_as_the_procedure_does(database: Database, cast: dict[tuple[int, int], Position]):
    begun = await _once(database)
    async with database.write() as uow:
        await uow.ballots.put([begun.ballot(seat, issue, position) for (seat, issue), position in cast.items()])
        tallies = await uow.ballots.tally(begun.round.id)
        for issue in begun.issues:
            assert tallies[issue.id] == count(await uow.ballots.of_issue(begun.round.id, issue.id))
        assert await uow.ballots.count_voted(begun.round.id) == len({seat for seat, _ in cast})
        missing = {seat for seat in range(6) if any((seat, issue) not in cast for issue in range(3))}
        assert await uow.ballots.seats_missing(begun.round.id) == tuple(
            begun.seats[seat].id for seat in sorted(missing)
        )


async def _once(database: Database) -> Founded:
    """The council that all examples of one test share; each example is undone."""
    async with database.read() as uow:
        councils = await uow.councils.list_all()
        if councils:
            round_ = await uow.rounds.find_running(councils[0].id)
            assert round_ is not None
            seats = sorted(await uow.seats.list_in(councils[0].id), key=lambda seat: seat.id)
            return Founded(councils[0], tuple(seats), await uow.issues.list_in(councils[0].id), round_)
    return await founded(database, seats=6, issues=3, weights=[1, 2, 3, 0, 10**9, 10**9], vetoes=[0, 4])


async def test_nobody_misses_a_ballot_on_what_was_withdrawn(database: Database):
    begun = await founded(database)
    async with database.write() as uow:
        await uow.ballots.put([begun.ballot(seat, 0, YES) for seat in range(3)])
        assert len(await uow.ballots.seats_missing(begun.round.id)) == 3
        await uow.issues.withdraw(begun.issues[1].id, at=NOON)
        assert await uow.ballots.seats_missing(begun.round.id) == ()


def said(*words: Any) -> GivenReason:
    """A reason, with a commitment to its text."""
    return GivenReason._make([*words, commit(bytes(16), words[4], "text")])


async def test_a_seat_has_one_reason_on_an_issue_in_a_round(database: Database):
    begun = await founded(database)
    (round_id, issue, seat), other = begun.key(0, 0), begun.key(1, 0)
    async with database.write() as uow:
        assert await uow.reasons.latest(issue, seat) is None
        await uow.reasons.put([said(round_id, issue, seat, YES, "first", NOON), said(*other, NO, "other", NOON + TICK)])
        await uow.reasons.put([said(round_id, issue, seat, NO, "second", NOON + HOUR)])
        await uow.reasons.put([])
        listed = await uow.reasons.list_of_round(round_id)
        assert await uow.reasons.latest(issue, seat) == listed[0]
    assert [(reason.text, reason.position, reason.given_at) for reason in listed] == [
        ("second", NO, NOON + HOUR),
        ("other", NO, NOON + TICK),
    ]


async def test_reasons_of_every_round_are_read_the_newest_first(database: Database):
    begun = await founded(database)
    async with database.write() as uow:
        await uow.rounds.put(replace(begun.round, status=RoundStatus.CLOSED), before=begun.round)
        later = await open_round(uow, begun.council, number=2, docket=begun.issues, entitled=begun.seats)
        _, issue, seat = begun.key(0, 0)
        await uow.reasons.put([said(begun.round.id, issue, seat, YES, "then", NOON)])
        await uow.reasons.put([said(later.id, issue, seat, NO, "now", NOON + HOUR)])
        await uow.reasons.put([said(later.id, begun.issues[1].id, seat, NO, "elsewhere", NOON + HOUR)])
        assert [reason.text for reason in await uow.reasons.list_of_issue(issue)] == ["now", "then"]
        assert [reason.text for reason in await uow.reasons.list_of_round(later.id)] == ["now", "elsewhere"]
        latest = await uow.reasons.latest(issue, seat)
        assert latest is not None
        assert (latest.text, latest.round) == ("now", later.id)


async def test_rulings_come_back_with_all_their_figures(database: Database):
    begun = await founded(database, weights=[10**10], vetoes=[2])
    async with database.write() as uow:
        await uow.ballots.put([begun.ballot(0, 0, YES), begun.ballot(1, 0, ABSTAIN), begun.ballot(2, 0, NO)])
        tallies = await uow.ballots.tally(begun.round.id)
        rulings = {issue: rule(Standing(), tally, RULES) for issue, tally in tallies.items()}
        await uow.rulings.add(begun.round.id, rulings)
        await uow.rounds.put(replace(begun.round, status=RoundStatus.CLOSED), before=begun.round)
        second = await open_round(uow, begun.council, number=2)
        await uow.rulings.add(second.id, {begun.issues[0].id: rulings[begun.issues[1].id]})
        assert await uow.rulings.of_round(begun.round.id) == rulings
        history = await uow.rulings.of_issues([issue.id for issue in begun.issues])
        first = await uow.rounds.get(begun.round.id)
    one, two = (issue.id for issue in begun.issues)
    assert history == {one: ((first, rulings[one]), (second, rulings[two])), two: ((first, rulings[two]),)}
