"""Direct messages: to a chair about what cannot be posted in the council's channel, to holders about their seat, and
reminders to members who chose them."""

from dataclasses import replace

import discord
import structlog
from discord import ui

from cogs.interactions.context import Context
from cogs.rounds.reminder import render_reminder
from cogs.seats.notice import render_seats_notice
from cogs.showing.troubles import render_lost_channel
from deliberation.ids import CouncilId, PersonId
from services.rounds import ReminderView
from services.seats import SeatsNotice

log = structlog.get_logger(__name__)

CANNOT_DIRECT = 50007


async def tell_chair(client: discord.Client, context: Context, council_id: CouncilId) -> bool:
    """Notify the person who last acted as the council's chair that its channel is gone. Returns whether that
    succeeded."""
    person = await context.services.troubles.last_chair(council_id)
    if person is None:
        return False
    council = await context.services.councils.get(council_id)
    preferences = await context.services.people.preferences(person)
    say = context.catalogues.localizer(preferences.language or council.language)
    try:
        await _write_to(client, person, render_lost_channel(council, say))
    except (discord.HTTPException, discord.RateLimited) as error:
        log.warning("chair_not_told", council=council_id, reason=str(error))
        return False
    return True


async def tell_holders(client: discord.Client, context: Context, notice: SeatsNotice) -> None:
    """Write to those of the seat's other holders who want to be notified this way, each in their language. A holder who
    cannot be reached is skipped, and that is logged."""
    for person in notice.direct:
        preferences = await context.services.people.preferences(person)
        say = context.catalogues.localizer(preferences.language or notice.council.language)
        shown, _ = render_seats_notice(replace(notice, mention=()), say)
        try:
            await _write_to(client, person, shown)
        except (discord.HTTPException, discord.RateLimited) as error:
            log.warning("holder_not_told", council=notice.council.id, reason=str(error))


async def remind(client: discord.Client, context: Context, view: ReminderView) -> None:
    """Write to each person who wants reminders this way, in their language. A person who cannot be reached is skipped,
    and that is logged; any other refusal ends only that person's message."""
    for person in view.direct:
        preferences = await context.services.people.preferences(person)
        say = context.catalogues.localizer(preferences.language or view.council.language)
        shown, _ = render_reminder(replace(view, mention=(), direct=(), at_risk=()), say)
        try:
            await _write_to(client, person, shown)
        except discord.RateLimited as error:
            log.warning("direct_reminder_failed", round=view.round.id, status=429, retry_after=error.retry_after)
        except discord.HTTPException as error:
            event = "direct_reminder_refused" if error.code == CANNOT_DIRECT else "direct_reminder_failed"
            log.warning(event, round=view.round.id, status=error.status, code=error.code)


async def _write_to(client: discord.Client, person: PersonId, view: ui.LayoutView) -> None:
    channel = await client.create_dm(discord.Object(person))
    await channel.send(view=view, allowed_mentions=discord.AllowedMentions.none())
