"""Closing a council: asked first, and everything stays readable."""

import discord
from discord import ui

from cogs.custom_ids.councils import CloseCouncil
from cogs.interactions.routes import Routes
from cogs.interactions.tap import Tap
from cogs.showing import parts
from cogs.showing.formatting import plain
from cogs.showing.localizer import Localizer
from cogs.showing.panels import panel
from deliberation.councils import Council

routes = Routes()


def ask_close(council: Council, say: Localizer) -> ui.LayoutView:
    """What closing the council would do, and the button that does it."""
    button = parts.Button(
        style=discord.ButtonStyle.danger,
        label=say.text("council.close.button"),
        custom_id=str(CloseCouncil(council=council.id)),
    )
    return panel(say.text("council.close.ask", name=plain(council.name)), rows=[[button]])


@routes.button(CloseCouncil, for_chairs=True)
async def close_council(tap: Tap[CloseCouncil]) -> None:
    """Closes the council that the confirmation spoke of."""
    council = await tap.services.councils.get(tap.id.council)
    info = await tap.services.councils.close(council.channel, tap.actor)
    await tap.reply(panel(tap.say.text("council.closed", name=plain(info.council.name))), edit=True)
