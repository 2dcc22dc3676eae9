"""Answering an interaction once and in time, whichever comes first: the answer, or Discord's three seconds.

An answer and the deferral that stands in for a late one take turns, so that no interaction is acknowledged twice.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any

import aiohttp
import discord
import structlog
from discord import ui

from cogs.showing import parts
from cogs.showing.drawing import Drawing
from cogs.showing.localizer import Localizer
from cogs.showing.panels import panel

from . import callback

NOBODY = discord.AllowedMentions.none()
TRIES = 3
"""Of an answer whose connection breaks: Discord takes the first that arrives, and says so to a later one."""
ALREADY_ANSWERED = 40060
TOO_MANY_REQUESTS = 429

_DEFERRED = "comity.deferred"
_TURN = "comity.turn"

_log = structlog.get_logger(__name__)


class AnswerLost(Exception):
    """Discord did not take an answer: its own trouble, or the connection's. What was done stands, and the member learns
    of it by asking or doing it again."""


async def reply(
    interaction: discord.Interaction[Any],
    view: ui.LayoutView | Drawing,
    *,
    ephemeral: bool = True,
    edit: bool = False,
    files: Sequence[discord.File] = (),
) -> None:
    """Answer with `view`: to the member alone unless told otherwise; with `edit` where the button was, without files.

    Works before and after a deferral, and again after an answer. Nobody is mentioned, nothing is kept. The view shows
    the `files`, which go with it.
    """

    send = partial(_send, interaction, view, ephemeral=ephemeral, edit=edit, files=list(files))
    async with _turn(interaction):
        try:
            await _sent(send)
        except discord.HTTPException as error:
            if error.code != ALREADY_ANSWERED:
                raise
            # An earlier try got there though its answer did not come back: what stands there says this from now on.
            await _sent(lambda: interaction.edit_original_response(view=_as_view(view), allowed_mentions=NOBODY))


async def _send(
    interaction: discord.Interaction[Any],
    view: ui.LayoutView | Drawing,
    *,
    ephemeral: bool,
    edit: bool,
    files: list[discord.File],
) -> None:
    """Once: instead of the deferral, after an answer, or as the answer."""
    if interaction.extras.get(_DEFERRED, False):
        attachments = files or discord.utils.MISSING
        await interaction.edit_original_response(view=_as_view(view), attachments=attachments, allowed_mentions=NOBODY)
        interaction.extras[_DEFERRED] = False
    elif interaction.response.is_done():
        shown = _as_view(view)
        await interaction.followup.send(view=shown, ephemeral=ephemeral, files=files, allowed_mentions=NOBODY)
    elif files:
        shown = _as_view(view)
        await interaction.response.send_message(view=shown, ephemeral=ephemeral, files=files, allowed_mentions=NOBODY)
    elif edit and interaction.message is not None:
        await callback.edit(interaction, view.to_components())
    else:
        await callback.send(interaction, view.to_components(), ephemeral=ephemeral)


def _as_view(view: ui.LayoutView | Drawing) -> ui.LayoutView:
    """For discord.py, which shall keep nothing of it."""
    finished = view.as_view() if isinstance(view, Drawing) else view
    finished.stop()
    return finished


async def open_form(interaction: discord.Interaction[Any], form: ui.Modal, *, say: Localizer, again: str) -> None:
    """Open `form`. Where that took too long, answer with a button that opens it: its custom id is `again`.

    discord.py keeps nothing of the form: what it brings is found by its custom id (`routes`).
    """
    form.stop()
    async with _turn(interaction):
        if not interaction.response.is_done():
            await _sent(lambda: interaction.response.send_modal(form))
            return
    button = parts.Button(style=discord.ButtonStyle.primary, label=say.text("form.open"), custom_id=again)
    await reply(interaction, panel(say.text("form.late"), rows=[[button]]))


async def _sent(send: Callable[[], Awaitable[object]]) -> None:
    """Send, once more and again where the connection breaks. Raises AnswerLost where Discord does not take it."""
    for left in reversed(range(TRIES)):
        try:
            await send()
        except (aiohttp.ClientError, OSError) as error:
            if not left:
                raise AnswerLost(repr(error)) from error
        except discord.HTTPException as error:
            if error.status < 500 and error.status != TOO_MANY_REQUESTS:
                raise
            raise AnswerLost(f"{error.status} {error.text}".strip()) from error
        else:
            return


async def defer(interaction: discord.Interaction[Any]) -> None:
    """Show the member that the answer is coming, unless it has come."""
    async with _turn(interaction):
        if interaction.response.is_done():
            return
        try:
            await _sent(lambda: interaction.response.defer(ephemeral=True, thinking=True))
        except (discord.HTTPException, AnswerLost) as error:
            _log.warning("not_deferred", interaction=interaction.id, error=str(error))
        else:
            interaction.extras[_DEFERRED] = True


def _turn(interaction: discord.Interaction[Any]) -> asyncio.Lock:
    return interaction.extras.setdefault(_TURN, asyncio.Lock())
