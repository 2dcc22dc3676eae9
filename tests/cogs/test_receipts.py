"""Receipts, of which many share rows of buttons: each shows what it is for, and none more than Discord takes."""

from __future__ import annotations

from typing import Any

import pytest

from cogs.ballots.receipt import render_receipt
from cogs.showing.localizer import Catalogues
from deliberation.categories import Position
from deliberation.ids import SeatId
from deliberation.seats import Seat
from services.ballots import BallotReceipt
from tests.cogs.voting import HOSTILE, OPENED, breaks, council, entry, round_of, words

SAY = Catalogues.load().localizer("en")


def receipt(**changes: Any) -> BallotReceipt:
    seat = Seat(id=SeatId(3), council=council().id, name="France", since=OPENED)
    usual: dict[str, Any] = {
        **{"council": council(), "round": round_of(), "entry": entry(1, "Torture"), "seat": seat},
        **{"position": Position.PROHIBITED, "previous": None, "previous_by": None, "reason": None},
        **{"repeated": False, "seat_taken": False, "next": entry(2, "Tariffs"), "remaining": 1},
    }
    return BallotReceipt(**usual | changes)


def buttons(seat: int | None = None, **changes: Any) -> list[tuple[str, str]]:
    """Each button's words and id."""
    [box] = render_receipt(receipt(**changes), SAY, seat=None if seat is None else SeatId(seat)).to_components()
    rows = [part["components"] for part in box["components"] if part["type"] == 1]
    return [(button["label"], button["custom_id"]) for row in rows for button in row]


def test_a_receipts_buttons_are_those_of_its_own_ballot():
    shown = buttons()
    assert [label for label, _ in shown] == ["Add a reason", "Withdraw", "Next: #2 Tariffs"]
    assert buttons() == shown
    others = [
        buttons(reason="They harm."),
        buttons(position=Position.ADJUSTMENT),
        buttons(entry=entry(3, "Torture")),
        buttons(next=entry(2, "Tariffs that shift losses")),
        buttons(next=None, remaining=0),
        buttons(seat=0),
        buttons(seat=3),
        buttons(round=round_of(id=8)),
    ]
    assert len({tuple(each) for each in [shown, *others]}) == 9
    assert others[0][0][0] == "Change the reason"
    assert others[3][2][0] == "Next: #2 Tariffs that shift losses"
    assert buttons() == shown


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("position", [Position.ABSTAIN, None])
def test_a_receipt_stays_within_discords_limits(text: str, position: Position | None):
    shown = render_receipt(
        receipt(entry=entry(1, text), next=entry(2, text), reason=text * 5, position=position, seat_taken=True), SAY
    )
    assert breaks(shown) == []
    assert " <@1>" not in words(shown), "nobody is mentioned"
