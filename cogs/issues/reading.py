"""Answering whoever wants to read an issue, its reasons, or the list of all."""

from discord import Interaction

from cogs.interactions.desk import Desk, actor_of
from cogs.interactions.guard import reply
from cogs.showing.localizer import Localizer
from deliberation.ids import ChannelId
from services.reasons import ReasonsView

from .full import render_full
from .listing import render_list
from .reasons import render_reasons


async def show_issue(interaction: Interaction, desk: Desk, say: Localizer, *, channel: ChannelId, number: int) -> None:
    """The whole issue, with the reader's own ballot."""
    view = await desk.services.issues.show(channel, actor_of(interaction), number)
    info = await desk.services.councils.info(channel)
    for message in render_full(view, say, next_opens_at=info.next_opens_at):
        await reply(interaction, message)


async def show_reasons(
    interaction: Interaction, say: Localizer, view: ReasonsView, *, page: int = 0, edit: bool = False
) -> None:
    """A page of the reasons on an issue."""
    await reply(interaction, render_reasons(view, page, say), edit=edit)


async def show_list(
    interaction: Interaction, desk: Desk, say: Localizer, *, channel: ChannelId, page: int = 0, edit: bool = False
) -> None:
    """A page of the council's issues."""
    council, issues = await desk.services.issues.list_in(channel)
    await reply(interaction, render_list(council, issues, page, say), edit=edit)
