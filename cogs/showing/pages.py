"""Long lists, a page at a time. Pages are stateless: the number of the next one stands in the button's custom id."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import discord

from cogs.custom_ids.grammar import CustomId

from . import parts
from .localizer import Localizer

Item = TypeVar("Item")


@dataclass(frozen=True)
class Page(Generic[Item]):
    """A page of a list. `number` counts from 0; `of` is how many there are, at least 1."""

    items: tuple[Item, ...]
    number: int
    of: int


def page_of(items: Sequence[Item], page: int, per_page: int) -> Page[Item]:
    """That page, or the nearest there is: the list may have become shorter since the button was drawn."""
    of = max(1, -(-len(items) // per_page))
    number = min(max(page, 0), of - 1)
    return Page(tuple(items[number * per_page : (number + 1) * per_page]), number, of)


def turning(page: Page[Item], custom_id: Callable[[int], CustomId], say: Localizer) -> list[parts.Button]:
    """The buttons to the page before and the page after; none where there is only one page."""
    buttons: list[parts.Button] = []
    if page.number > 0:
        buttons.append(_button(say.text("page.before"), custom_id(page.number - 1)))
    if page.number < page.of - 1:
        buttons.append(_button(say.text("page.after"), custom_id(page.number + 1)))
    return buttons


def place_of(page: Page[Item], say: Localizer) -> str:
    """The page's number and how many there are; "" where there is only one page."""
    if page.of == 1:
        return ""
    return say.text("page.place", number=say.number(page.number + 1), of=say.number(page.of))


def _button(label: str, custom_id: CustomId) -> parts.Button:
    return parts.Button(style=discord.ButtonStyle.secondary, label=label, custom_id=str(custom_id))
