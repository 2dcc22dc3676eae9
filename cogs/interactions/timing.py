"""When work on an interaction began, that it is deferred in time, and how it ended."""

import asyncio
import time
from typing import Any

import discord

from .answering import defer
from .context import context_of

SLOW = 1.5
"""Seconds after which work that has not answered is deferred; Discord gives up after three."""
SLOW_BEFORE_FORM = 2.3
"""The same for work that may open a form: a form cannot follow a deferral, so it waits as long as is safe."""

_BEGAN = "comity.began"
_FAILURE = "comity.failure"
_DEFERRAL = "comity.deferral"


def answer_in_time(interaction: discord.Interaction[Any], *, opens_form: bool = False) -> None:
    """Defer the interaction if the current task has not answered it soon; tell the context when that task is done."""
    task = asyncio.current_task()
    if task is None:
        raise RuntimeError("an interaction is answered by a task")
    interaction.extras[_BEGAN] = time.perf_counter()
    context = context_of(interaction)
    context.under_way.add(task)

    def start() -> None:
        interaction.extras[_DEFERRAL] = asyncio.create_task(defer(interaction), name=f"deferral-{interaction.id}")

    timer = asyncio.get_running_loop().call_later(SLOW_BEFORE_FORM if opens_form else SLOW, start)

    def finished(_: "asyncio.Task[Any]") -> None:
        timer.cancel()
        context.under_way.discard(task)
        for tell in context.guarded:
            tell(interaction)

    task.add_done_callback(finished)


def note_failure(interaction: discord.Interaction[Any], error: Exception) -> None:
    """Keep with the interaction why its work did not come to its end."""
    interaction.extras[_FAILURE] = error


def failure_of(interaction: discord.Interaction[Any]) -> Exception | None:
    """What was noted, a refusal of the procedure too; None where the work came to its end."""
    return interaction.extras.get(_FAILURE)


def seconds_since(interaction: discord.Interaction[Any]) -> float:
    """Since work on the interaction began, in seconds."""
    return time.perf_counter() - interaction.extras[_BEGAN]
