"""`/council setup|rules|preset|roles|info|close`."""

import discord
from discord import Interaction, app_commands
from discord.ext import commands

from cogs.interactions.admission import FOR_CHAIRS, FOR_FOUNDERS
from cogs.interactions.context import request_of
from cogs.interactions.telling import tell_troubles
from cogs.interactions.tree import OPENS_FORM
from cogs.options.words import PresetName, SecrecyChosen
from cogs.showing.panels import panel
from deliberation.ids import RoleId
from deliberation.rules import Secrecy

from .closing import ask_close
from .founded import who_chairs, who_votes
from .info import render_info
from .rules import render_preview, render_rules
from .setting_up import offer_form


class CouncilCommands(commands.GroupCog, group_name="council"):
    """Commands about the council of a channel."""

    @app_commands.command(extras=FOR_FOUNDERS | OPENS_FORM)
    async def setup(self, interaction: Interaction, secrecy: SecrecyChosen = Secrecy.OPEN) -> None:
        """Open the form that founds a council; `secrecy` is that of its ballots."""
        await offer_form(await request_of(interaction), secrecy=secrecy)

    @app_commands.command()
    async def rules(self, interaction: Interaction) -> None:
        """Show the rules with what follows from them; chairs change them there."""
        request = await request_of(interaction)
        view = await request.services.councils.rules(request.channel)
        await request.reply(render_rules(view, request.say, chair=view.council.is_chair(request.actor)))

    @app_commands.command(extras=FOR_CHAIRS)
    async def preset(self, interaction: Interaction, preset: PresetName) -> None:
        """Show what a preset would change, before it does."""
        request = await request_of(interaction)
        preview = await request.services.councils.preview_preset(request.channel, preset)
        await request.reply(render_preview(preview, preset, request.say))

    @app_commands.command(extras=FOR_CHAIRS)
    async def roles(
        self, interaction: Interaction, chairs: discord.Role | None = None, voters: discord.Role | None = None
    ) -> None:
        """Name the roles that chair and that take seats; @everyone for none."""
        request = await request_of(interaction)
        council = await request.services.councils.in_channel(request.channel)
        info = await request.services.councils.set_roles(
            request.channel,
            request.actor,
            chair_role=council.chair_role if chairs is None else _role(chairs),
            voter_role=council.voter_role if voters is None else _role(voters),
        )
        lines = [who_chairs(info.council, request.say), who_votes(info.council, request.say)]
        await request.reply(panel("\n".join(lines)))

    @app_commands.command(extras=FOR_CHAIRS)
    async def close(self, interaction: Interaction) -> None:
        """Ask for confirmation, with what closing the council would do."""
        request = await request_of(interaction)
        council = await request.services.councils.in_channel(request.channel)
        await request.reply(ask_close(council, request.say))

    @app_commands.command()
    async def info(self, interaction: Interaction) -> None:
        """Show the council and its rules."""
        request = await request_of(interaction)
        info = await request.services.councils.info(request.channel)
        seats = await request.services.seats.list_in(request.channel, request.actor)
        await request.reply(render_info(info, seats, request.say))
        await tell_troubles(request)


def _role(role: discord.Role) -> RoleId | None:
    """The role; None for the one that everybody holds."""
    return None if role.is_default() else RoleId(role.id)
