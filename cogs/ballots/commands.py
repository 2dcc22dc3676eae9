"""`/vote` and `/docket`."""

from discord import Interaction, app_commands
from discord.ext import commands

from cogs.desk import actor_of, channel_of, desk_of, localizer_for
from cogs.formatting import shorten
from cogs.guard import reply
from cogs.issue_option import number_meant

from .ballot import render_ballot
from .buttons import show_docket

CHOICE_LIMIT = 100


class Ballots(commands.Cog):
    """Voting by command, for who would rather type than look for the buttons."""

    @app_commands.command()
    async def vote(self, interaction: Interaction, issue: str) -> None:
        """One issue's ballot."""
        desk, say, channel = desk_of(interaction), await localizer_for(interaction), channel_of(interaction)
        number = await number_meant(desk, channel, issue)
        view = await desk.services.ballots.ballot_for(channel, actor_of(interaction), number)
        await reply(interaction, render_ballot(view, say))

    @vote.autocomplete("issue")
    async def _suggest(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """The issues that can be voted on now."""
        issues = await desk_of(interaction).services.issues.suggest(channel_of(interaction), typed, votable=True)
        return [
            app_commands.Choice(
                name=shorten(f"#{issue.number} {issue.text.title}", CHOICE_LIMIT), value=str(issue.number)
            )
            for issue in issues
        ]

    @app_commands.command()
    async def docket(self, interaction: Interaction) -> None:
        """The member's own docket."""
        desk, say = desk_of(interaction), await localizer_for(interaction)
        view = await desk.services.ballots.docket(channel_of(interaction), actor_of(interaction))
        await show_docket(interaction, desk, say, view, edit=False)
