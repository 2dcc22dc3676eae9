"""`/council setup|rules|preset|roles|info|close`."""

from typing import Literal

import discord
from discord import Interaction, app_commands
from discord.ext import commands

from cogs.interactions.admission import FOR_CHAIRS
from cogs.interactions.desk import actor_of, channel_of, desk_of, localizer_for
from cogs.interactions.guard import OPENS_FORM, ChoiceUnknown, reply
from cogs.interactions.telling import tell_troubles
from cogs.showing.panels import panel
from deliberation.ids import RoleId
from deliberation.presets import PRESETS
from deliberation.rules import Secrecy

from .closing import ask_close
from .founded import who_chairs, who_votes
from .info import render_info
from .rules import render_preview, render_rules
from .setup import offer_form, require_manager


class CouncilCommands(commands.GroupCog, group_name="council"):
    """Commands about the council of a channel."""

    @app_commands.command(extras=OPENS_FORM)
    async def setup(self, interaction: Interaction, secrecy: Literal["open", "sealed", "secret"] = "open") -> None:
        """Open the form that founds a council; `secrecy` is that of its ballots."""
        require_manager(interaction)
        if secrecy not in list(Secrecy):
            raise ChoiceUnknown
        await offer_form(interaction, desk_of(interaction), await localizer_for(interaction), secrecy=secrecy)

    @app_commands.command()
    async def rules(self, interaction: Interaction) -> None:
        """Show the rules with what follows from them; chairs change them there."""
        desk, say, channel = desk_of(interaction), await localizer_for(interaction), channel_of(interaction)
        view = await desk.services.councils.rules(channel)
        chair = view.council.is_chair(actor_of(interaction))
        await reply(interaction, render_rules(view, say, chair=chair))

    @app_commands.command(extras=FOR_CHAIRS)
    @app_commands.choices(preset=[app_commands.Choice(name=preset, value=preset) for preset in PRESETS])
    async def preset(self, interaction: Interaction, preset: str) -> None:
        """Show what a preset would change, before it does."""
        desk, say, channel = desk_of(interaction), await localizer_for(interaction), channel_of(interaction)
        preview = await desk.services.councils.preview_preset(channel, preset)
        await reply(interaction, render_preview(preview, preset, say))

    @app_commands.command(extras=FOR_CHAIRS)
    async def roles(
        self, interaction: Interaction, chairs: discord.Role | None = None, voters: discord.Role | None = None
    ) -> None:
        """Name the roles that chair and that take seats; @everyone for none."""
        desk, say, channel = desk_of(interaction), await localizer_for(interaction), channel_of(interaction)
        council = await desk.services.councils.in_channel(channel)
        info = await desk.services.councils.set_roles(
            channel,
            actor_of(interaction),
            chair_role=council.chair_role if chairs is None else _role(chairs),
            voter_role=council.voter_role if voters is None else _role(voters),
        )
        lines = [who_chairs(info.council, say), who_votes(info.council, say)]
        await reply(interaction, panel("\n".join(lines)))

    @app_commands.command(extras=FOR_CHAIRS)
    async def close(self, interaction: Interaction) -> None:
        """Ask for confirmation, with what closing the council would do."""
        desk, say, channel = desk_of(interaction), await localizer_for(interaction), channel_of(interaction)
        await reply(interaction, ask_close(await desk.services.councils.in_channel(channel), say))

    @app_commands.command()
    async def info(self, interaction: Interaction) -> None:
        """Show the council and its rules."""
        desk, say, channel = desk_of(interaction), await localizer_for(interaction), channel_of(interaction)
        info = await desk.services.councils.info(channel)
        seats = await desk.services.seats.list_in(channel, actor_of(interaction))
        await reply(interaction, render_info(info, seats, say))
        await tell_troubles(interaction, desk, say)


def _role(role: discord.Role | None) -> RoleId | None:
    """The role; None for none, and for the one that everybody holds."""
    return None if role is None or role.is_default() else RoleId(role.id)
