"""The outbox: everything the bot posts of its own accord, at least once, results before redraws (ARCHITECTURE "How a
round closes"). No task waits here: `drain` returns when nothing is due."""

import asyncio
import secrets
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from itertools import groupby

import aiohttp
import discord
import structlog

from cogs.interactions.context import Context
from deliberation.ids import CouncilId
from services.ports import Post, StoreUnavailable

from .delivery import Delivery
from .direct_messages import tell_chair

log = structlog.get_logger(__name__)

FIRST_DELAY = timedelta(minutes=1)
LONGEST_DELAY = timedelta(hours=1)
ATTEMPTS = 29
"""With the delays of `delay_after`, the last attempt comes a day after the first."""
OLD_EDITS_DELAY = timedelta(minutes=10)
AT_ONCE = 20
"""How many councils are posted to at a time."""

UNKNOWN_CHANNEL = 10003
UNKNOWN_GUILD = 10004
TOO_MANY_OLD_EDITS = 30046


def delay_after(attempts: int) -> timedelta:
    """How long to wait after this many attempts, including the last one: a minute, doubled each time, an hour at
    most."""
    return min(FIRST_DELAY * 2 ** min(attempts - 1, 10), LONGEST_DELAY)


class Outbox:
    """Carries out due posts: those of one council in order; councils do not wait for each other."""

    def __init__(
        self, client: discord.Client, context: Context, *, ticks: Callable[[], float] = time.monotonic
    ) -> None:
        self._client = client
        self._context = context
        self._delivery = Delivery(client, context, ticks=ticks)
        self._busy: set[CouncilId] = set()

    async def drain(self) -> None:
        """Carry out due posts until none is left: each ends done, put off or given up.

        Calls may overlap: each skips the councils that another call is working on, for instance where Discord makes
        that one wait. Raises StoreUnavailable once what was begun has ended.
        """
        at_work: set[asyncio.Task[None]] = set()
        failure: BaseException | None = None
        try:
            while True:
                if failure is None and len(at_work) < AT_ONCE:
                    at_work |= await self._begin_due()
                if not at_work:
                    break
                done, at_work = await asyncio.wait(at_work, return_when=asyncio.FIRST_COMPLETED)
                failure = next((task.exception() for task in done if task.exception() is not None), failure)
        finally:
            for task in at_work:
                task.cancel()
        if failure is not None:
            raise failure

    async def _begin_due(self) -> set[asyncio.Task[None]]:
        """A task for each council that has a due post and that no call is working on."""
        posts = await self._context.services.posts.due(aside=self._busy)
        tasks: set[asyncio.Task[None]] = set()
        for council, group in groupby(sorted(posts, key=lambda post: post.council), key=lambda post: post.council):
            # Another call may have taken the council while this one looked.
            if council not in self._busy:
                self._busy.add(council)
                tasks.add(asyncio.create_task(self._carry_out_all(list(group)), name=f"posts-{council}"))
        return tasks

    async def _carry_out_all(self, posts: Sequence[Post]) -> None:
        """Carry out one council's posts."""
        try:
            for post in posts:
                try:
                    await self._carry_out(post)
                except Exception as error:
                    # Any failure concerns this post alone: the others are sent.
                    await self._put_off_defect(post, error)
        finally:
            self._busy.discard(posts[0].council)

    async def _carry_out(self, post: Post) -> None:
        begun = await self._context.services.posts.begin(post)
        if begun is None:
            return
        try:
            await self._delivery.deliver(begun)
            log.debug("post_sent", **_about(begun))
        except discord.RateLimited as error:
            await self._put_off(begun, timedelta(seconds=error.retry_after), str(error))
        except discord.HTTPException as error:
            await self._answer(begun, error)
        except (aiohttp.ClientError, OSError) as error:
            await self._try_again(begun, repr(error))

    async def _answer(self, post: Post, error: discord.HTTPException) -> None:
        """Discord refused the post, or failed: put it off, or give it up where no later attempt can succeed."""
        reason = f"{error.status} {error.code} {error.text}".strip()
        forbidden = isinstance(error, discord.Forbidden)
        if error.code == TOO_MANY_OLD_EDITS:
            await self._put_off(post, OLD_EDITS_DELAY, reason)
        elif error.code in (UNKNOWN_CHANNEL, UNKNOWN_GUILD) or (forbidden and await self._delivery.has_left(post)):
            await self._lose(post, reason)
        elif forbidden and post.attempts + 1 < ATTEMPTS:
            await self._refuse(post, reason)
        else:
            await self._try_again(post, reason)

    async def _lose(self, post: Post, reason: str) -> None:
        """The council's channel or server is gone: give the post up, and notify a chair the first time."""
        log.warning("post_given_up", reason=reason, **_about(post))
        first = await self._context.services.posts.lose(post, error=reason)
        if first and await tell_chair(self._client, self._context, post.council):
            await self._context.services.troubles.told(post.council)

    async def _refuse(self, post: Post, reason: str) -> None:
        """The bot lacks a permission: put the post off. The log says once what is missing, until posting succeeds
        again."""
        missing = ", ".join(await self._delivery.missing_permissions(post)) or "unknown"
        delay = delay_after(post.attempts + 1)
        first = await self._context.services.posts.refuse(post, delay=delay, error=reason, missing=missing)
        if first:
            log.warning("post_put_off", reason=reason, missing=missing, **_about(post))

    async def _try_again(self, post: Post, reason: str) -> None:
        """Put the post off, for a day in all at most."""
        if post.attempts + 1 >= ATTEMPTS:
            log.warning("post_given_up", reason=reason, **_about(post))
            await self._context.services.posts.give_up(post, error=reason)
        else:
            await self._put_off(post, delay_after(post.attempts + 1), reason)

    async def _put_off(self, post: Post, delay: timedelta, reason: str) -> None:
        log.warning("post_put_off", reason=reason, minutes=delay.total_seconds() / 60, **_about(post))
        await self._context.services.posts.put_off(post, delay=delay, error=reason)

    async def _put_off_defect(self, post: Post, error: BaseException) -> None:
        """A defect of the program stops only its own post: it is logged, and the rest goes on."""
        if isinstance(error, StoreUnavailable) or not isinstance(error, Exception):
            raise error
        incident = secrets.token_hex(4)
        log.error("post_failed", incident=incident, exc_info=error, **_about(post))
        await self._try_again(post, f"incident {incident}")


def _about(post: Post) -> dict[str, int | str]:
    return {"post": post.id, "kind": post.kind.value, "subject": post.subject, "council": post.council}
