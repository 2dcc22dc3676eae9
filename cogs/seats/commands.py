"""`/seat take|leave|list|proxy`, for members."""

from discord import Interaction, app_commands

from cogs.interactions.admission import FOR_SEATS
from cogs.interactions.context import request_of
from cogs.options.issue import Issue
from cogs.options.seat import AnySeat, FreeSeat, OwnSeat, seat_in

from .chairing import ChairCommands
from .listing import render_seats
from .receipts import render_left, render_proxy, render_proxy_ended, render_taken


class SeatCommands(ChairCommands, group_name="seat"):
    """Commands about seats."""

    @app_commands.command()
    async def take(self, interaction: Interaction, seat: FreeSeat | None = None) -> None:
        """Take a seat under open seating, or claim a free delegation."""
        request = await request_of(interaction)
        seats = request.services.seats
        if seat is not None:
            await seats.require_claimant(request.channel, request.actor)
        receipt = await seats.take(request.channel, request.actor, await seat_in(request, seat))
        await request.reply(render_taken(receipt, request.say))

    @app_commands.command()
    async def leave(self, interaction: Interaction, seat: OwnSeat | None = None) -> None:
        """Give up one's own seat, or one's part in a delegation."""
        request = await request_of(interaction)
        seats = request.services.seats
        if seat is not None:
            await seats.require_seat(request.channel, request.actor)
        receipt = await seats.leave(request.channel, request.actor, await seat_in(request, seat))
        await request.reply(render_left(receipt, request.say))

    @app_commands.command(name="list")
    async def list_(self, interaction: Interaction) -> None:
        """Show who sits in the council."""
        request = await request_of(interaction)
        seats = await request.services.seats.list_in(request.channel, request.actor)
        await request.reply(render_seats(seats, 0, request.say))

    @app_commands.command(extras=FOR_SEATS)
    async def proxy(
        self,
        interaction: Interaction,
        to: AnySeat | None = None,
        issue: Issue | None = None,
        seat: OwnSeat | None = None,
    ) -> None:
        """Let another seat vote in one's place for a round or an issue, or, with nobody named, no longer."""
        request = await request_of(interaction)
        proxies, own = request.services.proxies, await seat_in(request, seat)
        about = None if issue is None else await issue.number_in(request)
        if to is None:
            ended = await proxies.take_back(request.channel, request.actor, issue=about, seat=own)
            await request.reply(render_proxy_ended(ended, request.say))
            return
        other = await to.id_in(request)
        given = await proxies.give(request.channel, request.actor, to=other, issue=about, seat=own)
        await request.reply(render_proxy(given, request.say))
