"""The answer that hands a member's data out."""

import io

import discord
from discord import ui

from cogs.showing import parts
from cogs.showing.localizer import Localizer
from cogs.showing.panels import panel
from services.privacy import PersonalData

_COUNTED = ("councils", "history", "reasons", "issues")
"""The sections that the answer counts up."""


def render_export(
    data: PersonalData, name: str, content: bytes, say: Localizer, *, number: int, of: int
) -> tuple[ui.LayoutView, discord.File]:
    """One part of the file and the words to it; those of the first say what it all is."""
    texts = [say.text("privacy.export.part", number=number, of=of)] if of > 1 else []
    if number == 1:
        counted = [say.plural(f"privacy.count.{section}", len(data.sections.get(section, ()))) for section in _COUNTED]
        head = say.text("privacy.export.what", counted=say.list_of(counted))
        texts = [f"### {say.text('privacy.export.title')}\n{head}", *texts, f"-# {say.text('privacy.export.how')}"]
    view = panel(*texts, rows=[parts.File(f"attachment://{name}")])
    return view, discord.File(io.BytesIO(content), filename=name)


def render_nothing(say: Localizer) -> ui.LayoutView:
    """Nothing is kept about the member."""
    return panel(say.text("privacy.nothing"))
