"""`Why?` and its tabs, and the menu under a result."""

from typing import Any

from discord import Interaction

from cogs.custom_ids import EXPLAIN, EXPLAIN_PICK
from cogs.interactions.desk import Desk, channel_of
from cogs.interactions.guard import GuardedButton, GuardedSelect, reply
from cogs.showing.localizer import Localizer
from deliberation.ids import IssueId

from .panel import render_explanation


class Explain(GuardedButton, template=EXPLAIN):
    """Opens the explanation, or turns to another of its tabs."""

    async def act(self, interaction: Interaction, desk: Desk, say: Localizer, ids: Any) -> None:
        explained = await desk.services.explaining.of_issue(IssueId(ids.issue))
        own = interaction.message is not None and interaction.message.flags.ephemeral
        await reply(interaction, render_explanation(explained, ids.view, say), edit=own)


class PickExplained(GuardedSelect, template=EXPLAIN_PICK):
    """Opens the explanation of the ruling that was chosen under a result."""

    async def act(self, interaction: Interaction, desk: Desk, say: Localizer, ids: Any) -> None:
        issue = IssueId(self.number)
        await desk.services.places.require(channel_of(interaction), issue=issue)
        explained = await desk.services.explaining.of_issue(issue)
        await reply(interaction, render_explanation(explained, "why", say))
