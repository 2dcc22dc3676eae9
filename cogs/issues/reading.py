"""Answering whoever wants to read an issue, its reasons, or the list of all."""

from cogs.custom_ids.ballots import ShowReasons, TurnReasons
from cogs.custom_ids.issues import ReadIssue, TurnIssues
from cogs.interactions.request import Request
from cogs.interactions.routes import Routes
from cogs.interactions.tap import Tap
from deliberation.ids import ChannelId
from services.reasons import ReasonsView

from .full import render_full
from .listing import render_list
from .reasons import render_reasons

routes = Routes()


@routes.button(ReadIssue)
async def read_issue(tap: Tap[ReadIssue]) -> None:
    """`Read all` on a card, `Read` on an issue like one's own."""
    card = await tap.services.issues.card(tap.id.issue)
    await show_issue(tap, channel=card.council.channel, number=card.issue.number)


@routes.button(ShowReasons)
async def open_reasons(tap: Tap[ShowReasons]) -> None:
    """`Reasons` on a card: a message of their own."""
    await show_reasons(tap, await tap.services.reasons.of_issue(tap.id.issue), page=tap.id.page)


@routes.button(TurnReasons)
async def turn_reasons(tap: Tap[TurnReasons]) -> None:
    """To another page of the reasons, in the same message."""
    await show_reasons(tap, await tap.services.reasons.of_issue(tap.id.issue), page=tap.id.page, edit=True)


@routes.button(TurnIssues)
async def turn_issues(tap: Tap[TurnIssues]) -> None:
    """To a page of the list of issues: in the same message where that is the reader's own."""
    council = await tap.services.councils.get(tap.id.council)
    await show_list(tap, channel=council.channel, page=tap.id.page, edit=tap.own)


async def show_issue(request: Request, *, channel: ChannelId, number: int) -> None:
    """The whole issue, with the reader's own ballot."""
    view = await request.services.issues.show(channel, request.actor, number)
    info = await request.services.councils.info(channel)
    for message in render_full(view, request.say, next_opens_at=info.next_opens_at):
        await request.reply(message)


async def show_reasons(request: Request, view: ReasonsView, *, page: int = 0, edit: bool = False) -> None:
    """A page of the reasons on an issue."""
    await request.reply(render_reasons(view, page, request.say), edit=edit)


async def show_list(request: Request, *, channel: ChannelId, page: int = 0, edit: bool = False) -> None:
    """A page of the council's issues."""
    council, issues = await request.services.issues.list_in(channel)
    await request.reply(render_list(council, issues, page, request.say), edit=edit)
