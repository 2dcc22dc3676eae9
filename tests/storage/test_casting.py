"""The transaction of a group of ballots finds and stores what the repositories would, one after the other."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from deliberation.categories import Position
from deliberation.ids import PersonId, RoundId
from deliberation.record import EntryKind, Event, Head, verify
from services.ports import BallotEvent, Grounds, Message, Outcome, PostKind, RunningSum
from storage import Database
from tests.clocks import NOON
from tests.storage.founding import HOUR, SNOWFLAKE, Founded, founded

YES, NO = Position.PROHIBITED, Position.INDEPENDENT
PEOPLE = [PersonId(SNOWFLAKE + place) for place in range(4)]
SUM, NEW_SUM = RunningSum(bytes(16), "{}"), RunningSum(bytes(16), '{"a":1}')


def card(begun: Founded) -> Message:
    issue, channel = int(begun.issues[0].id), begun.council.channel
    return Message(kind=PostKind.CARD, subject=issue, channel=channel, message=issue, posted_at=NOON, edited_at=NOON)


async def standing(database: Database, *, seats: int = 3, channel: int = SNOWFLAKE) -> Founded:
    """A council with a round, a ballot in it, and a message for its first issue."""
    begun = await founded(database, seats=seats, channel=channel)
    async with database.write() as uow:
        await uow.ballots.put([begun.ballot(1, 0, YES)])
        await uow.sums.put({begun.round.id: SUM})
        await uow.posts.put_message(card(begun))
        await uow.commit()
    return begun


async def gathered(database: Database, *begun: Founded) -> Grounds:
    issues = {issue.id for one in begun for issue in one.issues}
    async with database.write(*PEOPLE) as uow:
        return await uow.casting.gather(
            rounds=[RoundId(99), *(one.round.id for one in begun)], issues=issues, people=PEOPLE
        )


async def test_what_ballots_are_decided_on_is_what_the_repositories_find(database: Database):
    here, there = await standing(database), await standing(database, seats=2, channel=5)
    grounds = await gathered(database, there, here)
    rounds = [here.round.id, there.round.id]
    async with database.read() as uow:
        assert grounds.now == await uow.now()
        assert grounds.rounds == {number: await uow.rounds.get(number) for number in rounds}
        assert list(grounds.rounds) == rounds
        assert grounds.councils == {one.council.id: await uow.councils.get(one.council.id) for one in (here, there)}
        assert grounds.sums == await uow.sums.find(rounds)
        assert grounds.dockets == await uow.rounds.docket(rounds)
        assert set(grounds.voters) == set(await uow.seats.voters(rounds, PEOPLE))
        assert [voter.seat.id for voter in grounds.voters] == sorted(voter.seat.id for voter in grounds.voters)
        seats = [voter.seat.id for voter in grounds.voters]
        assert grounds.positions == {
            key: position for number in rounds for key, position in (await uow.ballots.positions(number, seats)).items()
        }
        cards = [(PostKind.CARD, int(issue.id)) for one in (here, there) for issue in one.issues]
        assert grounds.messages == await uow.posts.messages(cards)


async def test_a_round_without_a_sum_and_one_that_is_not_there_are_told_apart(database: Database):
    begun = await founded(database)
    grounds = await gathered(database, begun)
    assert grounds.rounds.keys() == grounds.dockets.keys() == {begun.round.id}
    assert grounds.sums == {}
    nothing = await gathered(database)
    assert (nothing.rounds, nothing.councils, nothing.voters) == ({}, {}, ())


async def test_all_that_a_group_comes_to_is_stored(database: Database):
    begun = await standing(database)
    cast = [begun.ballot(0, 0, NO), replace(begun.ballot(1, 0, NO), cast_at=NOON + HOUR)]
    events = [
        BallotEvent(
            round=one.round,
            issue=one.issue,
            seat=one.seat,
            position=one.position,
            version=1,
            person=person,
            at=one.cast_at,
            salt=bytes(16),
        )
        for one, person in zip(cast, PEOPLE, strict=False)
    ]
    told = [Event(NOON, EntryKind.BALLOTS_CAST, {"number": number}) for number in range(2)]
    redraw_at = NOON + timedelta(seconds=4)
    council, round_id = begun.council.id, begun.round.id
    outcome = Outcome(
        ballots=cast,
        events=events,
        sums={round_id: NEW_SUM},
        entered={council: told},
        redraws=[(council, PostKind.CARD, int(begun.issues[0].id), redraw_at)],
    )
    for _ in range(2):
        async with database.write() as uow:
            await uow.casting.store(outcome)
            await uow.commit()
    async with database.read() as uow:
        assert await uow.ballots.of_round(round_id) == tuple(cast)
        assert await uow.ballots.list_events(round_id) == (events[0], events[0], events[1], events[1])
        assert await uow.sums.find([round_id]) == {round_id: NEW_SUM}
        entries = await uow.record.entries(council)
        assert [entry.data for entry in entries] == [{"number": 0}, {"number": 1}] * 2
        assert verify(entries, council, end=Head(*await uow.record.head(council))) == ()
        [post] = await uow.posts.list_due(redraw_at, most=9)
    assert (post.kind, post.subject, post.due_at) == (PostKind.CARD, int(begun.issues[0].id), redraw_at)


async def test_what_is_not_committed_is_not_stored(database: Database):
    begun = await standing(database)
    outcome = Outcome(ballots=[begun.ballot(0, 0, NO)], events=[], sums={}, entered={}, redraws=[])
    async with database.write() as uow:
        await uow.casting.store(outcome)
    async with database.read() as uow:
        assert await uow.ballots.of_round(begun.round.id) == (begun.ballot(1, 0, YES),)
