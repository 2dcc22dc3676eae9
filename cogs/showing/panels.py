"""The shape of a simple answer: a box with texts, and rows of buttons beneath."""

from collections.abc import Sequence

import discord
from discord import ui

from . import parts

Row = Sequence[parts.Item] | parts.Item


def panel(*texts: str, rows: Sequence[Row] = (), colour: discord.Colour | None = None) -> ui.LayoutView:
    """A view with these texts, a line between them, and then the rows: buttons side by side, one menu, or any item.

    Empty texts and rows are left out. The view is finished: it is sent, and nothing of it is kept in memory.
    """
    box = parts.Container(accent_colour=colour)
    for place, text in enumerate(text for text in texts if text):
        if place:
            box.add_item(parts.Separator())
        box.add_item(parts.TextDisplay(text))
    for row in rows:
        if isinstance(row, ui.Item):
            box.add_item(row)
        elif row:
            box.add_item(parts.ActionRow(*row))
    view = ui.LayoutView(timeout=None)
    view.add_item(box)
    view.stop()
    return view
