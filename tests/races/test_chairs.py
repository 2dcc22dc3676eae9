"""Two chairs, and a chair beside a voter, at the same instant in two processes: one of them is told that the other was
quicker, and nothing is done twice."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from deliberation.rounds import Round, RoundStatus
from services.ports import PostKind
from tests.races.racing import Arena, Intention, done, intend, refusals, vote
from tests.services.chamber import CHAIR, member

TURNS = 4


def chair(arena: Arena, ask: str, **arguments: Any) -> Intention:
    return intend(ask, channel=arena.channel, actor=0, **arguments)


def closing(arena: Arena, round_: Round) -> Intention:
    return chair(arena, "rounds.close", round_id=round_.id)


async def test_two_closes_are_one(arena: Arena):
    [issue] = await arena.found()
    for _ in range(TURNS):
        round_ = await arena.open()
        await arena.chamber.vote(round_, issue, 1, "independent")
        assert refusals(arena.racers.race(closing(arena, round_), closing(arena, round_))) == ["round_is_over"]
        await arena.require_closed_once(round_)
    assert (await arena.entries("round ended by chair"), await arena.entries("round closed")) == (TURNS, TURNS)


async def test_two_opens_are_one_round(arena: Arena):
    await arena.found()
    for number in range(1, TURNS + 1):
        opening = chair(arena, "rounds.open", length="3d")
        outcomes = arena.racers.race(opening, opening)
        assert refusals(outcomes) == ["round_is_open"]
        [opened] = [outcome["done"]["round"] for outcome in outcomes if done(outcome)]
        assert (await arena.round(opened)).number == number
        await arena.close(await arena.round(opened))
    assert await arena.entries("round opened") == TURNS


@pytest.mark.parametrize(
    ("ask", "arguments", "refused"),
    [
        ("rounds.extend", {"by": "1h"}, {"no_open_round", "round_is_over", "deadline_passed"}),
        ("rounds.pause", {}, {"no_open_round", "round_is_over", "deadline_passed"}),
    ],
)
async def test_a_close_beside_another_change_of_the_round(
    arena: Arena, ask: str, arguments: dict[str, str], refused: set[str]
):
    """Whichever comes second is refused, or finds the round as the first one left it."""
    await arena.found()
    for _ in range(TURNS):
        round_ = await arena.open()
        closed, changed = arena.racers.race(closing(arena, round_), chair(arena, ask, **arguments))
        assert set(refusals([changed])) <= refused
        if done(closed):
            await arena.require_closed_once(round_)
        else:
            assert refusals([closed]) == ["round_paused"]
            assert (await arena.round(round_.id)).status is RoundStatus.PAUSED
            await arena.services.rounds.cancel(arena.channel, CHAIR, round_.id)


async def test_two_extensions_are_both_kept(arena: Arena):
    await arena.found()
    round_ = await arena.open()
    for _ in range(TURNS):
        outcomes = arena.racers.race(chair(arena, "rounds.extend", by="1h"), chair(arena, "rounds.extend", by="2h"))
        assert all(map(done, outcomes))
    assert (await arena.round(round_.id)).closes_at - round_.closes_at == TURNS * timedelta(hours=3)


async def test_two_pauses_and_two_resumptions_are_one_each(arena: Arena):
    await arena.found()
    round_ = await arena.open()
    for _ in range(TURNS // 2):
        for ask, refused in (("rounds.pause", "round_paused"), ("rounds.resume", "round_not_paused")):
            assert refusals(arena.racers.race(chair(arena, ask), chair(arena, ask))) == [refused]
    assert (await arena.round(round_.id)).status is RoundStatus.OPEN


async def test_an_opening_by_hand_beside_a_scheduled_start_is_one_round(arena: Arena):
    await arena.found()
    await arena.services.rounds.schedule(arena.channel, CHAIR, when="every day 18:00", length="1h", zone="UTC")
    by_hand = 0
    for _ in range(TURNS):
        opens_at = (await arena.services.councils.info(arena.channel)).next_opens_at
        assert opens_at is not None
        opened, _ = arena.racers.race(
            chair(arena, "rounds.open", length="3h"), intend("timetable.settle_due"), clock=opens_at
        )
        assert set(refusals([opened])) <= {"round_is_open"}
        by_hand += done(opened)
        view = await arena.services.rounds.status(arena.channel)
        assert view is not None
        assert view.round.scheduled is not done(opened)
        arena.racers.race(*[intend("timetable.settle_due")] * 2, clock=view.round.closes_at)
    # Where the chair was quicker, the start was skipped and everybody is told.
    assert len(await arena.posts(PostKind.NOTICE)) == await arena.entries("start not held") == by_hand
    assert await arena.entries("round opened") == TURNS


async def test_a_schedule_set_beside_an_opening_leaves_both(arena: Arena):
    await arena.found()
    for _ in range(TURNS // 2):
        outcomes = arena.racers.race(
            chair(arena, "rounds.open", length="3d"),
            chair(arena, "rounds.schedule", when="every day 18:00", length="1h", zone="UTC"),
        )
        assert all(map(done, outcomes))
        view = await arena.services.rounds.status(arena.channel)
        assert view is not None
        assert await arena.services.rounds.unschedule(arena.channel, CHAIR)
        await arena.close(view.round)


async def test_two_changes_of_the_rules_are_both_kept(arena: Arena):
    await arena.found()
    for number in range(1, TURNS + 1):
        change = "councils.change_rules"
        outcomes = arena.racers.race(
            chair(arena, change, group="rounds", typed={"docket_limit": str(number)}),
            chair(arena, change, group="quorum", typed={"least": str(number)}),
        )
        assert all(map(done, outcomes))
        rules = (await arena.services.councils.rules(arena.channel)).council.rules
        assert (rules.docket_limit, rules.quorum.least) == (number, number)


async def test_a_round_opens_with_the_rules_from_before_or_after_a_change(arena: Arena):
    await arena.found()
    for number in range(1, TURNS + 1):
        opened, changed = arena.racers.race(
            chair(arena, "rounds.open", length="3d"),
            chair(arena, "councils.change_rules", group="quorum", typed={"least": str(number)}),
        )
        assert done(changed)
        round_ = await arena.round(opened["done"]["round"])
        assert round_.rules.quorum.least in (number - 1, number)
        await arena.close(round_)


async def test_a_ballot_beside_a_chairs_close_is_counted_or_refused(arena: Arena):
    [issue] = await arena.found()
    for _ in range(2 * TURNS):
        round_ = await arena.open()
        ballots, closed = arena.racers.race(
            [vote(round_, issue, number, "independent") for number in (1, 2, 3)], closing(arena, round_)
        )
        assert done(closed)
        assert set(refusals(ballots)) <= {"round_is_over", "deadline_passed"}
        await arena.require_closed_once(round_)
        ruling = (await arena.services.rounds.result(round_.id)).lines[0].ruling
        assert ruling.tally.cast.seats == sum(map(done, ballots)) == len(await arena.ballots(round_))


async def test_a_ballot_beside_the_end_of_its_issue_is_kept_and_not_ruled_on(arena: Arena):
    for _ in range(TURNS):
        place = Arena(arena.racers, arena.store)
        issue, _ = await place.found(issues=2)
        round_ = await place.open()
        cast, withdrawn = place.racers.race(
            vote(round_, issue, 1, "independent"), chair(place, "issues.withdraw", number=1)
        )
        assert done(withdrawn)
        assert set(refusals([cast])) <= {"issue_withdrawn"}
        assert len(await place.ballots(round_)) == done(cast)
        await place.close(round_)
        result = await place.services.rounds.result(round_.id)
        assert [line.entry.number for line in result.lines] == [2]


@pytest.mark.parametrize("ask", ["rounds.open", "issues.propose"])
async def test_nothing_begins_in_a_council_that_is_closed(arena: Arena, ask: str):
    written = {"title": "Arson", "action": "Burning", "why": ""} if ask == "issues.propose" else {}
    for _ in range(TURNS):
        place = Arena(arena.racers, arena.store)
        await place.found()
        begun, closed = place.racers.race(chair(place, ask, **written), chair(place, "councils.close"))
        council = await place.services.councils.in_channel(place.channel)
        assert (council.closed_at is not None) is done(closed)
        _, issues = await place.services.issues.list_in(place.channel)
        if done(begun) and done(closed):
            assert council.closed_at is not None
            assert issues[-1].proposed_at < council.closed_at
        else:
            assert refusals([begun, closed]) in (["council_closed"], ["round_is_open"])


async def test_a_proxy_beside_the_close_counts_if_it_was_given(arena: Arena):
    [issue] = await arena.found(open_seating=False)
    seats = await arena.seat((1,), (2,))
    for _ in range(TURNS):
        round_ = await arena.open()
        await arena.chamber.vote(round_, issue, 1, "independent")
        given, closed = arena.racers.race(
            intend("proxies.give", channel=arena.channel, actor=2, to=seats[0]), closing(arena, round_)
        )
        assert done(closed)
        assert (await arena.services.rounds.result(round_.id)).voted in (1, 1 + done(given))
        if done(given) and len(await arena.ballots(round_)) == 1:
            # It came after the close, for the next round.
            await arena.services.proxies.take_back(arena.channel, member(2))
