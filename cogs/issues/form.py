"""The form in which an issue is proposed, empty or with what the member typed before."""

from collections.abc import Mapping

import discord
from discord import ui

from cogs.custom_ids.issues import ProposalForm
from cogs.showing import parts
from cogs.showing.localizer import Localizer
from deliberation.ids import CouncilId
from deliberation.texts import ACTION_LIMIT, TITLE_LIMIT, WHY_LIMIT

NOTHING: Mapping[str, str] = {}


def proposal_form(
    council: CouncilId, say: Localizer, *, typed: Mapping[str, str] = NOTHING, replaces: int | None = None
) -> ui.Modal:
    """The form for a new issue; `replaces`: the number of the one whose place it would take."""
    custom_id = str(ProposalForm(council=council, replaces=replaces))
    return text_form(custom_id, say.text("issues.form.title"), say, typed=typed)


def text_form(custom_id: str, title: str, say: Localizer, *, typed: Mapping[str, str]) -> ui.Modal:
    """A form with the fields `title`, `action` and `why`, which holds `typed` already."""
    form = ui.Modal(title=title, custom_id=custom_id, timeout=None)
    form.add_item(
        parts.Label(
            text=say.text("issues.form.name"),
            description=say.text("issues.form.name.hint"),
            component=_field("title", TITLE_LIMIT, typed, style=discord.TextStyle.short),
        )
    )
    form.add_item(
        parts.Label(
            text=say.text("issues.form.action"),
            description=say.text("issues.form.action.hint"),
            component=_field("action", ACTION_LIMIT, typed),
        )
    )
    form.add_item(
        parts.Label(text=say.text("issues.form.why"), component=_field("why", WHY_LIMIT, typed, required=False))
    )
    form.stop()
    return form


def _field(
    name: str,
    limit: int,
    typed: Mapping[str, str],
    *,
    style: discord.TextStyle = discord.TextStyle.paragraph,
    required: bool = True,
) -> parts.TextInput:
    return parts.TextInput(
        custom_id=name, style=style, max_length=limit, required=required, default=typed.get(name, "")[:limit] or None
    )
