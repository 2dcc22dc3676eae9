"""`/order board|verify`."""

from discord import Interaction, app_commands
from discord.ext import commands

from cogs.interactions.desk import actor_of, channel_of, desk_of, localizer_for
from cogs.interactions.guard import reply
from cogs.showing.panels import panel

from .board import render_board, render_record


class Order(commands.GroupCog, group_name="order"):
    """What the council has agreed on so far."""

    @app_commands.command()
    async def board(self, interaction: Interaction, pin: bool = False) -> None:
        """All issues by category; pinned, it keeps itself up to date."""
        desk, say, channel = desk_of(interaction), await localizer_for(interaction), channel_of(interaction)
        if not pin:
            await reply(interaction, render_board(await desk.services.board.board(channel), 0, say))
            return
        await desk.services.board.pin(channel, actor_of(interaction))
        lines = [say.text("board.pinned")]
        if not interaction.app_permissions.pin_messages:
            lines.append(say.text("board.pin.permission"))
        await reply(interaction, panel("\n".join(lines)))

    @app_commands.command()
    async def verify(self, interaction: Interaction, head: str | None = None) -> None:
        """The head of the record's chain, whether it is sound, and whether a head that somebody kept stands in it."""
        desk, say, channel = desk_of(interaction), await localizer_for(interaction), channel_of(interaction)
        view = await desk.services.record.verify(channel, kept=head)
        await reply(interaction, render_record(view, say))
