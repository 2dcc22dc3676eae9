"""Answers drawn as the plain data that Discord takes, for what thousands of members are shown at the same moment.

The items of `discord.ui` are made to be tapped while the program remembers them; drawing a receipt with them takes
several times as long. Discord's documentation: "Component Reference".
"""

from typing import Any

from discord import ButtonStyle, ComponentType
from discord.ui import LayoutView

Component = dict[str, Any]


class Drawing:
    """A finished message, which is sent like a `LayoutView`."""

    def __init__(self, *components: Component) -> None:
        self._components = list(components)

    def to_components(self) -> list[Component]:
        return self._components

    def as_view(self) -> LayoutView:
        """The same for what takes views only."""
        return _Drawn(self._components)


class _Drawn(LayoutView):
    def __init__(self, components: list[Component]) -> None:
        super().__init__(timeout=None)
        self._drawn = components
        self.stop()

    def to_components(self) -> list[Component]:
        return self._drawn

    def has_components_v2(self) -> bool:
        return True


def box(*parts: Component) -> Component:
    """A container."""
    return {"type": ComponentType.container.value, "components": list(parts)}


def text(markdown: str) -> Component:
    """A text display."""
    return {"type": ComponentType.text_display.value, "content": markdown}


def row(*buttons: Component) -> Component:
    """Up to five buttons side by side."""
    return {"type": ComponentType.action_row.value, "components": list(buttons)}


def button(label: str, custom_id: str, *, style: ButtonStyle = ButtonStyle.secondary) -> Component:
    """A button, whose label is at most `limits.BUTTON` characters long."""
    return {"type": ComponentType.button.value, "style": style.value, "label": label, "custom_id": custom_id}
