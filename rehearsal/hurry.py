"""`/hurry`: the one command that only the rehearsal has."""

from datetime import timedelta

from discord import Interaction, app_commands
from discord.ext import commands

from cogs.desk import localizer_for
from cogs.guard import reply
from cogs.panels import panel

from .clock import MOST_AHEAD, WorldClock

MOST_MINUTES = MOST_AHEAD // timedelta(minutes=1)


class Hurry(commands.Cog):
    """Lets whoever watches bring the council's clock forward."""

    def __init__(self, clock: WorldClock) -> None:
        self._clock = clock

    # Keys of the catalogue, which give every command its text.
    @app_commands.command(description="command.hurry")
    @app_commands.describe(minutes="command.hurry.minutes")
    async def hurry(self, interaction: Interaction, minutes: app_commands.Range[int, 1, MOST_MINUTES] = 1) -> None:
        """Bring the council's clock forward."""
        ahead = self._clock.hurry(timedelta(minutes=minutes))
        say = await localizer_for(interaction)
        await reply(interaction, panel(say.text("hurry.done", length=say.duration(ahead))))
