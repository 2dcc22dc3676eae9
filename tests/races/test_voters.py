"""Two voters at the same instant in two processes: nothing that was acknowledged is lost, and the last one counts."""

from __future__ import annotations

from itertools import product

from services.ports import BallotEvent
from tests.races.racing import Arena, Intention, done, intend, refusals, vote
from tests.services.chamber import member

POSITIONS = ("independent", "adjustment", "prohibited", "abstain")


def positions(events: list[BallotEvent]) -> list[str | None]:
    return [event.position and event.position.value for event in events]


async def test_of_two_holders_of_a_seat_the_last_one_accepted_counts_and_learns_what_it_replaced(arena: Arena):
    [issue] = await arena.found()
    [seat] = await arena.seat((1, 2))
    round_ = await arena.open()
    stood = None
    for one, other in product(POSITIONS, POSITIONS[:3]):
        before = len(await arena.history(round_))
        outcomes = arena.racers.race(
            vote(round_, issue, 1, one, reason="For this."), vote(round_, issue, 2, other, reason="For that.")
        )
        receipts = [outcome["done"] for outcome in outcomes]
        events = (await arena.history(round_))[before:]
        first, second = receipts if events[0].person == member(1).person else receipts[::-1]
        assert positions(events) == [first["position"], second["position"]]
        assert (first["previous"], second["previous"]) == (stood, first["position"])
        standing = (await arena.ballots(round_))[issue.id, seat]
        assert (standing.position, standing.cast_at) == (events[-1].position, events[-1].at)
        stood = second["position"]


async def test_a_ballot_cast_and_one_taken_back_leave_what_came_last(arena: Arena):
    [issue] = await arena.found()
    [seat] = await arena.seat((1, 2))
    round_ = await arena.open()
    for number in range(9):
        before = len(await arena.history(round_))
        cast, taken_back = arena.racers.race(
            vote(round_, issue, 1, POSITIONS[number % 3]),
            # In one transaction: a ballot that nobody else has seen comes and goes.
            [vote(round_, issue, 2, "abstain"), vote(round_, issue, 2, None)],
        )
        assert all(done(outcome) for outcome in (cast, *taken_back))
        events = (await arena.history(round_))[before:]
        standing = (await arena.ballots(round_)).get((issue.id, seat))
        assert (standing and standing.position) == events[-1].position


async def test_many_voters_of_two_councils_in_either_order_all_have_their_ballots(arena: Arena):
    """Each process's ballots are one transaction, which touches what the other's does: none may wait for the other in
    a circle."""
    issues = await arena.found(issues=3)
    seats = await arena.seat(*((number, number + 20) for number in range(1, 11)))
    other = Arena(arena.racers, arena.store)
    [elsewhere] = await other.found()
    round_, other_round = await arena.open(), await other.open()
    given: list[tuple[int, int]] = [(place, number) for place in range(3) for number in range(1, 11)]
    for turn in range(6):
        position = POSITIONS[turn % 4]
        newcomer = 100 + 2 * turn
        here = [vote(round_, issues[place], number, position) for place, number in given]
        there = [vote(other_round, elsewhere, newcomer, position)]
        back = [vote(round_, issues[place], number + 20, position) for place, number in reversed(given)]
        mine, theirs = arena.racers.race(
            [vote(round_, issues[0], newcomer, position), *here, *there],
            [
                vote(other_round, elsewhere, newcomer + 1, position),
                *back,
                vote(round_, issues[0], newcomer + 1, position),
            ],
        )
        assert refusals([*mine, *theirs]) == []
        standing = await arena.ballots(round_)
        assert all(standing[issue.id, seat].position == position for issue in issues for seat in seats)
        assert len(standing) == 30 + 2 * (turn + 1)
        assert len(await other.ballots(other_round)) == 2 * (turn + 1)


async def test_a_member_who_votes_in_both_at_once_takes_one_seat(arena: Arena):
    issues = await arena.found(issues=2)
    round_ = await arena.open()
    for number in range(1, 9):
        receipts = [
            outcome["done"]
            for outcome in arena.racers.race(
                vote(round_, issues[0], number, "prohibited"), vote(round_, issues[number % 2], number, "prohibited")
            )
        ]
        assert receipts[0]["seat"] == receipts[1]["seat"]
        assert sorted(receipt["taken"] for receipt in receipts) == [False, True]
    assert len((await arena.services.seats.list_in(arena.channel, member(1))).seats) == 8


async def test_a_seat_taken_and_a_first_ballot_are_one_seat(arena: Arena):
    [issue] = await arena.found()
    round_ = await arena.open()
    for number in range(1, 7):
        taken, cast = arena.racers.race(
            intend("seats.take", channel=arena.channel, actor=number), vote(round_, issue, number, "adjustment")
        )
        assert done(cast)
        assert refusals([taken]) in ([], ["seat_taken"])
        assert cast["done"]["taken"] is ("refused" in taken)
    assert len(await arena.ballots(round_)) == 6


async def test_a_seat_given_up_or_removed_at_the_same_instant_keeps_the_ballot_that_was_accepted(arena: Arena):
    [issue] = await arena.found(open_seating=False)
    seats = await arena.seat(*((number,) for number in range(1, 11)))
    round_ = await arena.open()
    accepted = []
    for number, seat in enumerate(seats, start=1):
        gone: Intention = (
            intend("seats.leave", channel=arena.channel, actor=number)
            if number % 2
            else intend("seating.remove", channel=arena.channel, actor=0, seat=seat)
        )
        cast, left = arena.racers.race(vote(round_, issue, number, "prohibited"), gone)
        assert done(left)
        # Who has left holds no seat; a seat removed stays entitled until the close.
        assert refusals([cast]) in ([], ["seating_closed"] if number % 2 else [])
        accepted += [seat] if done(cast) else []
    assert [seat for _, seat in sorted(await arena.ballots(round_))] == accepted
    await arena.close(round_)
    assert (await arena.services.rounds.result(round_.id)).voted == len(accepted)


async def test_a_free_delegation_is_claimed_by_one_of_two(arena: Arena):
    await arena.found(open_seating=False, claims=True)
    seats = await arena.seat(*[()] * 5)
    for number, seat in enumerate(seats, start=1):
        claims = arena.racers.race(
            intend("seats.take", channel=arena.channel, actor=number, seat=seat),
            intend("seats.take", channel=arena.channel, actor=number + 20, seat=seat),
        )
        assert refusals(claims) == ["seat_not_free"]


async def test_proposals_at_once_are_numbered_one_after_another(arena: Arena):
    await arena.found(issues=0)
    for turn in range(4):
        proposals = [
            [
                intend(
                    "issues.propose",
                    channel=arena.channel,
                    actor=0,
                    title=f"Title {turn} {side} {place}",
                    action="This",
                    why="",
                    anyway=True,
                )
                for place in range(3)
            ]
            for side in ("one", "other")
        ]
        mine, theirs = arena.racers.race(*proposals)
        numbers = sorted(outcome["done"]["number"] for outcome in (*mine, *theirs))
        assert numbers == list(range(6 * turn + 1, 6 * turn + 7))


async def test_two_councils_founded_at_once_in_one_channel_are_one(arena: Arena):
    for _ in range(4):
        place = Arena(arena.racers, arena.store)
        founding = intend(
            "councils.setup",
            actor=0,
            guild=1,
            channel=place.channel,
            name="Assembly",
            language="en",
            preset="meta-regime",
            round_length="3d",
        )
        assert refusals(arena.racers.race(founding, founding)) == ["council_exists"]
