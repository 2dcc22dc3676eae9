"""The outbox: everything the bot posts by itself, at least once, results before redraws (ARCHITECTURE "How a round
closes"). Nothing idles here: `drain` returns when nothing is due."""

import asyncio
import secrets
from collections.abc import Sequence
from datetime import timedelta
from itertools import groupby

import aiohttp
import discord
import structlog

from cogs.desk import Desk
from services.ports import Post

from .delivery import Delivery

log = structlog.get_logger(__name__)

FIRST_DELAY = timedelta(minutes=1)
LONGEST_DELAY = timedelta(hours=1)
ATTEMPTS = 29
"""With the delays of `delay_after`, the last attempt comes a day after the first."""
OLD_EDITS_DELAY = timedelta(minutes=10)

UNKNOWN_CHANNEL = 10003
TOO_MANY_OLD_EDITS = 30046


def delay_after(attempts: int) -> timedelta:
    """How long to wait after that many attempts, this one included: a minute, doubled each time, an hour at most."""
    return min(FIRST_DELAY * 2 ** min(attempts - 1, 10), LONGEST_DELAY)


class Outbox:
    """Carries out due posts. One council's come in order; councils do not wait for each other."""

    def __init__(self, client: discord.Client, desk: Desk) -> None:
        self._client = client
        self._desk = desk
        self._delivery = Delivery(client, desk)

    async def drain(self) -> None:
        """Carry out what is due, until nothing is: every post ends done, put off or given up."""
        while posts := await self._desk.services.posts.due():
            by_council = groupby(sorted(posts, key=lambda post: post.council), key=lambda post: post.council)
            async with asyncio.TaskGroup() as councils:
                for _, group in by_council:
                    councils.create_task(self._carry_out_all(list(group)))

    async def _carry_out_all(self, posts: Sequence[Post]) -> None:
        for post in posts:
            [error] = await asyncio.gather(self._carry_out(post), return_exceptions=True)
            if error is not None:
                await self._put_off_defect(post, error)

    async def _carry_out(self, post: Post) -> None:
        posts = self._desk.services.posts
        begun = await posts.begin(post)
        if begun is None:
            return
        try:
            await self._delivery.deliver(begun)
            log.debug("post_sent", **_about(begun))
        except discord.RateLimited as error:
            await posts.put_off(begun, delay=timedelta(seconds=error.retry_after), error=str(error))
        except discord.HTTPException as error:
            await self._answer(begun, error)
        except (aiohttp.ClientError, OSError) as error:
            await self._try_again(begun, repr(error))

    async def _answer(self, post: Post, error: discord.HTTPException) -> None:
        """Discord refused or failed: put the post off, or give it up where no later attempt can succeed."""
        posts = self._desk.services.posts
        reason = f"{error.status} {error.code} {error.text}".strip()
        if error.code == TOO_MANY_OLD_EDITS:
            await posts.put_off(post, delay=OLD_EDITS_DELAY, error=reason)
        elif error.code == UNKNOWN_CHANNEL:
            log.warning("post_given_up", reason=reason, **_about(post))
            await posts.give_up(post, error=reason)
        elif isinstance(error, discord.Forbidden):
            missing = ", ".join(await self._delivery.missing_permissions(post)) or "unknown"
            await self._try_again(post, reason, missing=missing)
        else:
            await self._try_again(post, reason)

    async def _try_again(self, post: Post, reason: str, **more: str) -> None:
        """Put the post off, a day long at most."""
        if post.attempts + 1 >= ATTEMPTS:
            log.warning("post_given_up", reason=reason, **more, **_about(post))
            await self._desk.services.posts.give_up(post, error=reason)
            return
        delay = delay_after(post.attempts + 1)
        log.warning("post_put_off", reason=reason, minutes=delay.total_seconds() / 60, **more, **_about(post))
        await self._desk.services.posts.put_off(post, delay=delay, error=reason)

    async def _put_off_defect(self, post: Post, error: BaseException) -> None:
        """A defect of ours stops its own post alone: it is logged, and the rest goes on."""
        if not isinstance(error, Exception):
            raise error
        incident = secrets.token_hex(4)
        log.error("post_failed", incident=incident, exc_info=error, **_about(post))
        await self._try_again(post, f"incident {incident}")


def _about(post: Post) -> dict[str, int | str]:
    return {"post": post.id, "kind": post.kind.value, "subject": post.subject, "council": post.council}
