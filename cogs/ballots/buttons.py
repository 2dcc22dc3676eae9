"""The buttons and the menu with which members find what to vote on. They carry all they know in their ids."""

from cogs.custom_ids.ballots import OpenBallot, OpenDocket, PickIssue
from cogs.interactions.request import Request
from cogs.interactions.routes import Routes
from cogs.interactions.tap import Picked, Tap
from cogs.showing.choosing import render_chooser
from deliberation.ids import IssueId
from deliberation.seats import WhichSeat
from services.rounds import RoundView

from .ballot import render_ballot
from .docket import missing, render_docket

routes = Routes()


@routes.button(OpenBallot)
async def open_ballot(tap: Tap[OpenBallot]) -> None:
    """Opens one issue's ballot."""
    view = await tap.services.ballots.ballot_of(tap.id.round, tap.id.issue, tap.actor, tap.id.seat)
    await tap.reply(render_ballot(view, tap.say, seat=tap.id.seat), edit=tap.own)


@routes.menu(PickIssue)
async def pick_issue(tap: Picked[PickIssue]) -> None:
    """Opens the ballot of the issue chosen from a docket's menu."""
    round_id, issue, seat = tap.id.round, IssueId(tap.number), tap.id.seat
    await tap.services.places.require(tap.channel, issue=issue)
    try:
        view = await tap.services.ballots.ballot_of(round_id, issue, tap.actor, seat)
    except WhichSeat as error:
        # The menu's own id does not say what was chosen from it: that of the issue's ballot does.
        chooser = render_chooser(error, tap.say, lambda seat: OpenBallot(round=round_id, issue=issue, seat=seat))
        await tap.reply(chooser)
        return
    await tap.reply(render_ballot(view, tap.say, seat=seat), edit=tap.own)


@routes.button(OpenDocket)
async def open_docket(tap: Tap[OpenDocket]) -> None:
    """`Vote`: opens the member's own docket."""
    view = await tap.services.ballots.docket_of(tap.id.round, tap.actor, tap.id.seat)
    await show_docket(tap, view, edit=tap.own)


async def show_docket(request: Request, view: RoundView, *, edit: bool) -> None:
    """The docket, open at the first issue that lacks the member's ballot."""
    first = None
    if lines := missing(view):
        issue, seat = lines[0].entry.issue, None if view.seat is None else view.seat.id
        first = await request.services.ballots.ballot_of(view.round.id, issue, request.actor, seat)
    await request.reply(render_docket(view, first, request.say), edit=edit)
