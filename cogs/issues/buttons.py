"""The buttons of issues: reading, turning pages, and proposing once more."""

from typing import Any

from discord import Interaction

from cogs.custom_ids import CARD_FULL, ISSUES, PROPOSE, PROPOSE_AGAIN, PROPOSE_ANYWAY, REASONS, REASONS_TURN
from cogs.interactions.desk import Desk
from cogs.interactions.guard import GuardedButton
from cogs.showing.localizer import Localizer
from deliberation.ids import CouncilId, IssueId

from .proposing import channel_of_council, open_proposal, propose_anyway
from .reading import show_issue, show_list, show_reasons


class ReadAll(GuardedButton, template=CARD_FULL):
    """`Read all` on a card, `Read` on an issue like one's own."""

    async def act(self, interaction: Interaction, desk: Desk, say: Localizer, ids: Any) -> None:
        card = await desk.services.issues.card(IssueId(ids.issue))
        await show_issue(interaction, desk, say, channel=card.council.channel, number=card.issue.number)


class OpenReasons(GuardedButton, template=REASONS):
    """`Reasons` on a card: a message of their own."""

    async def act(self, interaction: Interaction, desk: Desk, say: Localizer, ids: Any) -> None:
        view = await desk.services.reasons.of_issue(IssueId(ids.issue))
        await show_reasons(interaction, say, view, page=ids.page)


class TurnReasons(GuardedButton, template=REASONS_TURN):
    """To another page of the reasons, in the same message."""

    async def act(self, interaction: Interaction, desk: Desk, say: Localizer, ids: Any) -> None:
        view = await desk.services.reasons.of_issue(IssueId(ids.issue))
        await show_reasons(interaction, say, view, page=ids.page, edit=True)


class TurnIssues(GuardedButton, template=ISSUES):
    """To a page of the list of issues: in the same message where that is the reader's own."""

    async def act(self, interaction: Interaction, desk: Desk, say: Localizer, ids: Any) -> None:
        channel = await channel_of_council(desk, CouncilId(ids.council))
        own = interaction.message is not None and interaction.message.flags.ephemeral
        await show_list(interaction, desk, say, channel=channel, page=ids.page, edit=own)


class Propose(GuardedButton, template=PROPOSE):
    """Opens the form for a new issue."""

    opens_form = True

    async def act(self, interaction: Interaction, desk: Desk, say: Localizer, ids: Any) -> None:
        await open_proposal(interaction, desk, CouncilId(ids.council), say)


class ProposeAgain(GuardedButton, template=PROPOSE_AGAIN):
    """Opens the form with what was typed before: `Try again` and `Edit`."""

    opens_form = True

    async def act(self, interaction: Interaction, desk: Desk, say: Localizer, ids: Any) -> None:
        await open_proposal(interaction, desk, CouncilId(ids.council), say)


class ProposeAnyway(GuardedButton, template=PROPOSE_ANYWAY):
    """Puts the draft up although others are like it."""

    async def act(self, interaction: Interaction, desk: Desk, say: Localizer, ids: Any) -> None:
        await propose_anyway(interaction, desk, CouncilId(ids.council), say)
