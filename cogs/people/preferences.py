"""`/preferences`: a member's language and reminders, on one small panel with two menus."""

from dataclasses import replace

import discord
from discord import Interaction, app_commands, ui
from discord.ext import commands

from cogs.custom_ids.people import ChoosePreference
from cogs.interactions.context import localizer_for, request_of
from cogs.interactions.routes import Routes
from cogs.interactions.tap import ChoiceUnknown, Picked
from cogs.showing import parts
from cogs.showing.localizer import Catalogues, Localizer
from cogs.showing.panels import panel
from services.ports import Preferences, Reminding

_FOLLOW = "discord"
"""The choice to follow Discord's language; no language tag reads like that."""

_REMINDERS = {
    Reminding.MENTION: ("preferences.mention", "preferences.mention.hint"),
    Reminding.DIRECT: ("preferences.direct", "preferences.direct.hint"),
    Reminding.NONE: ("preferences.none", "preferences.none.hint"),
}


routes = Routes()


class PreferenceCommands(commands.Cog):
    """A member's own settings."""

    @app_commands.command()
    async def preferences(self, interaction: Interaction) -> None:
        """Show the settings, to be changed with a tap."""
        request = await request_of(interaction)
        current = await request.services.people.preferences(request.person)
        await request.reply(render_preferences(current, request.catalogues, request.say))


@routes.menu(ChoosePreference)
async def choose_preference(tap: Picked[ChoosePreference]) -> None:
    """Stores what was chosen from either menu and shows the panel anew, in the language just chosen."""
    people, chosen = tap.services.people, tap.chosen
    current = await people.preferences(tap.person)
    if tap.id.field == "language":
        if chosen not in (_FOLLOW, *tap.catalogues.languages):
            raise ChoiceUnknown
        current = replace(current, language=None if chosen == _FOLLOW else chosen)
    else:
        if chosen not in list(Reminding):
            raise ChoiceUnknown
        current = replace(current, reminders=Reminding(chosen))
    await people.put(tap.person, current)
    say = await localizer_for(tap.interaction)
    await tap.reply(render_preferences(current, tap.catalogues, say, stored=True), edit=True)


def render_preferences(
    current: Preferences, catalogues: Catalogues, say: Localizer, *, stored: bool = False
) -> ui.LayoutView:
    """The two menus, each showing what holds now."""
    note = say.text("preferences.stored" if stored else "preferences.note")
    return panel(
        f"### {say.text('preferences.title')}\n-# {note}",
        rows=[
            parts.TextDisplay(say.text("preferences.language")),
            [_language_menu(current, catalogues, say)],
            parts.TextDisplay(say.text("preferences.reminders")),
            [_reminder_menu(current, say)],
        ],
    )


def _language_menu(current: Preferences, catalogues: Catalogues, say: Localizer) -> parts.Select:
    follow = discord.SelectOption(
        label=say.text("preferences.follow"), value=_FOLLOW, default=current.language not in catalogues.languages
    )
    languages = [
        discord.SelectOption(label=catalogues.autonym(tag), value=tag, default=tag == current.language)
        for tag in catalogues.languages
    ]
    return parts.Select(custom_id=str(ChoosePreference(field="language")), options=[follow, *languages])


def _reminder_menu(current: Preferences, say: Localizer) -> parts.Select:
    options = [
        discord.SelectOption(
            label=say.text(label), description=say.text(hint), value=way.value, default=way is current.reminders
        )
        for way, (label, hint) in _REMINDERS.items()
    ]
    return parts.Select(custom_id=str(ChoosePreference(field="reminders")), options=options)
