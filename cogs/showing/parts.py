"""The parts of messages and forms. discord.py's are generic in the view that they are tapped in; ours are sent without
one that is kept, so that nothing ever asks them for it."""

from typing import Any

from discord import ui

ActionRow = ui.ActionRow[Any]
Button = ui.Button[Any]
Container = ui.Container[Any]
File = ui.File[Any]
Item = ui.Item[Any]
Label = ui.Label[Any]
RoleSelect = ui.RoleSelect[Any]
Section = ui.Section[Any]
Select = ui.Select[Any]
Separator = ui.Separator[Any]
TextDisplay = ui.TextDisplay[Any]
TextInput = ui.TextInput[Any]
