"""`/round open|close|extend|pause|resume|rollcall|cancel|schedule|status`, for chairs but for the last."""

from discord import Interaction, app_commands
from discord.ext import commands

from cogs.interactions.admission import FOR_CHAIRS
from cogs.interactions.context import request_of
from cogs.interactions.request import Request
from cogs.interactions.telling import tell_troubles
from cogs.options.issue import IssueNumbers
from cogs.options.zone import Zone
from deliberation.rounds import NoOpenRound
from deliberation.texts.durations import duration_text
from services.rounds import RoundView

from .answers import (
    ask_cancel,
    ask_close,
    render_extended,
    render_no_round,
    render_opened,
    render_paused,
    render_resumed,
    render_scheduled,
    render_unscheduled,
)
from .message import render_round
from .roll_call import render_called

OFF = "off"
ZONE = "UTC"


class Rounds(commands.GroupCog, group_name="round"):
    """Timed voting periods: what chairs do with them, and how the current one stands."""

    @app_commands.command(extras=FOR_CHAIRS)
    async def open(
        self, interaction: Interaction, length: str | None = None, issues: IssueNumbers | None = None
    ) -> None:
        """Open a round now, over the issues whose turn it is or those that the chair names."""
        request = await request_of(interaction)
        view = await request.services.rounds.open(request.channel, request.actor, length, issues=issues)
        await request.reply(render_opened(view, request.say))
        await tell_troubles(request)

    @app_commands.command(extras=FOR_CHAIRS)
    async def close(self, interaction: Interaction) -> None:
        """Ask for confirmation, with what closing would do."""
        request = await request_of(interaction)
        await request.reply(ask_close(await _open_round(request), request.say))

    @app_commands.command(extras=FOR_CHAIRS)
    async def extend(self, interaction: Interaction, by: str) -> None:
        """Move the deadline back."""
        request = await request_of(interaction)
        view = await request.services.rounds.extend(request.channel, request.actor, by)
        await request.reply(render_extended(view, request.say))

    @app_commands.command(extras=FOR_CHAIRS)
    async def pause(self, interaction: Interaction) -> None:
        """Stop the open round's time."""
        request = await request_of(interaction)
        view = await request.services.rounds.pause(request.channel, request.actor)
        await request.reply(render_paused(view, request.say))

    @app_commands.command(extras=FOR_CHAIRS)
    async def resume(self, interaction: Interaction) -> None:
        """Let the paused round go on."""
        request = await request_of(interaction)
        view = await request.services.rounds.resume(request.channel, request.actor)
        await request.reply(render_resumed(view, request.say))

    @app_commands.command(extras=FOR_CHAIRS)
    async def rollcall(self, interaction: Interaction, end: bool = False) -> None:
        """Call the roll for the next round, or call it off."""
        request = await request_of(interaction)
        rolls = request.services.roll_calls
        view = await (rolls.end if end else rolls.call)(request.channel, request.actor)
        await request.reply(render_called(view, request.say, ended=end))

    @app_commands.command(extras=FOR_CHAIRS)
    async def cancel(self, interaction: Interaction) -> None:
        """Ask for confirmation, with what cancelling would do."""
        request = await request_of(interaction)
        await request.reply(ask_cancel(await _open_round(request), request.say))

    @app_commands.command(extras=FOR_CHAIRS)
    async def schedule(self, interaction: Interaction, when: str, length: str | None = None, zone: Zone = ZONE) -> None:
        """Hold rounds by a timetable, or by none any more."""
        request = await request_of(interaction)
        rounds, channel = request.services.rounds, request.channel
        if when.strip().lower() == OFF:
            removed = await rounds.unschedule(channel, request.actor)
            await request.reply(render_unscheduled(request.say, removed=removed))
            return
        if length is None:
            council = await request.services.councils.in_channel(channel)
            length = duration_text(council.rules.round_length)
        view = await rounds.schedule(channel, request.actor, when=when, length=length, zone=zone)
        await request.reply(render_scheduled(view, request.say))

    @app_commands.command()
    async def status(self, interaction: Interaction) -> None:
        """The open round as its message shows it, or when the next one opens; first of all what goes wrong."""
        request = await request_of(interaction)
        if await tell_troubles(request):
            return
        view = await request.services.rounds.status(request.channel)
        if view is not None:
            await request.reply(render_round(view, request.say))
            return
        info = await request.services.councils.info(request.channel)
        await request.reply(render_no_round(request.say, schedule=info.schedule, next_opens_at=info.next_opens_at))


async def _open_round(request: Request) -> RoundView:
    """The open round. Raises NoCouncil or NoOpenRound."""
    view = await request.services.rounds.status(request.channel)
    if view is None:
        raise NoOpenRound(next_at=(await request.services.councils.info(request.channel)).next_opens_at)
    return view
