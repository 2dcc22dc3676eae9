"""Reminders by direct message, for those who chose that."""

from dataclasses import replace

import discord
import structlog

from cogs.interactions.desk import Desk
from cogs.rounds.reminder import render_reminder
from services.rounds import ReminderView

log = structlog.get_logger(__name__)

CANNOT_DIRECT = 50007


async def remind_directly(client: discord.Client, desk: Desk, view: ReminderView) -> None:
    """Write to each person who wants reminders that way, in the person's language. Who cannot be written to is left
    out, and that is logged; any other refusal ends only that person's message."""
    for person in view.direct:
        preferences = await desk.services.people.preferences(person)
        say = desk.catalogues.localizer(preferences.language or view.council.language)
        shown, _ = render_reminder(replace(view, mention=(), direct=(), at_risk=()), say)
        try:
            channel = await client.create_dm(discord.Object(person))
            await channel.send(view=shown, allowed_mentions=discord.AllowedMentions.none())
        except discord.RateLimited as error:
            log.warning("direct_reminder_failed", round=view.round.id, status=429, retry_after=error.retry_after)
        except discord.HTTPException as error:
            event = "direct_reminder_refused" if error.code == CANNOT_DIRECT else "direct_reminder_failed"
            log.warning(event, round=view.round.id, status=error.status, code=error.code)
