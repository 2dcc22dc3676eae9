"""`/council setup` and `/council info`."""

from typing import Literal

from discord import Interaction, app_commands
from discord.ext import commands

from cogs.desk import actor_of, channel_of, desk_of, localizer_for
from cogs.guard import OPENS_FORM, reply
from cogs.permissions import warn_of_silence

from .info import render_info
from .setup import offer_form


class CouncilCommands(commands.GroupCog, group_name="council"):
    """Commands about the council of a channel."""

    @app_commands.command(extras=OPENS_FORM)
    async def setup(self, interaction: Interaction, secrecy: Literal["open", "sealed"] = "open") -> None:
        """Open the form that founds a council; `secrecy` is that of its ballots."""
        await offer_form(interaction, desk_of(interaction), await localizer_for(interaction), secrecy=secrecy)

    @app_commands.command()
    async def info(self, interaction: Interaction) -> None:
        """Show the council and its rules."""
        desk, say, channel = desk_of(interaction), await localizer_for(interaction), channel_of(interaction)
        info = await desk.services.councils.info(channel)
        seats = await desk.services.seats.list_in(channel, actor_of(interaction))
        await reply(interaction, render_info(info, seats, say))
        await warn_of_silence(interaction, say)
