"""When cards and rounds' messages are redrawn: soon, seldom, and never too late for what counts."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

from services.ports import PostKind
from tests.services.chamber import CHAIR, CHANNEL, Chamber, begun, kinds_due

HOUR = timedelta(hours=1)


async def posted(chamber: Chamber) -> None:
    for post in await chamber.services.posts.due():
        await chamber.services.posts.posted(await begun(chamber, post), channel=CHANNEL, message=post.id)


async def drawn(chamber: Chamber, *, seconds: float, meanwhile: Callable[[], Awaitable[object]] | None = None) -> None:
    """Redraw what is due, which takes so long to draw; `meanwhile`: what happens during each drawing."""
    for post in await chamber.services.posts.due():
        message = await chamber.services.posts.message(post.kind, post.subject)
        assert message is not None
        sending = await begun(chamber, post)
        if meanwhile is not None:
            await meanwhile()
        await chamber.services.posts.edited(sending, message, drawn_in=timedelta(seconds=seconds))


async def test_what_takes_long_to_draw_is_redrawn_less_often_but_at_a_milestone_at_once(chamber: Chamber) -> None:
    issue = await chamber.propose("Torture")
    view = await chamber.open("3d")
    await posted(chamber)
    await chamber.vote(view.round, issue, 1, "prohibited")
    chamber.clock.advance(timedelta(seconds=4))
    await drawn(chamber, seconds=0.125)
    await chamber.vote(view.round, issue, 2, "prohibited")
    chamber.clock.advance(timedelta(seconds=24))
    assert await kinds_due(chamber) == []
    chamber.clock.advance(timedelta(seconds=1))
    assert sorted(await kinds_due(chamber)) == [PostKind.CARD, PostKind.ROUND]
    await drawn(chamber, seconds=0.125)
    await chamber.vote(view.round, issue, 3, "prohibited")
    chamber.clock.advance(timedelta(seconds=10))
    assert await kinds_due(chamber) == []
    await chamber.services.rounds.close(CHANNEL, CHAIR, view.round.id)
    assert {PostKind.CARD, PostKind.ROUND} <= set(await kinds_due(chamber))


async def test_a_redraw_asked_for_during_a_long_drawing_waits_as_long(chamber: Chamber) -> None:
    issue = await chamber.propose("Torture")
    view = await chamber.open("3d")
    await posted(chamber)
    await chamber.vote(view.round, issue, 1, "prohibited")
    chamber.clock.advance(timedelta(seconds=4))
    await drawn(chamber, seconds=0.125, meanwhile=lambda: chamber.vote(view.round, issue, 2, "prohibited"))
    chamber.clock.advance(timedelta(seconds=20))
    assert await kinds_due(chamber) == []
    chamber.clock.advance(timedelta(seconds=5))
    assert sorted(await kinds_due(chamber)) == [PostKind.CARD, PostKind.ROUND]


async def test_many_ballots_make_few_redraws(chamber: Chamber) -> None:
    issue = await chamber.propose("Torture")
    view = await chamber.open("3d")
    await posted(chamber)
    await asyncio.gather(*(chamber.vote(view.round, issue, n, "prohibited") for n in range(1, 31)))
    assert await kinds_due(chamber) == []
    chamber.clock.advance(timedelta(seconds=4))
    assert sorted(await kinds_due(chamber)) == [PostKind.CARD, PostKind.ROUND]
    await drawn(chamber, seconds=0)
    chamber.clock.advance(2 * HOUR)
    await chamber.vote(view.round, issue, 31, "prohibited")
    assert await kinds_due(chamber) == [PostKind.ROUND], "an old card waits for the next milestone"


async def test_a_milestone_during_a_long_drawing_is_shown_at_once(chamber: Chamber) -> None:
    issue = await chamber.propose("Torture")
    view = await chamber.open("3d")
    await posted(chamber)
    await chamber.vote(view.round, issue, 1, "prohibited")
    chamber.clock.advance(timedelta(seconds=4))
    [card] = [post for post in await chamber.services.posts.due() if post.kind is PostKind.CARD]
    message = await chamber.services.posts.message(card.kind, card.subject)
    assert message is not None
    sending = await begun(chamber, card)
    await chamber.vote(view.round, issue, 2, "prohibited")
    chamber.clock.advance(timedelta(seconds=10))
    await chamber.services.rounds.close(CHANNEL, CHAIR, view.round.id)
    await chamber.services.posts.edited(sending, message, drawn_in=timedelta(seconds=10))
    assert PostKind.CARD in await kinds_due(chamber)
