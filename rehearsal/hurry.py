"""`/hurry`: the one command that only the rehearsal has."""

from datetime import timedelta

from discord import Interaction, app_commands
from discord.ext import commands

from cogs.interactions.context import request_of
from cogs.interactions.request import Request
from cogs.showing.panels import panel

from .clock import MOST_AHEAD, WorldClock
from .play import BREAK

MOST_MINUTES = MOST_AHEAD // timedelta(minutes=1)


class Hurry(commands.Cog):
    """Lets the visitor bring the council's clock forward."""

    def __init__(self, clock: WorldClock) -> None:
        self._clock = clock

    # Keys of the catalogue, which gives every command its text.
    @app_commands.command(description="command.hurry")
    @app_commands.describe(minutes="command.hurry.minutes")
    async def hurry(
        self, interaction: Interaction, minutes: app_commands.Range[int, 1, MOST_MINUTES] | None = None
    ) -> None:
        """Bring the council's clock forward: by so many minutes, or to the end of the round or of the break."""
        request = await request_of(interaction)
        by = await self._until_next(request) if minutes is None else timedelta(minutes=minutes)
        ahead = self._clock.hurry(by)
        await request.reply(panel(request.say.text("hurry.done", length=request.say.duration(ahead))))

    async def _until_next(self, request: Request) -> timedelta:
        """How long it is until the open round's deadline, or else until the next round opens at the latest."""
        status = await request.services.rounds.status(request.channel)
        if status is None:
            return BREAK
        return max(status.round.closes_at - self._clock.now(), timedelta(seconds=1))
