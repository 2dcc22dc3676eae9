"""`/preferences`: a member's language and reminders, on one small panel with two menus."""

from dataclasses import replace
from typing import Any

import discord
from discord import Interaction, app_commands, ui
from discord.ext import commands

from cogs.custom_ids import PREFERENCES
from cogs.interactions.desk import Desk, desk_of, localizer_for
from cogs.interactions.guard import ChoiceUnknown, GuardedSelect, reply
from cogs.showing.localizer import Catalogues, Localizer
from cogs.showing.panels import panel
from deliberation.ids import PersonId
from services.ports import Preferences, Reminding

_FOLLOW = "discord"
"""The choice to follow Discord's language; no language tag reads like that."""

_REMINDERS = {
    Reminding.MENTION: ("preferences.mention", "preferences.mention.hint"),
    Reminding.DIRECT: ("preferences.direct", "preferences.direct.hint"),
    Reminding.NONE: ("preferences.none", "preferences.none.hint"),
}


class PreferenceCommands(commands.Cog):
    """A member's own settings."""

    @app_commands.command()
    async def preferences(self, interaction: Interaction) -> None:
        """Show the settings, to be changed with a tap."""
        desk, say = desk_of(interaction), await localizer_for(interaction)
        current = await desk.services.people.preferences(PersonId(interaction.user.id))
        await reply(interaction, render_preferences(current, desk.catalogues, say))


class ChoosePreference(GuardedSelect, template=PREFERENCES):
    """Stores what was chosen from either menu and shows the panel anew, in the language just chosen."""

    async def act(self, interaction: Interaction, desk: Desk, say: Localizer, ids: Any) -> None:
        person, chosen = PersonId(interaction.user.id), self.chosen
        current = await desk.services.people.preferences(person)
        if ids.field == "language":
            if chosen not in (_FOLLOW, *desk.catalogues.languages):
                raise ChoiceUnknown
            current = replace(current, language=None if chosen == _FOLLOW else chosen)
        else:
            if chosen not in list(Reminding):
                raise ChoiceUnknown
            current = replace(current, reminders=Reminding(chosen))
        await desk.services.people.put(person, current)
        say = await localizer_for(interaction)
        await reply(interaction, render_preferences(current, desk.catalogues, say, stored=True), edit=True)


def render_preferences(
    current: Preferences, catalogues: Catalogues, say: Localizer, *, stored: bool = False
) -> ui.LayoutView:
    """The two menus, each showing what holds now."""
    note = say.text("preferences.stored" if stored else "preferences.note")
    return panel(
        f"### {say.text('preferences.title')}\n-# {note}",
        rows=[
            ui.TextDisplay(say.text("preferences.language")),
            [_language_menu(current, catalogues, say)],
            ui.TextDisplay(say.text("preferences.reminders")),
            [_reminder_menu(current, say)],
        ],
    )


def _language_menu(current: Preferences, catalogues: Catalogues, say: Localizer) -> ui.Select[Any]:
    follow = discord.SelectOption(
        label=say.text("preferences.follow"), value=_FOLLOW, default=current.language not in catalogues.languages
    )
    languages = [
        discord.SelectOption(label=catalogues.autonym(tag), value=tag, default=tag == current.language)
        for tag in catalogues.languages
    ]
    return ui.Select(custom_id=PREFERENCES.build(field="language"), options=[follow, *languages])


def _reminder_menu(current: Preferences, say: Localizer) -> ui.Select[Any]:
    options = [
        discord.SelectOption(
            label=say.text(label), description=say.text(hint), value=way.value, default=way is current.reminders
        )
        for way, (label, hint) in _REMINDERS.items()
    ]
    return ui.Select(custom_id=PREFERENCES.build(field="reminders"), options=options)
