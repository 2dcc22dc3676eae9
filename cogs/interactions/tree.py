"""The tree of commands: guarded, and described from the catalogue."""

from typing import Any

import discord
from discord import app_commands

from cogs.showing.localizer import SOURCE

from .command_texts import CatalogueTranslator, describe
from .context import context_of
from .entered import mend
from .guard import admitted, answer_failure

OPENS_FORM = {"opens_form": True}
"""The `extras` of a command whose answer may be a form."""


class GuardedTree(app_commands.CommandTree[Any]):
    """The commands, guarded, and described from the catalogue."""

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        """Whether a command goes on, or suggestions are made: at the member's pace, once, and for whom it is meant."""
        context = context_of(interaction)
        if interaction.type is discord.InteractionType.autocomplete:
            if too_quick := context.pacing.wait(interaction.user.id, typing=True) > 0:
                await interaction.response.autocomplete([])
            return not too_quick
        if not context.once.is_new(interaction.id):
            return False
        if not await admitted(interaction, opens_form=_may_open_form(interaction)):
            return False
        mend(interaction.data)
        return True

    async def on_error(self, interaction: discord.Interaction[Any], error: app_commands.AppCommandError, /) -> None:
        await answer_failure(interaction, error)

    async def sync(self, *, guild: discord.abc.Snowflake | None = None) -> list[app_commands.AppCommand]:
        catalogues = context_of(self.client).catalogues
        describe(self.walk_commands(), catalogues.localizer(SOURCE))
        await self.set_translator(CatalogueTranslator(catalogues))
        return await super().sync(guild=guild)


def _may_open_form(interaction: discord.Interaction[Any]) -> bool:
    command = interaction.command
    return isinstance(command, app_commands.Command) and bool(command.extras.get("opens_form"))
