"""Telling a chair directly what cannot be told in the council's channel."""

import discord
import structlog

from cogs.desk import Desk
from cogs.troubles import render_lost_channel
from deliberation.ids import CouncilId

log = structlog.get_logger(__name__)


async def tell_chair(client: discord.Client, desk: Desk, council_id: CouncilId) -> bool:
    """Write to whoever acted last as the council's chair that its channel is gone; whether that could be done."""
    person = await desk.services.troubles.last_chair(council_id)
    if person is None:
        return False
    council = await desk.services.councils.get(council_id)
    preferences = await desk.services.people.preferences(person)
    say = desk.catalogues.localizer(preferences.language or council.language)
    try:
        channel = await client.create_dm(discord.Object(person))
        await channel.send(view=render_lost_channel(council, say), allowed_mentions=discord.AllowedMentions.none())
    except (discord.HTTPException, discord.RateLimited) as error:
        log.warning("chair_not_told", council=council_id, reason=str(error))
        return False
    return True
