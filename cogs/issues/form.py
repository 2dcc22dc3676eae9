"""The form in which an issue is proposed, empty or with what the member typed before."""

from collections.abc import Mapping

import discord
from discord import ui

from cogs.custom_ids import PROPOSE_FORM
from cogs.localizer import Localizer
from deliberation.ids import CouncilId
from deliberation.texts import ACTION_LIMIT, TITLE_LIMIT, WHY_LIMIT

NOTHING: Mapping[str, str] = {}


def proposal_form(council: CouncilId, say: Localizer, *, typed: Mapping[str, str] = NOTHING) -> ui.Modal:
    """A form with the fields `title`, `action` and `why`, which holds `typed` already."""
    form = ui.Modal(title=say.text("issues.form.title"), custom_id=PROPOSE_FORM.build(council=council), timeout=None)
    form.add_item(
        ui.Label(
            text=say.text("issues.form.name"),
            description=say.text("issues.form.name.hint"),
            component=_field("title", TITLE_LIMIT, typed, style=discord.TextStyle.short),
        )
    )
    form.add_item(
        ui.Label(
            text=say.text("issues.form.action"),
            description=say.text("issues.form.action.hint"),
            component=_field("action", ACTION_LIMIT, typed),
        )
    )
    form.add_item(ui.Label(text=say.text("issues.form.why"), component=_field("why", WHY_LIMIT, typed, required=False)))
    form.stop()
    return form


def _field(
    name: str,
    limit: int,
    typed: Mapping[str, str],
    *,
    style: discord.TextStyle = discord.TextStyle.paragraph,
    required: bool = True,
) -> ui.TextInput:
    return ui.TextInput(
        custom_id=name, style=style, max_length=limit, required=required, default=typed.get(name, "")[:limit] or None
    )
