"""`/seat take`, `/seat leave` and `/seat list`."""

from discord import Interaction, app_commands
from discord.ext import commands

from cogs.desk import actor_of, channel_of, desk_of, localizer_for
from cogs.guard import reply

from .listing import render_seats
from .receipts import render_left, render_taken


class SeatCommands(commands.GroupCog, group_name="seat"):
    """Commands about seats."""

    @app_commands.command()
    async def take(self, interaction: Interaction) -> None:
        """Take a seat under open seating."""
        desk, say = desk_of(interaction), await localizer_for(interaction)
        receipt = await desk.services.seats.take(channel_of(interaction), actor_of(interaction))
        await reply(interaction, render_taken(receipt, say))

    @app_commands.command()
    async def leave(self, interaction: Interaction) -> None:
        """Give up one's own seat."""
        desk, say = desk_of(interaction), await localizer_for(interaction)
        receipt = await desk.services.seats.leave(channel_of(interaction), actor_of(interaction))
        await reply(interaction, render_left(receipt, say))

    @app_commands.command(name="list")
    async def list_(self, interaction: Interaction) -> None:
        """Show who sits in the council."""
        desk, say = desk_of(interaction), await localizer_for(interaction)
        seats = await desk.services.seats.list_in(channel_of(interaction), actor_of(interaction))
        await reply(interaction, render_seats(seats, 0, say))
