"""The confirmations of a chair, and `Read all`."""

from typing import Any

from discord import Interaction

from cogs.custom_ids import CANCEL, CLOSE, ROUND_FULL
from cogs.interactions.desk import Desk, actor_of, channel_of
from cogs.interactions.guard import GuardedButton, reply
from cogs.interactions.telling import warn_of_silence
from cogs.showing.localizer import Localizer
from deliberation.ids import RoundId
from deliberation.rounds import RoundStatus

from .answers import render_cancelled, render_closed, render_extended
from .full import render_result_page, render_round_page


class ConfirmClose(GuardedButton, template=CLOSE):
    """Closes the round that the confirmation spoke of."""

    for_chairs = True

    async def act(self, interaction: Interaction, desk: Desk, say: Localizer, ids: Any) -> None:
        channel, chair = channel_of(interaction), actor_of(interaction)
        result = await desk.services.rounds.close(channel, chair, RoundId(ids.round))
        if result is None:
            view = await desk.services.rounds.view(RoundId(ids.round))
            await reply(interaction, render_extended(view, say), edit=True)
            return
        await reply(interaction, render_closed(result, say), edit=True)
        await warn_of_silence(interaction, say)


class ConfirmCancel(GuardedButton, template=CANCEL):
    """Cancels the round that the confirmation spoke of."""

    for_chairs = True

    async def act(self, interaction: Interaction, desk: Desk, say: Localizer, ids: Any) -> None:
        channel, chair = channel_of(interaction), actor_of(interaction)
        view = await desk.services.rounds.cancel(channel, chair, RoundId(ids.round))
        await reply(interaction, render_cancelled(view, say), edit=True)


class ReadRound(GuardedButton, template=ROUND_FULL):
    """Opens a page of a round: its docket while it runs, its result afterwards."""

    async def act(self, interaction: Interaction, desk: Desk, say: Localizer, ids: Any) -> None:
        round_id = RoundId(ids.round)
        view = await desk.services.rounds.view(round_id)
        if view.round.status is RoundStatus.CLOSED:
            shown = render_result_page(await desk.services.rounds.result(round_id), say, page=ids.page)
        else:
            shown = render_round_page(view, say, page=ids.page)
        own = interaction.message is not None and interaction.message.flags.ephemeral
        await reply(interaction, shown, edit=own)
