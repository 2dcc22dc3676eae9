"""The simulated Discord: everything that the rehearsal needs of SimCord beyond its documented interface.

SimCord is made for tests, in which one thing happens at a time. Here delegates act while a visitor clicks, which needs
some of its private names. They are those of version 3.2; the tests of this package fail if they change.
"""

import asyncio
import functools
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import discord
import simcord

from bot.client import Comity

IDLE = 0.001
"""Seconds without any event after which SimCord considers an action done. Its default of 0.05 adds up to seconds when a
dozen delegates vote."""


@asynccontextmanager
async def simulated_discord(bot: Comity, *, today: datetime | None = None) -> AsyncIterator[simcord.Env]:
    """The bot on a simulated Discord, whose clock begins at `today` (None: this instant)."""
    # Failures of the bot are in its log already, where an operator looks for them.
    async with simcord.run(bot, approved_intents=discord.Intents.none(), check_errors=False) as env:
        env._settle_internal = functools.partial(env._settle_internal, idle=IDLE)
        # Set before anything exists, since ids contain the time of their creation.
        await env.advance_time(((today or datetime.now(UTC)) - env.now()).total_seconds())
        assert bot.user is not None  # noqa: S101 - SimCord has logged the bot in
        env.backend.edit_bot_profile("Comity")
        try:
            yield env
        finally:
            # SimCord drops the bot without closing it and its database.
            await bot.close()


def message_in(channel: simcord.ChannelHandle, env: simcord.Env, message_id: int) -> simcord.ResponseMessage | None:
    """The channel's message with that id as it is now; None where it was deleted.

    SimCord's own history builds every message of the channel again, which takes ever longer as a rehearsal goes on.
    """
    stored = env.backend.messages.get(channel.id, {}).get(message_id)
    return None if stored is None else simcord.ResponseMessage(env, stored)


def latest_message(channel: simcord.ChannelHandle, env: simcord.Env) -> simcord.ResponseMessage | None:
    """The channel's latest message that everybody sees."""
    public = [stored for stored in env.backend.messages.get(channel.id, {}).values() if stored.visible_to(None)]
    return simcord.ResponseMessage(env, max(public, key=lambda stored: stored.id)) if public else None


def take_turns(preview: simcord.Preview, turn: asyncio.Lock) -> None:
    """Let a visitor's tap wait for its turn, and never refuse it because the page was redrawn meanwhile.

    SimCord refuses an action that comes while another runs, and one made on a page that has since been published again.
    With delegates acting all the time, every visitor would sooner or later meet such a refusal. The ids in buttons show
    the bot what the visitor saw, as on Discord.
    """
    act = preview._action

    async def act_in_turn(context_id: str, body: Mapping[str, Any]) -> Any:
        async with turn:
            if "published_revision" in body:
                body = {**body, "published_revision": preview._get_page(context_id).revision}
            return await act(context_id, body)

    preview._action = act_in_turn  # pyright: ignore[reportAttributeAccessIssue]
