"""The outbox: what is to be posted to Discord, and what became of it."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta

from deliberation.ids import ChannelId, CouncilId
from services.ports import REDRAWN, Message, Post, PostKind, Shards, Store, Trouble, TroubleKind, UnitOfWork

from ._redraws import PAUSE, live_redraw_at, rest_after

LEASE = timedelta(minutes=1)
"""How long a post is reserved for the process that began to send it. Most take a second; if the sender dies, or takes
longer, the next one looks for the message before it sends (`attempts`)."""


class PostService:
    """What the program that talks to Discord intends with posts. `shards`: those whose councils it posts for; None:
    all."""

    def __init__(self, store: Store, shards: Shards | None = None) -> None:
        self._store = store
        self._shards = shards

    async def due(self, *, most: int = 20, aside: Collection[CouncilId] = ()) -> tuple[Post, ...]:
        """The posts that are due now, results before redraws, without those of the councils `aside`."""
        async with self._store.read() as uow:
            return await uow.posts.list_due(await uow.now(), most=most, shards=self._shards, aside=aside)

    async def waiting(self) -> int:
        """How many posts are due and not yet carried out."""
        async with self._store.read() as uow:
            return await uow.posts.count_due(await uow.now(), shards=self._shards)

    async def begin(self, post: Post) -> Post | None:
        """Begin to send a post; the caller sends it and reports the outcome. Until then, the message may or may not be
        in Discord.

        Returns the post to send; None where there is nothing left to send, or another process is sending it.
        """
        async with self._store.write() as uow:
            now = await uow.now()
            begun = await uow.posts.begin(post.id, now=now, until=now + LEASE)
            if post.kind in REDRAWN:
                # Redraws that ballots ask for meanwhile are put after the lease; how long they wait after this edit is
                # known once it is done (`again_from`). What is asked for earlier than that is a milestone.
                await uow.posts.touch_message(post.kind, post.subject, at=now + LEASE)
            await uow.commit()
        return begun

    async def posted(self, post: Post, *, channel: ChannelId, message: int) -> None:
        """The post stands in Discord as this message."""
        async with self._store.write() as uow:
            now = await uow.now()
            if post.kind in REDRAWN:
                await uow.posts.put_message(
                    Message(
                        kind=post.kind,
                        subject=post.subject,
                        channel=channel,
                        message=message,
                        posted_at=now,
                        edited_at=now,
                    )
                )
            await uow.posts.done(post.id, at=now, due_at=post.due_at, again_from=now + PAUSE)
            await _over_if_nothing_waits(uow, post.council)
            await uow.commit()

    async def edited(self, post: Post, message: Message, *, drawn_in: timedelta) -> None:
        """The message was redrawn; gathering and laying out what it shows took `drawn_in`."""
        async with self._store.write() as uow:
            now = await uow.now()
            message = replace(message, edited_at=now + rest_after(drawn_in))
            await uow.posts.put_message(message)
            again_from = live_redraw_at(message, kind=post.kind, now=now)
            await uow.posts.done(post.id, at=now, due_at=post.due_at, again_from=again_from)
            await _over_if_nothing_waits(uow, post.council)
            await uow.commit()

    async def done(self, post: Post) -> None:
        """There is nothing (more) to post."""
        async with self._store.write() as uow:
            await uow.posts.done(post.id, at=await uow.now(), due_at=post.due_at)
            await uow.commit()

    async def put_off(self, post: Post, *, delay: timedelta, error: str) -> None:
        """Sending failed, and is to be tried again after `delay`."""
        async with self._store.write() as uow:
            await uow.posts.put_off(post.id, until=await uow.now() + delay, error=error)
            await uow.commit()

    async def refuse(self, post: Post, *, delay: timedelta, error: str, missing: str) -> bool:
        """The bot lacks permissions (`missing`, by Discord's names), and tries again after `delay`. Returns whether
        that is news in the council."""
        async with self._store.write() as uow:
            now = await uow.now()
            await uow.posts.put_off(post.id, until=now + delay, error=error)
            news = await _note(uow, post.council, TroubleKind.POSTING, missing, at=now)
            await uow.commit()
        return news

    async def lose(self, post: Post, *, error: str) -> bool:
        """The council's channel is gone, and the post is given up. Returns whether that is news in the council."""
        async with self._store.write() as uow:
            now = await uow.now()
            await uow.posts.give_up(post.id, at=now, error=error)
            news = await _note(uow, post.council, TroubleKind.CHANNEL, error, at=now)
            await uow.commit()
        return news

    async def give_up(self, post: Post, *, error: str) -> None:
        """Sending can never succeed."""
        async with self._store.write() as uow:
            await uow.posts.give_up(post.id, at=await uow.now(), error=error)
            await uow.commit()

    async def message(self, kind: PostKind, subject: int) -> Message | None:
        """Where the message of this kind about this subject is, if it was posted."""
        async with self._store.read() as uow:
            return (await uow.posts.messages([(kind, subject)])).get((kind, subject))

    async def forget_message(self, kind: PostKind, subject: int) -> None:
        """The message is gone; the next redraw posts a new one."""
        async with self._store.write() as uow:
            await uow.posts.forget_message(kind, subject)
            await uow.commit()

    async def redraw(self, council: CouncilId, kind: PostKind, subject: int) -> None:
        """Ask for a card or a round's message to be redrawn now."""
        async with self._store.write() as uow:
            await uow.posts.redraw([(council, kind, subject, await uow.now())])
            await uow.commit()


async def _note(uow: UnitOfWork, council: CouncilId, kind: TroubleKind, detail: str, *, at: datetime) -> bool:
    """Note the trouble; returns whether it is new, or another than before."""
    known = await uow.troubles.find(council, kind)
    before = known or Trouble(council=council, kind=kind, detail="", failures=0, since=at)
    await uow.troubles.put(replace(before, detail=detail, failures=before.failures + 1))
    return known is None or known.detail != detail


async def _over_if_nothing_waits(uow: UnitOfWork, council: CouncilId) -> None:
    """End the trouble of posting, unless a put-off post still waits: editing, which just worked, may be permitted where
    sending is not."""
    refused = await uow.troubles.find(council, TroubleKind.POSTING)
    if refused is not None and not await uow.posts.list_put_off(council):
        await uow.troubles.end(council, TroubleKind.POSTING)
