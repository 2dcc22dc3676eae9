"""Closing a council: asked first, and everything stays readable."""

from typing import Any

import discord
from discord import Interaction, ui

from cogs.custom_ids import COUNCIL_CLOSE
from cogs.interactions.desk import Desk, actor_of
from cogs.interactions.guard import GuardedButton, reply
from cogs.showing.formatting import plain
from cogs.showing.localizer import Localizer
from cogs.showing.panels import panel
from deliberation.councils import Council
from deliberation.ids import CouncilId


def ask_close(council: Council, say: Localizer) -> ui.LayoutView:
    """What closing the council would do, and the button that does it."""
    button = ui.Button(
        style=discord.ButtonStyle.danger,
        label=say.text("council.close.button"),
        custom_id=COUNCIL_CLOSE.build(council=council.id),
    )
    return panel(say.text("council.close.ask", name=plain(council.name)), rows=[[button]])


class ConfirmClose(GuardedButton, template=COUNCIL_CLOSE):
    """Closes the council that the confirmation spoke of."""

    for_chairs = True

    async def act(self, interaction: Interaction, desk: Desk, say: Localizer, ids: Any) -> None:
        council = await desk.services.councils.get(CouncilId(ids.council))
        info = await desk.services.councils.close(council.channel, actor_of(interaction))
        await reply(interaction, panel(say.text("council.closed", name=plain(info.council.name))), edit=True)
