"""Buttons and menus are found by their custom id alone, as forms are: whatever the message, and after any restart.

discord.py's dynamic items would do the same by trying every pattern and building the tapped message's whole view anew,
and leave a tap unanswered where the message no longer has the item.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from cogs.custom_ids import noun_of

if TYPE_CHECKING:
    from .guard import GuardedItem


class Items:
    """The buttons and menus that the areas registered, by noun."""

    def __init__(self) -> None:
        self._items: dict[str, type[GuardedItem]] = {}

    def add(self, *items: type["GuardedItem"]) -> None:
        """Let these answer the ids of their templates. An area that is loaded anew replaces its own."""
        self._items.update({item.ids_template.noun: item for item in items})

    def find(self, custom_id: str) -> tuple[type["GuardedItem"], Any] | None:
        """Whose id this is, with the id's fields; None where it is no id of today's."""
        item = self._items.get(noun_of(custom_id))
        match = None if item is None else item.ids_template.pattern.fullmatch(custom_id)
        return None if item is None or match is None else (item, item.ids_template.read(match))

    def __iter__(self) -> Iterator[type["GuardedItem"]]:
        return iter(self._items.values())
