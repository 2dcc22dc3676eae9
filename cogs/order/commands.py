"""`/order board|verify`."""

from discord import Interaction, app_commands
from discord.ext import commands

from cogs.interactions.context import request_of
from cogs.showing.panels import panel

from .board import render_board, render_record


class Order(commands.GroupCog, group_name="order"):
    """What the council has agreed on so far."""

    @app_commands.command()
    async def board(self, interaction: Interaction, pin: bool = False) -> None:
        """All issues by category; pinned, it keeps itself up to date."""
        request = await request_of(interaction)
        if not pin:
            view = await request.services.board.board(request.channel)
            await request.reply(render_board(view, 0, request.say))
            return
        await request.services.board.pin(request.channel, request.actor)
        lines = [request.say.text("board.pinned")]
        if not interaction.app_permissions.pin_messages:
            lines.append(request.say.text("board.pin.permission"))
        await request.reply(panel("\n".join(lines)))

    @app_commands.command()
    async def verify(self, interaction: Interaction, head: str | None = None) -> None:
        """The head of the record's chain, whether it is sound, and whether a head that somebody kept stands in it."""
        request = await request_of(interaction)
        view = await request.services.record.verify(request.channel, kept=head)
        await request.reply(render_record(view, request.say))
