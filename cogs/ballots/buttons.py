"""The buttons and the menu with which members vote. They carry all they know in their ids."""

from typing import Any

from discord import Interaction

from cogs.custom_ids import BALLOT, BALLOT_OF, DOCKET, PICK, REASON, UNVOTE
from cogs.interactions.desk import Desk, actor_of, channel_of
from cogs.interactions.guard import GuardedButton, GuardedSelect, reply
from cogs.showing.choosing import render_chooser
from cogs.showing.localizer import Localizer
from deliberation.ids import IssueId, RoundId
from deliberation.seats import WhichSeat
from services.rounds import RoundView

from .ballot import render_ballot
from .casting import answer, ask_reason, cast, is_own
from .docket import missing, render_docket


class CastBallot(GuardedButton, template=BALLOT):
    """One of the four positions: one tap votes, or opens the form where a reason is required."""

    opens_form = True

    async def act(self, interaction: Interaction, desk: Desk, say: Localizer, ids: Any) -> None:
        await cast(interaction, desk, say, ids)


class GiveReason(GuardedButton, template=REASON):
    """Opens the reason form for a position."""

    opens_form = True

    async def act(self, interaction: Interaction, desk: Desk, say: Localizer, ids: Any) -> None:
        await ask_reason(interaction, desk, say, ids)


class WithdrawBallot(GuardedButton, template=UNVOTE):
    """Takes the ballot back."""

    async def act(self, interaction: Interaction, desk: Desk, say: Localizer, ids: Any) -> None:
        round_id, issue = RoundId(ids.round), IssueId(ids.issue)
        receipt = await desk.services.ballots.withdraw(round_id, issue, ids.version, actor_of(interaction), ids.seat)
        await answer(interaction, desk, say, receipt, seat=ids.seat)


class OpenBallot(GuardedButton, template=BALLOT_OF):
    """Opens one issue's ballot."""

    async def act(self, interaction: Interaction, desk: Desk, say: Localizer, ids: Any) -> None:
        round_id, issue = RoundId(ids.round), IssueId(ids.issue)
        view = await desk.services.ballots.ballot_of(round_id, issue, actor_of(interaction), ids.seat)
        await reply(interaction, render_ballot(view, say, seat=ids.seat), edit=is_own(interaction))


class PickIssue(GuardedSelect, template=PICK):
    """Opens the ballot of the issue chosen from a docket's menu."""

    async def act(self, interaction: Interaction, desk: Desk, say: Localizer, ids: Any) -> None:
        issue = IssueId(self.number)
        round_id = RoundId(ids.round)
        await desk.services.places.require(channel_of(interaction), issue=issue)
        try:
            view = await desk.services.ballots.ballot_of(round_id, issue, actor_of(interaction), ids.seat)
        except WhichSeat as error:
            # The menu's own id does not say what was chosen from it: that of the issue's ballot does.
            chooser = render_chooser(error, say, lambda seat: BALLOT_OF.build(round=round_id, issue=issue, seat=seat))
            await reply(interaction, chooser)
            return
        await reply(interaction, render_ballot(view, say, seat=ids.seat), edit=is_own(interaction))


class OpenDocket(GuardedButton, template=DOCKET):
    """`Vote`: opens the member's own docket."""

    async def act(self, interaction: Interaction, desk: Desk, say: Localizer, ids: Any) -> None:
        view = await desk.services.ballots.docket_of(RoundId(ids.round), actor_of(interaction), ids.seat)
        await show_docket(interaction, desk, say, view, edit=is_own(interaction))


async def show_docket(interaction: Interaction, desk: Desk, say: Localizer, view: RoundView, *, edit: bool) -> None:
    """The docket, open at the first issue that lacks the member's ballot."""
    first = None
    if lines := missing(view):
        issue, seat = lines[0].entry.issue, None if view.seat is None else view.seat.id
        first = await desk.services.ballots.ballot_of(view.round.id, issue, actor_of(interaction), seat)
    await reply(interaction, render_docket(view, first, say), edit=edit)
