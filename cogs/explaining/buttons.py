"""`Why?` and its tabs, and the menu under a result."""

from cogs.custom_ids.issues import Explain, PickExplained
from cogs.interactions.routes import Routes
from cogs.interactions.tap import Picked, Tap
from deliberation.ids import IssueId

from .panel import render_explanation

routes = Routes()


@routes.button(Explain)
async def explain(tap: Tap[Explain]) -> None:
    """Opens the explanation, or turns to another of its tabs."""
    explained = await tap.services.explaining.of_issue(tap.id.issue)
    await tap.reply(render_explanation(explained, tap.id.view, tap.say), edit=tap.own)


@routes.menu(PickExplained)
async def explain_picked(tap: Picked[PickExplained]) -> None:
    """Opens the explanation of the ruling that was chosen under a result."""
    issue = IssueId(tap.number)
    await tap.services.places.require(tap.channel, issue=issue)
    explained = await tap.services.explaining.of_issue(issue)
    await tap.reply(render_explanation(explained, "why", tap.say))
