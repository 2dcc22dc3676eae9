"""`/vote` and `/docket`."""

from discord import Interaction, app_commands
from discord.ext import commands

from cogs.custom_ids.ballots import OpenBallot, OpenDocket
from cogs.interactions.context import request_of
from cogs.interactions.request import Request
from cogs.options.issue import VotableIssue
from cogs.showing.choosing import render_chooser
from deliberation.ids import IssueId, RoundId
from deliberation.rounds import NoOpenRound, NotOnDocket
from deliberation.seats import WhichSeat

from .ballot import render_ballot
from .buttons import show_docket


class Ballots(commands.Cog):
    """Voting by command, for who would rather type than look for the buttons."""

    @app_commands.command()
    async def vote(self, interaction: Interaction, issue: VotableIssue) -> None:
        """One issue's ballot."""
        request = await request_of(interaction)
        number = await issue.number_in(request)
        try:
            view = await request.services.ballots.ballot_for(request.channel, request.actor, number)
        except WhichSeat as error:
            round_, about = await _voted_on(request, number)
            chooser = render_chooser(error, request.say, lambda seat: OpenBallot(round=round_, issue=about, seat=seat))
            await request.reply(chooser)
            return
        await request.reply(render_ballot(view, request.say))

    @app_commands.command()
    async def docket(self, interaction: Interaction) -> None:
        """The member's own docket."""
        request = await request_of(interaction)
        try:
            view = await request.services.ballots.docket(request.channel, request.actor)
        except WhichSeat as error:
            status = await request.services.rounds.status(request.channel)
            round_ = RoundId(0) if status is None else status.round.id
            await request.reply(render_chooser(error, request.say, lambda seat: OpenDocket(round=round_, seat=seat)))
            return
        await show_docket(request, view, edit=False)


async def _voted_on(request: Request, number: int) -> tuple[RoundId, IssueId]:
    """The running round and the issue of that number, for a member who has yet to say for which seat it votes."""
    status = await request.services.rounds.status(request.channel)
    if status is None:
        raise NoOpenRound(next_at=None)
    found = next((line.entry for line in status.lines if line.entry.number == number), None)
    if found is None:
        raise NotOnDocket(number=number)
    return status.round.id, found.issue
