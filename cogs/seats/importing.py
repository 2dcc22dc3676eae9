"""Seating what a CSV lists: from an attachment, or from a form into which it is pasted."""

from typing import Any

import discord
from discord import Interaction, ui

from cogs.custom_ids import SEAT_IMPORT, SEAT_IMPORT_FORM
from cogs.interactions.desk import Desk, actor_of, channel_of, desk_of, localizer_for
from cogs.interactions.forms import Fields
from cogs.interactions.guard import GuardedButton, open_form, reply
from cogs.showing.localizer import Localizer
from deliberation.councils import Council
from deliberation.errors import DomainError
from deliberation.ids import PersonId
from deliberation.seatings import SeatingFault, SeatingUnreadable

from .receipts import render_added

FIELD = "seating"
LIMIT = 4_000
"""Characters that a form's field holds."""
MOST_BYTES = 200_000
EXAMPLE = "name,members,weight,veto,observer"
_DRAFT = "seating"


async def open_import(interaction: Interaction) -> None:
    """Open the form, holding what was refused before. Raises NoCouncil."""
    desk, say = desk_of(interaction), await localizer_for(interaction)
    council = await desk.services.councils.in_channel(channel_of(interaction))
    await _open_form(interaction, desk, say, council)


async def _open_form(interaction: Interaction, desk: Desk, say: Localizer, council: Council) -> None:
    person = PersonId(interaction.user.id)
    draft = await desk.services.people.find_draft(council=council.id, person=person, kind=_DRAFT, subject=0)
    form = ui.Modal(title=say.text("seat.import.title"), custom_id=SEAT_IMPORT_FORM.build(council=council.id))
    typed = ui.TextInput(
        custom_id=FIELD,
        style=discord.TextStyle.paragraph,
        max_length=LIMIT,
        default=(draft.fields.get(FIELD, "") if draft else "")[:LIMIT] or f"{EXAMPLE}\n",
    )
    form.add_item(
        ui.Label(text=say.text("seat.import.label"), description=say.text("seat.import.hint"), component=typed)
    )
    await open_form(interaction, form, say=say, again=SEAT_IMPORT.build(council=council.id))


class ImportAgain(GuardedButton, template=SEAT_IMPORT):
    """Opens the form with what was typed before."""

    opens_form = True
    for_chairs = True

    async def act(self, interaction: Interaction, desk: Desk, say: Localizer, ids: Any) -> None:
        await open_import(interaction)


async def submitted_import(interaction: Interaction, desk: Desk, say: Localizer, ids: Any, fields: Fields) -> None:
    """Take what the form brought; what is refused is kept for the next try."""
    text, person = str(fields.get(FIELD, "")), PersonId(interaction.user.id)
    council = await desk.services.councils.in_channel(channel_of(interaction))
    try:
        await _import(interaction, desk, say, text)
    except DomainError:
        await desk.services.people.keep_draft(
            council=council.id, person=person, kind=_DRAFT, subject=0, fields={FIELD: text}
        )
        raise
    await desk.services.people.drop_draft(council=council.id, person=person, kind=_DRAFT, subject=0)


async def import_file(interaction: Interaction, file: discord.Attachment) -> None:
    """Take an attached file. Raises SeatingUnreadable where it is too large or no text."""
    desk, say = desk_of(interaction), await localizer_for(interaction)
    if file.size > MOST_BYTES:
        raise SeatingUnreadable(faults=(SeatingFault(1, "too_large", str(MOST_BYTES // 1_000)),))
    try:
        text = (await file.read()).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SeatingUnreadable(faults=(SeatingFault(1, "not_text"),)) from None
    await _import(interaction, desk, say, text)


async def _import(interaction: Interaction, desk: Desk, say: Localizer, text: str) -> None:
    receipt = await desk.services.seating.import_csv(channel_of(interaction), actor_of(interaction), text)
    await reply(interaction, render_added(receipt, say))
