"""Long lists, a page at a time."""

from __future__ import annotations

import pytest

from cogs.custom_ids.grammar import CustomId
from cogs.custom_ids.seats import TurnSeats
from cogs.showing.localizer import Localizer
from cogs.showing.pages import page_of, place_of, turning
from deliberation.ids import CouncilId


def page_id(page: int) -> CustomId:
    return TurnSeats(council=CouncilId(1), page=page)


@pytest.mark.parametrize(
    ("page", "items", "number", "buttons"),
    [
        (0, (0, 1, 2, 3), 0, [1]),
        (1, (4, 5, 6, 7), 1, [0, 2]),
        (2, (8, 9), 2, [1]),
        (9, (8, 9), 2, [1]),
    ],
)
def test_each_page_leads_to_its_neighbours(
    say: Localizer, page: int, items: tuple[int, ...], number: int, buttons: list[int]
):
    shown = page_of(range(10), page, 4)
    assert (shown.items, shown.number, shown.of) == (items, number, 3)
    assert [button.custom_id for button in turning(shown, page_id, say)] == [str(page_id(at)) for at in buttons]
    assert place_of(shown, say) == f"Page {number + 1} of 3"


@pytest.mark.parametrize("length", [0, 1, 4])
def test_a_single_page_has_no_buttons(say: Localizer, length: int):
    shown = page_of(range(length), 3, 4)
    assert shown.items == tuple(range(length))
    assert turning(shown, page_id, say) == []
    assert place_of(shown, say) == ""
