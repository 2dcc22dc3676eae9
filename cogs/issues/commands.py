"""`/propose`, `/reasons`, and `/issue show|list|withdraw|review`."""

from discord import Interaction, app_commands
from discord.ext import commands

from cogs.interactions.admission import FOR_SEATS
from cogs.interactions.context import request_of
from cogs.interactions.tree import OPENS_FORM
from cogs.options.issue import Issue
from cogs.options.seat import OwnSeat, seat_in

from .editing_commands import Editing
from .proposing import open_proposal
from .reading import show_issue, show_list, show_reasons
from .receipts import render_review, render_withdrawn


class Proposals(commands.Cog):
    """Putting issues up, and reading why seats vote as they do."""

    @app_commands.command(extras=OPENS_FORM)
    async def propose(self, interaction: Interaction, replaces: Issue | None = None) -> None:
        """Opens the form for a new issue, perhaps in another's place."""
        request = await request_of(interaction)
        council = await request.services.councils.in_channel(request.channel)
        council.require_sitting()
        number = None if replaces is None else await replaces.number_in(request)
        await open_proposal(request, council.id, replaces=number)

    @app_commands.command()
    async def reasons(self, interaction: Interaction, issue: Issue) -> None:
        """The reasons on an issue."""
        request = await request_of(interaction)
        number = await issue.number_in(request)
        await show_reasons(request, await request.services.reasons.list_of(request.channel, number))


class Issues(Editing, group_name="issue"):
    """Reading issues, and what may be asked for one."""

    @app_commands.command()
    async def show(self, interaction: Interaction, issue: Issue) -> None:
        """One issue in full."""
        request = await request_of(interaction)
        await show_issue(request, channel=request.channel, number=await issue.number_in(request))

    @app_commands.command(name="list")
    async def list_all(self, interaction: Interaction) -> None:
        """All issues by category."""
        request = await request_of(interaction)
        await show_list(request, channel=request.channel)

    @app_commands.command()
    async def withdraw(self, interaction: Interaction, issue: Issue) -> None:
        """Takes back one's own issue before its first ruling."""
        request = await request_of(interaction)
        number = await issue.number_in(request)
        view = await request.services.issues.withdraw(request.channel, request.actor, number)
        await request.reply(render_withdrawn(view, request.say))

    @app_commands.command(extras=FOR_SEATS)
    async def review(self, interaction: Interaction, issue: Issue, seat: OwnSeat | None = None) -> None:
        """Asks to vote again on a prohibited issue, or seconds that."""
        request = await request_of(interaction)
        number, own = await issue.number_in(request), await seat_in(request, seat)
        receipt = await request.services.issues.review(request.channel, request.actor, number, own)
        await request.reply(render_review(receipt, request.say))
