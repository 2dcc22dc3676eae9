"""`/seat take|leave|list|proxy`, for members."""

from discord import Interaction, app_commands

from cogs.interactions.admission import FOR_SEATS
from cogs.interactions.desk import actor_of, channel_of, desk_of, localizer_for
from cogs.interactions.guard import reply
from cogs.options.issue import number_meant, suggest_issue
from cogs.options.seat import own_seat_meant, seat_meant, suggest_free_seat, suggest_own_seat, suggest_seat

from .chairing import ChairCommands
from .listing import render_seats
from .receipts import render_left, render_proxy, render_proxy_ended, render_taken


class SeatCommands(ChairCommands, group_name="seat"):
    """Commands about seats."""

    @app_commands.command()
    @app_commands.autocomplete(seat=suggest_free_seat)
    async def take(self, interaction: Interaction, seat: str | None = None) -> None:
        """Take a seat under open seating, or claim a free delegation."""
        desk, say, channel = desk_of(interaction), await localizer_for(interaction), channel_of(interaction)
        actor = actor_of(interaction)
        if seat is not None:
            await desk.services.seats.require_claimant(channel, actor)
        receipt = await desk.services.seats.take(channel, actor, await own_seat_meant(desk, channel, seat))
        await reply(interaction, render_taken(receipt, say))

    @app_commands.command()
    @app_commands.autocomplete(seat=suggest_own_seat)
    async def leave(self, interaction: Interaction, seat: str | None = None) -> None:
        """Give up one's own seat, or one's part in a delegation."""
        desk, say, channel = desk_of(interaction), await localizer_for(interaction), channel_of(interaction)
        actor = actor_of(interaction)
        if seat is not None:
            await desk.services.seats.require_seat(channel, actor)
        receipt = await desk.services.seats.leave(channel, actor, await own_seat_meant(desk, channel, seat))
        await reply(interaction, render_left(receipt, say))

    @app_commands.command(name="list")
    async def list_(self, interaction: Interaction) -> None:
        """Show who sits in the council."""
        desk, say = desk_of(interaction), await localizer_for(interaction)
        seats = await desk.services.seats.list_in(channel_of(interaction), actor_of(interaction))
        await reply(interaction, render_seats(seats, 0, say))

    @app_commands.command(extras=FOR_SEATS)
    @app_commands.autocomplete(to=suggest_seat, issue=suggest_issue, seat=suggest_own_seat)
    async def proxy(
        self, interaction: Interaction, to: str | None = None, issue: str | None = None, seat: str | None = None
    ) -> None:
        """Let another seat vote in one's place for a round or an issue, or, with nobody named, no longer."""
        desk, say, channel = desk_of(interaction), await localizer_for(interaction), channel_of(interaction)
        actor, own = actor_of(interaction), await own_seat_meant(desk, channel, seat)
        about = None if issue is None else await number_meant(desk, channel, issue)
        if to is None:
            ended = await desk.services.proxies.take_back(channel, actor, issue=about, seat=own)
            await reply(interaction, render_proxy_ended(ended, say))
            return
        other = await seat_meant(desk, channel, to)
        given = await desk.services.proxies.give(channel, actor, to=other, issue=about, seat=own)
        await reply(interaction, render_proxy(given, say))
