"""`/issue second|amend|merge|hide`."""

from discord import Interaction, app_commands
from discord.ext import commands

from cogs.custom_ids.issues import ShowAgain
from cogs.interactions.admission import FOR_CHAIRS, FOR_SEATS
from cogs.interactions.context import request_of
from cogs.interactions.tree import OPENS_FORM
from cogs.options.issue import Issue
from cogs.options.seat import OwnSeat, seat_in
from cogs.showing import parts
from cogs.showing.panels import panel

from .editing import open_amendment, render_seconded
from .lines import name_of


class Editing(commands.GroupCog):
    """What may be done to an issue between its votes."""

    @app_commands.command(extras=FOR_SEATS)
    async def second(self, interaction: Interaction, issue: Issue, seat: OwnSeat | None = None) -> None:
        """Second an issue that lacks seconds."""
        request = await request_of(interaction)
        number, own = await issue.number_in(request), await seat_in(request, seat)
        receipt = await request.services.editing.second(request.channel, request.actor, number, own)
        await request.reply(render_seconded(receipt, request.say))

    @app_commands.command(extras=OPENS_FORM)
    async def amend(self, interaction: Interaction, issue: Issue) -> None:
        """Open the form with an issue's text."""
        request = await request_of(interaction)
        await open_amendment(request, request.channel, await issue.number_in(request))

    @app_commands.command(extras=FOR_CHAIRS)
    async def merge(self, interaction: Interaction, issue: Issue, into: Issue) -> None:
        """Merge a duplicate into another issue."""
        request = await request_of(interaction)
        number, other = await issue.number_in(request), await into.number_in(request)
        view = await request.services.editing.merge(request.channel, request.actor, number, into=other)
        await request.reply(panel(request.say.text("issues.merged.receipt", issue=name_of(view.issue), into=other)))

    @app_commands.command(extras=FOR_CHAIRS)
    async def hide(self, interaction: Interaction, issue: Issue, why: str = "", lift: bool = False) -> None:
        """Hide what breaks the server's rules, with a public note of why, or no longer."""
        request = await request_of(interaction)
        editing, say = request.services.editing, request.say
        number = await issue.number_in(request)
        if lift:
            shown = await editing.show_again(request.channel, request.actor, number)
            await request.reply(panel(say.text("issues.shown.receipt", issue=name_of(shown.issue))))
            return
        view = await editing.hide(request.channel, request.actor, number, note=why)
        again = str(ShowAgain(issue=view.issue.id))
        show = parts.Button(label=say.text("issues.button.show_again"), custom_id=again)
        await request.reply(panel(say.text("issues.hidden.receipt", number=number), rows=[[show]]))
