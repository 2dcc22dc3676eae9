"""`/propose`, `/reasons`, and `/issue show|list|withdraw|review`."""

from discord import Interaction, app_commands
from discord.ext import commands

from cogs.interactions.admission import FOR_SEATS
from cogs.interactions.desk import actor_of, channel_of, desk_of, localizer_for
from cogs.interactions.guard import OPENS_FORM, reply
from cogs.options.issue import number_meant, suggest_issue
from cogs.options.seat import own_seat_meant, suggest_own_seat

from .editing import Editing
from .proposing import open_proposal
from .reading import show_issue, show_list, show_reasons
from .receipts import render_review, render_withdrawn


class Proposals(commands.Cog):
    """Putting issues up, and reading why seats vote as they do."""

    @app_commands.command(extras=OPENS_FORM)
    @app_commands.autocomplete(replaces=suggest_issue)
    async def propose(self, interaction: Interaction, replaces: str | None = None) -> None:
        """Opens the form for a new issue, perhaps in another's place."""
        desk, say, channel = desk_of(interaction), await localizer_for(interaction), channel_of(interaction)
        council = await desk.services.councils.in_channel(channel)
        council.require_sitting()
        number = None if replaces is None else await number_meant(desk, channel, replaces)
        await open_proposal(interaction, desk, council.id, say, replaces=number)

    @app_commands.command()
    @app_commands.autocomplete(issue=suggest_issue)
    async def reasons(self, interaction: Interaction, issue: str) -> None:
        """The reasons on an issue."""
        desk, channel, say = desk_of(interaction), channel_of(interaction), await localizer_for(interaction)
        view = await desk.services.reasons.list_of(channel, await number_meant(desk, channel, issue))
        await show_reasons(interaction, say, view)


class Issues(Editing, group_name="issue"):
    """Reading issues, and what may be asked for one."""

    @app_commands.command()
    @app_commands.autocomplete(issue=suggest_issue)
    async def show(self, interaction: Interaction, issue: str) -> None:
        """One issue in full."""
        desk, channel, say = desk_of(interaction), channel_of(interaction), await localizer_for(interaction)
        number = await number_meant(desk, channel, issue)
        await show_issue(interaction, desk, say, channel=channel, number=number)

    @app_commands.command(name="list")
    async def list_all(self, interaction: Interaction) -> None:
        """All issues by category."""
        say = await localizer_for(interaction)
        await show_list(interaction, desk_of(interaction), say, channel=channel_of(interaction))

    @app_commands.command()
    @app_commands.autocomplete(issue=suggest_issue)
    async def withdraw(self, interaction: Interaction, issue: str) -> None:
        """Takes back one's own issue before its first ruling."""
        desk, channel, say = desk_of(interaction), channel_of(interaction), await localizer_for(interaction)
        number = await number_meant(desk, channel, issue)
        view = await desk.services.issues.withdraw(channel, actor_of(interaction), number)
        await reply(interaction, render_withdrawn(view, say))

    @app_commands.command(extras=FOR_SEATS)
    @app_commands.autocomplete(issue=suggest_issue, seat=suggest_own_seat)
    async def review(self, interaction: Interaction, issue: str, seat: str | None = None) -> None:
        """Asks to vote again on a prohibited issue, or seconds that."""
        desk, channel, say = desk_of(interaction), channel_of(interaction), await localizer_for(interaction)
        number = await number_meant(desk, channel, issue)
        own = await own_seat_meant(desk, channel, seat)
        receipt = await desk.services.issues.review(channel, actor_of(interaction), number, own)
        await reply(interaction, render_review(receipt, say))
