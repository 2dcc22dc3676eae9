"""Long lists, a page at a time."""

from __future__ import annotations

import pytest

from cogs.showing.localizer import Localizer
from cogs.showing.pages import page_of, place_of, turning


@pytest.mark.parametrize(
    ("page", "items", "number", "buttons"),
    [
        (0, (0, 1, 2, 3), 0, ["p1"]),
        (1, (4, 5, 6, 7), 1, ["p0", "p2"]),
        (2, (8, 9), 2, ["p1"]),
        (9, (8, 9), 2, ["p1"]),
    ],
)
def test_each_page_leads_to_its_neighbours(
    say: Localizer, page: int, items: tuple[int, ...], number: int, buttons: list[str]
):
    shown = page_of(range(10), page, 4)
    assert (shown.items, shown.number, shown.of) == (items, number, 3)
    assert [button.custom_id for button in turning(shown, lambda at: f"p{at}", say)] == buttons
    assert place_of(shown, say) == f"Page {number + 1} of 3"


@pytest.mark.parametrize("length", [0, 1, 4])
def test_a_single_page_has_no_buttons(say: Localizer, length: int):
    shown = page_of(range(length), 3, 4)
    assert shown.items == tuple(range(length))
    assert turning(shown, str, say) == []
    assert place_of(shown, say) == ""
