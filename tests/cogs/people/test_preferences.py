"""A member's language and reminders."""

from __future__ import annotations

from deliberation.ids import PersonId
from services.ports import Preferences, Reminding
from tests.cogs.conftest import Discord
from tests.cogs.harness import menus_of, text_of

LANGUAGE, REMINDERS = "cmt:1:preferences:language", "cmt:1:preferences:reminders"


def chosen(result: object, menu: str) -> list[str]:
    return [option["value"] for option in menus_of(result)[menu] if option.get("default")]


async def test_the_panel_shows_what_holds_and_stores_what_is_chosen(on_discord: Discord):
    async with on_discord("people") as harness:
        shown = await harness.alice.slash(harness.channel, "preferences")
        assert shown.ephemeral
        assert (chosen(shown, LANGUAGE), chosen(shown, REMINDERS)) == (["discord"], ["mention"])

        await harness.alice.select(shown.response, ["none"], custom_id=REMINDERS)
        await harness.alice.select(shown.response, ["en"], custom_id=LANGUAGE)

        assert "Stored." in text_of(shown.response)
        assert (chosen(shown.response, LANGUAGE), chosen(shown.response, REMINDERS)) == (["en"], ["none"])
        person = PersonId(harness.alice.user.id)
        stored = await harness.services.people.preferences(person)
        assert stored == Preferences(language="en", reminders=Reminding.NONE)

        await harness.alice.select(shown.response, ["discord"], custom_id=LANGUAGE)
        stored = await harness.services.people.preferences(person)
        assert stored == Preferences(language=None, reminders=Reminding.NONE)


async def test_languages_are_named_in_themselves(on_discord: Discord):
    async with on_discord("people") as harness:
        shown = await harness.alice.slash(harness.channel, "preferences")
        labels = [option["label"] for option in menus_of(shown)[LANGUAGE]]
        assert labels[:2] == ["The language of my Discord", "English"]


async def test_a_panel_from_before_a_restart_still_works(on_discord: Discord):
    async with on_discord("people") as harness:
        shown = await harness.alice.slash(harness.channel, "preferences")
        await harness.restart()
        stored = await harness.alice.select(shown.response, ["direct"], custom_id=REMINDERS)
        assert stored.acknowledged
        preferences = await harness.services.people.preferences(PersonId(harness.alice.user.id))
        assert preferences.reminders is Reminding.DIRECT
