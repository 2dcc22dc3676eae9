"""What the hostile scenes hold somebody to who erases itself: it may, and may erase nobody else."""

from __future__ import annotations

from typing import Any

import pytest

from tests.security.assembly import SEATED
from tests.security.properties import Rights

COUNCIL, SEAT, PSEUDONYM, SOMEBODY = 3, 1, -4, 7


def breaches_of(erased: int) -> list[str]:
    rights = Rights(SEATED, COUNCIL, {"seats": [(SEAT, COUNCIL)], "issues": [], "rounds": []}, chairs=True)
    rights.hold({SEAT})
    before: dict[str, Any] = {"id": 9, "seat": SEAT, "person": erased, "until": None}
    return list(rights.breaches([("seat_holders", before), ("seat_holders", before | {"person": PSEUDONYM})]))


@pytest.mark.parametrize(("erased", "found"), [(SEATED.id, 0), (SOMEBODY, 2)])
def test_whoever_erases_may_erase_itself_alone(erased: int, found: int):
    assert len(breaches_of(erased)) == found
