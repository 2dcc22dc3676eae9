"""Two closers, and a voter beside a closer, at the same instant in two processes: every round is closed exactly once,
with every ballot that was accepted and no other."""

from __future__ import annotations

from datetime import timedelta

from deliberation.rounds import RoundStatus
from tests.races.racing import Arena, done, intend, refusals, vote
from tests.services.chamber import CHAIR

MOMENT = timedelta(microseconds=1)
SETTLE = intend("timetable.settle_due")


async def test_two_closers_close_every_due_round_once(arena: Arena):
    places = [arena, *(Arena(arena.racers, arena.store) for _ in range(3))]
    issues = [(await place.found(issues=2))[0] for place in places]
    for _ in range(3):
        rounds = [await place.open() for place in places]
        for round_, issue in zip(rounds, issues, strict=True):
            await arena.chamber.vote(round_, issue, 1, "independent")
        assert all(map(done, arena.racers.race(SETTLE, SETTLE, clock=rounds[-1].closes_at)))
        for place, round_ in zip(places, rounds, strict=True):
            await place.require_closed_once(round_)
    assert [await place.entries("round closed") for place in places] == [3, 3, 3, 3]


async def test_two_closers_open_every_scheduled_round_once(arena: Arena):
    await arena.found()
    await arena.services.rounds.schedule(arena.channel, CHAIR, when="every day 18:00", length="1h", zone="UTC")
    for number in range(1, 4):
        opens_at = (await arena.services.councils.info(arena.channel)).next_opens_at
        assert opens_at is not None
        arena.racers.race(SETTLE, SETTLE, clock=opens_at)
        view = await arena.services.rounds.status(arena.channel)
        assert view is not None
        assert (view.round.number, view.round.status) == (number, RoundStatus.OPEN)
        arena.racers.race(SETTLE, SETTLE, clock=view.round.closes_at)
        await arena.require_closed_once(view.round)
    assert (await arena.entries("round opened"), await arena.entries("start not held")) == (3, 0)


async def test_two_closers_prolong_an_inquorate_round_once(arena: Arena):
    await arena.found("meta-regime", extension=timedelta(hours=2))
    for _ in range(3):
        round_ = await arena.open()
        arena.racers.race(SETTLE, SETTLE, clock=round_.closes_at)
        prolonged = await arena.round(round_.id)
        assert (prolonged.status, prolonged.closes_at - round_.closes_at) == (RoundStatus.OPEN, timedelta(hours=2))
        arena.racers.race(SETTLE, SETTLE, clock=prolonged.closes_at)
        await arena.require_closed_once(round_)
    assert await arena.entries("round extended") == 3


async def test_a_round_that_is_complete_is_closed_once(arena: Arena):
    [issue] = await arena.found(open_seating=False, early_close=True)
    await arena.seat((1,), (2,))
    for _ in range(3):
        round_ = await arena.open()
        last = arena.racers.race(
            [vote(round_, issue, 1, "independent"), SETTLE], [vote(round_, issue, 2, "abstain"), SETTLE]
        )
        assert all(done(outcome) for outcomes in last for outcome in outcomes)
        arena.racers.race(SETTLE, SETTLE)
        await arena.require_closed_once(round_)
        assert (await arena.services.rounds.result(round_.id)).voted == 2
    assert (await arena.entries("round complete"), await arena.entries("round closed")) == (3, 3)


async def test_a_debate_that_is_over_opens_the_vote_once(arena: Arena):
    await arena.found(debate=timedelta(hours=1))
    for _ in range(3):
        round_ = await arena.open()
        arena.racers.race(SETTLE, SETTLE, clock=round_.opened_at)
        assert (await arena.round(round_.id)).status is RoundStatus.OPEN
        await arena.close(round_)
    assert await arena.entries("round opened") == 3


async def test_a_ballot_is_counted_if_and_only_if_it_was_accepted_before_the_closer_came(arena: Arena):
    """The voter's clock is a moment before the deadline, the closer's is there: who locks the round first, wins."""
    [issue] = await arena.found()
    await arena.seat((1,), (2,), (3,))
    for _ in range(8):
        round_ = await arena.open()
        ballots = [vote(round_, issue, number, "independent") for number in (1, 2, 3)]
        outcomes, _ = arena.racers.race(ballots, SETTLE, clock=(round_.closes_at - MOMENT, round_.closes_at))
        assert set(refusals(outcomes)) <= {"round_is_over"}
        arena.racers.race(SETTLE, SETTLE, clock=round_.closes_at)
        counted = [outcome["done"]["seat"] for outcome in outcomes if done(outcome)]
        assert sorted(seat for _, seat in await arena.ballots(round_)) == counted
        await arena.require_closed_once(round_)
        result = await arena.services.rounds.result(round_.id)
        assert result.lines[0].ruling.tally.cast.seats == len(counted)


async def test_voters_who_go_on_past_a_real_deadline_and_closers_who_wait_for_it(arena: Arena):
    """By the database's own clock: one process votes until it is refused, both close until it is closed."""
    [issue] = await arena.found()
    seats = await arena.seat(*((number,) for number in range(1, 5)))
    for length in (10, 30, 50, 80):
        view = await arena.services.hosting.open_round(
            arena.channel, CHAIR, issues=[issue.id], seats=seats, length=timedelta(milliseconds=length)
        )
        closing = intend("timetable.settle_due", until=view.id)
        voting = [
            vote(view, issue, number, "independent", until=view.id, reason="Still in time.") for number in range(1, 5)
        ]
        (_, *ballots), _ = arena.racers.race([closing, *voting], closing)
        history = await arena.history(view)
        assert sum(done(outcome) for outcomes in ballots for outcome in outcomes) == len(history)
        assert all(event.at < view.closes_at for event in history)
        await arena.require_closed_once(view)
        assert (await arena.services.rounds.result(view.id)).voted == len(await arena.ballots(view))
