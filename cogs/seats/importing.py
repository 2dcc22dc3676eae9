"""Seating what a CSV lists: from an attachment, or from a form into which it is pasted."""

import discord
from discord import ui

from cogs import limits
from cogs.custom_ids.seats import ImportForm, ImportSeats
from cogs.interactions.request import Request
from cogs.interactions.routes import Routes
from cogs.interactions.tap import Sent, Tap
from cogs.showing import parts
from deliberation.seats.seatings import SeatingFault, SeatingUnreadable

from .receipts import render_added

FIELD = "seating"
MOST_BYTES = 200_000
EXAMPLE = "name,members,weight,veto,observer"

routes = Routes()


async def open_import(request: Request) -> None:
    """Open the form, holding what was refused before. Raises NoCouncil."""
    council, say = await request.services.councils.in_channel(request.channel), request.say
    before = await request.services.seating.typed_before(request.channel, request.actor)
    form = ui.Modal(title=say.text("seat.import.title"), custom_id=str(ImportForm(council=council.id)))
    typed = parts.TextInput(
        custom_id=FIELD,
        style=discord.TextStyle.paragraph,
        max_length=limits.FIELD,
        default=before[: limits.FIELD] or f"{EXAMPLE}\n",
    )
    form.add_item(
        parts.Label(text=say.text("seat.import.label"), description=say.text("seat.import.hint"), component=typed)
    )
    await request.open_form(form, again=ImportSeats(council=council.id))


@routes.button(ImportSeats, opens_form=True, for_chairs=True)
async def import_again(tap: Tap[ImportSeats]) -> None:
    """Opens the form with what was typed before."""
    await open_import(tap)


@routes.form(ImportForm, again=lambda form: ImportSeats(council=form.council), for_chairs=True)
async def import_pasted(tap: Sent[ImportForm]) -> None:
    """Takes what the form brought; what is refused is kept for the next try."""
    receipt = await tap.services.seating.import_typed(tap.channel, tap.actor, tap.entered(FIELD))
    await tap.reply(render_added(receipt, tap.say))


async def import_file(request: Request, file: discord.Attachment) -> None:
    """Take an attached file. Raises SeatingUnreadable where it is too large or no text."""
    if file.size > MOST_BYTES:
        raise SeatingUnreadable(faults=(SeatingFault(1, "too_large", str(MOST_BYTES // 1_000)),))
    try:
        text = (await file.read()).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SeatingUnreadable(faults=(SeatingFault(1, "not_text"),)) from None
    receipt = await request.services.seating.import_csv(request.channel, request.actor, text)
    await request.reply(render_added(receipt, request.say))
