"""Telling people directly: a chair what cannot be told in its council's channel, holders what happens to their seat."""

from dataclasses import replace

import discord
import structlog

from cogs.interactions.desk import Desk
from cogs.seats.notice import render_seats_notice
from cogs.showing.troubles import render_lost_channel
from deliberation.ids import CouncilId
from services.seats import SeatsNotice

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


async def tell_holders(client: discord.Client, desk: Desk, notice: SeatsNotice) -> None:
    """Write to those of the seat's other holders who want to be told that way, each in its language. Who cannot be
    written to is left out, and that is logged."""
    for person in notice.direct:
        preferences = await desk.services.people.preferences(person)
        say = desk.catalogues.localizer(preferences.language or notice.council.language)
        shown, _ = render_seats_notice(replace(notice, mention=()), say)
        try:
            channel = await client.create_dm(discord.Object(person))
            await channel.send(view=shown, allowed_mentions=discord.AllowedMentions.none())
        except (discord.HTTPException, discord.RateLimited) as error:
            log.warning("holder_not_told", council=notice.council.id, reason=str(error))
