"""`/vote` and `/docket`."""

from discord import Interaction, app_commands
from discord.ext import commands

from cogs.custom_ids import BALLOT_OF, DOCKET
from cogs.interactions.desk import Desk, actor_of, channel_of, desk_of, localizer_for
from cogs.interactions.guard import reply
from cogs.options.issue import number_meant
from cogs.showing.choosing import render_chooser
from cogs.showing.formatting import shorten
from deliberation.ids import ChannelId, IssueId, RoundId
from deliberation.rounds import NoOpenRound, NotOnDocket
from deliberation.seats import WhichSeat

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
        try:
            view = await desk.services.ballots.ballot_for(channel, actor_of(interaction), number)
        except WhichSeat as error:
            round_, about = await _voted_on(desk, channel, number)
            chooser = render_chooser(error, say, lambda seat: BALLOT_OF.build(round=round_, issue=about, seat=seat))
            await reply(interaction, chooser)
            return
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
        channel = channel_of(interaction)
        try:
            view = await desk.services.ballots.docket(channel, actor_of(interaction))
        except WhichSeat as error:
            status = await desk.services.rounds.status(channel)
            round_ = 0 if status is None else status.round.id
            await reply(interaction, render_chooser(error, say, lambda seat: DOCKET.build(round=round_, seat=seat)))
            return
        await show_docket(interaction, desk, say, view, edit=False)


async def _voted_on(desk: Desk, channel: ChannelId, number: int) -> tuple[RoundId, IssueId]:
    """The running round and the issue of that number, for a member who has yet to say for which seat it votes."""
    status = await desk.services.rounds.status(channel)
    if status is None:
        raise NoOpenRound(next_at=None)
    found = next((line.entry for line in status.lines if line.entry.number == number), None)
    if found is None:
        raise NotOnDocket(number=number)
    return status.round.id, found.issue
