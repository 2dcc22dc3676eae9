"""The outbox: what is posted once, what is redrawn, and that no request to redraw is ever lost."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from deliberation.ids import ChannelId, CouncilId
from services.ports import Message, Post, PostKind, Shards, UnitOfWork
from storage import Database
from tests.clocks import NOON
from tests.storage.founding import HOUR, SNOWFLAKE, council_in

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
LATER = NOON + HOUR


async def _council(uow: UnitOfWork) -> CouncilId:
    return (await council_in(uow)).id


async def _waiting(uow: UnitOfWork) -> list[Post]:
    """All that waits, whenever it is due."""
    return list(await uow.posts.list_due(datetime.max.replace(tzinfo=NOON.tzinfo), most=100))


async def _redraw(uow: UnitOfWork, council: CouncilId, *, due_at: datetime) -> None:
    await uow.posts.redraw([(council, PostKind.CARD, 1, due_at)])


async def _begin(uow: UnitOfWork, post: Post, *, now: datetime = NOON) -> Post:
    """The post as its sender holds it, for a minute."""
    begun = await uow.posts.begin(post.id, now=now, until=now + MINUTE)
    assert begun is not None
    return begun


async def test_a_post_comes_due_with_its_data_and_is_done_once(database: Database):
    data = {"code": "skipped", "at": 2**40, "names": ["é", "\u0000"]}
    async with database.write() as uow:
        council = await _council(uow)
        assert await uow.posts.next_due() is None
        await uow.posts.add(council=council, kind=PostKind.NOTICE, subject=0, due_at=NOON, data=data)
        assert await uow.posts.next_due() == NOON
        assert await uow.posts.list_due(NOON - SECOND, most=9) == ()
        (post,) = await uow.posts.list_due(NOON, most=9)
        assert (post.council, post.kind, post.subject, post.data) == (council, PostKind.NOTICE, 0, data)
        assert (post.due_at, post.attempts) == (NOON, 0)
        begun = await _begin(uow, post)
        assert (begun.attempts, begun.data) == (0, data)
        assert [post.attempts for post in await _waiting(uow)] == [1]
        await uow.posts.done(post.id, at=LATER, due_at=begun.due_at)
        assert await _waiting(uow) == []
        assert await uow.posts.next_due() is None


async def test_results_notices_and_reminders_go_before_redraws_then_by_instant(database: Database):
    async with database.write() as uow:
        council = await _council(uow)
        await uow.posts.redraw([(council, PostKind.ROUND, 1, NOON - HOUR), (council, PostKind.CARD, 2, NOON - HOUR)])
        for kind, due_at in [
            (PostKind.RESULT, NOON),
            (PostKind.NOTICE, NOON - SECOND),
            (PostKind.REMINDER, NOON - 2 * SECOND),
        ]:
            await uow.posts.add(council=council, kind=kind, subject=1, due_at=due_at, data={})
        kinds = [post.kind.value for post in await uow.posts.list_due(NOON, most=9)]
        assert kinds[:3] == ["reminder", "notice", "result"]
        assert sorted(kinds[3:]) == ["card", "round"]
        assert [post.kind.value for post in await uow.posts.list_due(NOON, most=2)] == kinds[:2]


@pytest.mark.parametrize("asked", [(NOON, LATER), (LATER, NOON)])
async def test_redraws_of_one_thing_are_one_post_at_the_earliest(database: Database, asked: tuple[datetime, ...]):
    async with database.write() as uow:
        council = await _council(uow)
        for due_at in asked:
            await uow.posts.redraw([(council, PostKind.CARD, 1, due_at), (council, PostKind.ROUND, 1, due_at)] * 2)
        await uow.posts.redraw([])
        waiting = await _waiting(uow)
    assert [(post.subject, post.due_at) for post in waiting] == [(1, NOON)] * 2
    assert {post.kind for post in waiting} == {PostKind.CARD, PostKind.ROUND}


async def test_a_redraw_is_gone_once_it_is_done_and_can_be_asked_for_again(database: Database):
    async with database.write() as uow:
        council = await _council(uow)
        await _redraw(uow, council, due_at=NOON)
        await _redraw(uow, council, due_at=LATER)
        (post,) = await _waiting(uow)
        begun = await _begin(uow, post)
        await uow.posts.done(post.id, at=NOON, due_at=begun.due_at)
        assert await _waiting(uow) == []
        await _redraw(uow, council, due_at=LATER)
        (again,) = await _waiting(uow)
        assert (again.due_at, again.attempts) == (LATER, 0)
        # Whoever still holds the old one cannot end the new one.
        await uow.posts.done(post.id, at=NOON, due_at=post.due_at)
        assert await _waiting(uow) == [again]


async def test_of_several_redraws_of_one_message_asked_for_together_the_first_counts(database: Database):
    async with database.write() as uow:
        council = await _council(uow)
        await uow.posts.redraw((council, PostKind.CARD, 1, due_at) for due_at in (LATER, NOON, NOON + SECOND))
        (post,) = await _waiting(uow)
        assert post.due_at == NOON


@pytest.mark.parametrize("due_at", [NOON + SECOND, NOON, NOON - SECOND])
async def test_a_redraw_asked_for_during_the_sending_is_carried_out_too(database: Database, due_at: datetime):
    async with database.write() as uow:
        council = await _council(uow)
        await _redraw(uow, council, due_at=NOON)
        (post,) = await _waiting(uow)
        begun = await _begin(uow, post)
        await _redraw(uow, council, due_at=LATER)
        await _redraw(uow, council, due_at=due_at)
        await uow.posts.done(post.id, at=NOON, due_at=begun.due_at)
        (again,) = await _waiting(uow)
        assert (again.due_at, again.attempts) == (due_at, 0)
        begun = await _begin(uow, again, now=LATER)
        await uow.posts.done(again.id, at=NOON, due_at=begun.due_at)
        assert await _waiting(uow) == []


async def test_a_sending_that_nobody_reported_is_listed_again_with_its_attempts(database: Database):
    async with database.write() as uow:
        council = await _council(uow)
        await _redraw(uow, council, due_at=NOON)
        (post,) = await _waiting(uow)
        await _begin(uow, post)
        await uow.commit()
    async with database.read() as uow:
        assert [(again.id, again.attempts) for again in await _waiting(uow)] == [(post.id, 1)]


async def test_two_processes_do_not_begin_the_same_post_and_one_that_dies_leaves_it_to_the_other(database: Database):
    async with database.write() as uow:
        council = await _council(uow)
        await uow.posts.add(council=council, kind=PostKind.RESULT, subject=1, due_at=NOON, data={})
        (post,) = await _waiting(uow)
        await _begin(uow, post)
        await uow.commit()
    async with database.write() as other:
        assert await other.posts.list_due(NOON, most=9) == ()
        assert await other.posts.begin(post.id, now=NOON + MINUTE - SECOND, until=LATER) is None
        assert await other.posts.next_due() == NOON + MINUTE
        taken_over = await _begin(other, post, now=NOON + MINUTE)
        assert taken_over.attempts == 1, "the message may be there already"
        await other.posts.done(post.id, at=LATER, due_at=taken_over.due_at)
        assert await other.posts.begin(post.id, now=LATER + HOUR, until=LATER + HOUR) is None
        assert await other.posts.next_due() is None


async def test_a_sender_that_was_too_slow_does_not_end_what_another_has_begun_since(database: Database):
    async with database.write() as uow:
        council = await _council(uow)
        await _redraw(uow, council, due_at=NOON)
        (post,) = await _waiting(uow)
        slow = await _begin(uow, post)
        taken_over = await _begin(uow, post, now=NOON + MINUTE)
        await uow.posts.done(post.id, at=LATER, due_at=slow.due_at)
        assert len(await _waiting(uow)) == 1
        await uow.posts.done(post.id, at=LATER, due_at=taken_over.due_at)
        assert await _waiting(uow) == []


async def test_what_was_put_off_since_it_was_listed_is_not_begun(database: Database):
    async with database.write() as uow:
        council = await _council(uow)
        await _redraw(uow, council, due_at=NOON)
        (post,) = await _waiting(uow)
        await uow.posts.put_off(post.id, until=LATER, error="429")
        assert await uow.posts.begin(post.id, now=LATER - SECOND, until=LATER) is None


async def test_a_process_is_told_of_the_posts_of_its_own_servers_alone(database: Database):
    elsewhere = Shards(ids=(3,), count=4)
    async with database.write() as uow:
        councils = [
            (await council_in(uow, channel=SNOWFLAKE + shard, guild=(2**40 + shard) << 22 | 5)).id for shard in range(3)
        ]
        for minutes, council in enumerate(councils):
            due_at = NOON + minutes * MINUTE
            await uow.posts.add(council=council, kind=PostKind.RESULT, subject=1, due_at=due_at, data={})
        for ids, owned in [((0, 1), [0, 1]), ((2, 3), [2]), ((1,), [1])]:
            ours = Shards(ids=ids, count=4)
            listed = await uow.posts.list_due(LATER, most=9, shards=ours)
            assert [post.council for post in listed] == [councils[shard] for shard in owned]
            assert await uow.posts.next_due(ours) == NOON + owned[0] * MINUTE
        assert await uow.posts.list_due(LATER, most=9, shards=elsewhere) == ()
        assert await uow.posts.next_due(elsewhere) is None
        assert await uow.posts.next_due() == NOON


async def test_what_discord_refused_waits_whatever_is_asked_meanwhile(database: Database):
    async with database.write() as uow:
        council = await _council(uow)
        await _redraw(uow, council, due_at=NOON)
        (post,) = await _waiting(uow)
        await _begin(uow, post)
        await uow.posts.put_off(post.id, until=LATER, error="429")
        await _redraw(uow, council, due_at=NOON + SECOND)
        (held,) = await _waiting(uow)
        assert (held.due_at, held.attempts) == (LATER, 1)
        begun = await _begin(uow, held, now=LATER)
        await uow.posts.done(held.id, at=LATER, due_at=begun.due_at)
        assert await _waiting(uow) == []
        await _redraw(uow, council, due_at=NOON)
        assert [post.due_at for post in await _waiting(uow)] == [NOON]


async def test_what_was_given_up_waits_no_longer_and_can_be_asked_for_anew(database: Database):
    async with database.write() as uow:
        council = await _council(uow)
        for _ in range(2):
            await _redraw(uow, council, due_at=NOON)
            (post,) = await _waiting(uow)
            await uow.posts.give_up(post.id, at=NOON, error="the channel is gone")
            assert await _waiting(uow) == []


async def test_what_waits_about_a_subject_can_be_dropped(database: Database):
    async with database.write() as uow:
        council = await _council(uow)
        for subject in (1, 2):
            await uow.posts.add(council=council, kind=PostKind.REMINDER, subject=subject, due_at=NOON, data={})
        await uow.posts.redraw([(council, PostKind.ROUND, 1, NOON)])
        await uow.posts.drop(PostKind.REMINDER, 1)
        assert [(post.kind.value, post.subject) for post in await _waiting(uow)] == [("reminder", 2), ("round", 1)]


async def test_where_a_message_stands_is_kept_until_it_is_forgotten(database: Database):
    card = Message(
        kind=PostKind.CARD,
        subject=1,
        channel=ChannelId(SNOWFLAKE),
        message=SNOWFLAKE + 1,
        posted_at=NOON,
        edited_at=NOON,
    )
    edited = Message(kind=PostKind.CARD, subject=1, channel=ChannelId(1), message=2, posted_at=NOON, edited_at=LATER)
    wanted = [(PostKind.CARD, 1), (PostKind.ROUND, 1), (PostKind.CARD, 2)]
    async with database.write() as uow:
        await uow.posts.put_message(card)
        assert await uow.posts.messages(wanted) == {wanted[0]: card}
        await uow.posts.put_message(edited)
        assert await uow.posts.messages(iter(wanted)) == {wanted[0]: edited}
        await uow.posts.forget_message(PostKind.CARD, 1)
        assert await uow.posts.messages(wanted) == {}


async def test_what_discord_forbade_is_made_due_and_nothing_else(database: Database):
    async with database.write() as uow:
        council = await _council(uow)
        for kind, error in ((PostKind.CARD, "403 50013 No"), (PostKind.ROUND, "500 0 No"), (PostKind.BOARD, None)):
            await uow.posts.redraw([(council, kind, 1, NOON)])
            [post] = [post for post in await _waiting(uow) if post.kind is kind]
            assert await uow.posts.begin(post.id, now=NOON, until=LATER) is not None
            if error is not None:
                await uow.posts.put_off(post.id, until=LATER, error=error)
        assert await uow.posts.list_put_off(council) == (PostKind.CARD, PostKind.ROUND)
        await uow.posts.hasten(council, now=NOON)
        assert [post.kind for post in await uow.posts.list_due(NOON, most=9)] == [PostKind.CARD]
        assert await uow.posts.list_due(NOON, most=9, aside=[council]) == ()
