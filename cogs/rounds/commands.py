"""`/round open|close|extend|pause|resume|rollcall|cancel|schedule|status`, for chairs but for the last."""

from discord import Interaction, app_commands
from discord.ext import commands

from cogs.interactions.admission import FOR_CHAIRS
from cogs.interactions.desk import Desk, actor_of, channel_of, desk_of, localizer_for
from cogs.interactions.guard import reply
from cogs.interactions.telling import tell_troubles
from cogs.options.issue import numbers_meant
from deliberation.durations import duration_text
from deliberation.rounds import NoOpenRound
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
from .zones import suggest_zones

OFF = "off"
ZONE = "UTC"


class Rounds(commands.GroupCog, group_name="round"):
    """Timed voting periods: what chairs do with them, and how the current one stands."""

    @app_commands.command(extras=FOR_CHAIRS)
    async def open(self, interaction: Interaction, length: str | None = None, issues: str | None = None) -> None:
        """Open a round now, over the issues whose turn it is or those that the chair names."""
        desk, say = desk_of(interaction), await localizer_for(interaction)
        chosen = None if issues is None else numbers_meant(issues)
        view = await desk.services.rounds.open(channel_of(interaction), actor_of(interaction), length, issues=chosen)
        await reply(interaction, render_opened(view, say))
        await tell_troubles(interaction, desk, say)

    @app_commands.command(extras=FOR_CHAIRS)
    async def close(self, interaction: Interaction) -> None:
        """Ask for confirmation, with what closing would do."""
        desk, say = desk_of(interaction), await localizer_for(interaction)
        await reply(interaction, ask_close(await _open_round(interaction, desk), say))

    @app_commands.command(extras=FOR_CHAIRS)
    async def extend(self, interaction: Interaction, by: str) -> None:
        """Move the deadline back."""
        desk, say = desk_of(interaction), await localizer_for(interaction)
        view = await desk.services.rounds.extend(channel_of(interaction), actor_of(interaction), by)
        await reply(interaction, render_extended(view, say))

    @app_commands.command(extras=FOR_CHAIRS)
    async def pause(self, interaction: Interaction) -> None:
        """Stop the open round's time."""
        desk, say = desk_of(interaction), await localizer_for(interaction)
        view = await desk.services.rounds.pause(channel_of(interaction), actor_of(interaction))
        await reply(interaction, render_paused(view, say))

    @app_commands.command(extras=FOR_CHAIRS)
    async def resume(self, interaction: Interaction) -> None:
        """Let the paused round go on."""
        desk, say = desk_of(interaction), await localizer_for(interaction)
        view = await desk.services.rounds.resume(channel_of(interaction), actor_of(interaction))
        await reply(interaction, render_resumed(view, say))

    @app_commands.command(extras=FOR_CHAIRS)
    async def rollcall(self, interaction: Interaction, end: bool = False) -> None:
        """Call the roll for the next round, or call it off."""
        desk, say, channel = desk_of(interaction), await localizer_for(interaction), channel_of(interaction)
        rolls, actor = desk.services.roll_calls, actor_of(interaction)
        view = await (rolls.end(channel, actor) if end else rolls.call(channel, actor))
        await reply(interaction, render_called(view, say, ended=end))

    @app_commands.command(extras=FOR_CHAIRS)
    async def cancel(self, interaction: Interaction) -> None:
        """Ask for confirmation, with what cancelling would do."""
        desk, say = desk_of(interaction), await localizer_for(interaction)
        await reply(interaction, ask_cancel(await _open_round(interaction, desk), say))

    @app_commands.command(extras=FOR_CHAIRS)
    async def schedule(self, interaction: Interaction, when: str, length: str | None = None, zone: str = ZONE) -> None:
        """Hold rounds by a timetable, or by none any more."""
        desk, say, channel = desk_of(interaction), await localizer_for(interaction), channel_of(interaction)
        rounds, actor = desk.services.rounds, actor_of(interaction)
        if when.strip().lower() == OFF:
            await reply(interaction, render_unscheduled(say, removed=await rounds.unschedule(channel, actor)))
            return
        if length is None:
            length = duration_text((await desk.services.councils.in_channel(channel)).rules.round_length)
        view = await rounds.schedule(channel, actor, when=when, length=length, zone=zone)
        await reply(interaction, render_scheduled(view, say))

    @schedule.autocomplete("zone")
    async def _suggest_zone(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Time zones that hold what was typed."""
        return [app_commands.Choice(name=name, value=name) for name in suggest_zones(typed)]

    @app_commands.command()
    async def status(self, interaction: Interaction) -> None:
        """The open round as its message shows it, or when the next one opens; first of all what goes wrong."""
        desk, say, channel = desk_of(interaction), await localizer_for(interaction), channel_of(interaction)
        if await tell_troubles(interaction, desk, say):
            return
        view = await desk.services.rounds.status(channel)
        if view is not None:
            await reply(interaction, render_round(view, say))
            return
        info = await desk.services.councils.info(channel)
        await reply(interaction, render_no_round(say, schedule=info.schedule, next_opens_at=info.next_opens_at))


async def _open_round(interaction: Interaction, desk: Desk) -> RoundView:
    """The open round. Raises NoCouncil or NoOpenRound."""
    channel = channel_of(interaction)
    view = await desk.services.rounds.status(channel)
    if view is None:
        raise NoOpenRound(next_at=(await desk.services.councils.info(channel)).next_opens_at)
    return view
