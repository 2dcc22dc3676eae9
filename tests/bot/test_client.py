"""The client tells whoever runs it that an interaction may have made something due."""

from __future__ import annotations

from datetime import UTC

from bot.client import create_bot
from bot.settings import Settings
from tests.end_to_end.conftest import Rehearse


async def test_an_answered_interaction_wakes_whoever_runs_the_bot(rehearse: Rehearse):
    async with rehearse() as world:
        await world.found()
        woken: list[bool] = []
        world.bot.on_due_changed = lambda: woken.append(True)
        await world.member("Alice").slash(world.channel, "seat take")
        assert woken == [True]


async def test_what_a_form_made_due_is_stored_when_the_bot_is_woken(rehearse: Rehearse):
    async with rehearse() as world:
        await world.found()
        alice = world.member("Alice")
        form = await alice.slash(world.channel, "propose")
        woken: list[bool] = []
        world.bot.on_due_changed = lambda: woken.append(True)
        await alice.submit_modal(form, {"title": "Torture", "action": "Pain as a means.", "why": ""})
        assert woken == [True]
        due = await world.services.timetable.next_due()
        assert due is not None
        assert due <= world.clock.now()


def test_a_bot_is_made_without_a_loop_a_login_or_a_database():
    bot = create_bot(Settings(database_url="sqlite:////nowhere/at/all.db"))
    assert not bot.is_ready()
    assert bot.clock.now().tzinfo is UTC
