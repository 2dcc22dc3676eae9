"""Permission first: who may not do a thing is told so before anything of it is read, matched, looked up or fetched.

The services ask again, in the transaction that does it: what counts is who chairs or sits then.
"""

from typing import Any

import discord
from discord import app_commands

from deliberation.councils import Council

from .context import context_of
from .request import actor_of, channel_of

FOR_CHAIRS = {"for_chairs": True}
"""The `extras` of a command that is the chairs' alone."""
FOR_SEATS = {"for_seats": True}
"""The `extras` of a command for which one must hold a seat."""
FOR_FOUNDERS = {"for_founders": True}
"""The `extras` of a command for who may found a council."""


async def require_admitted(interaction: discord.Interaction[Any]) -> None:
    """Raises where a command is for chairs, seats or founders, and who uses it is none: see `require_chair`,
    `SeatService.require_seat` and `CouncilService.require_founder`."""
    command = interaction.command
    extras = command.extras if isinstance(command, app_commands.Command) else {}
    if extras.get("for_chairs"):
        await require_chair(interaction)
    if extras.get("for_founders"):
        context_of(interaction).services.councils.require_founder(actor_of(interaction))
    if extras.get("for_seats"):
        await context_of(interaction).services.seats.require_seat(channel_of(interaction), actor_of(interaction))


async def require_chair(interaction: discord.Interaction[Any]) -> Council:
    """The channel's council, if who acts chairs it. Raises NoCouncil, CouncilClosed or NotChair."""
    return await context_of(interaction).services.councils.chaired(channel_of(interaction), actor_of(interaction))
