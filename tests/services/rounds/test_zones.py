"""Time zones as chairs type them."""

from __future__ import annotations

import pytest

from deliberation.rounds.schedules import UnknownTimeZone
from services.rounds._zones import zone_meant


@pytest.mark.parametrize(
    ("name", "match"),
    [
        ("Berlin", "Europe/Berlin"),
        ("Europe/Berln", "Europe/Berlin"),
        ("new york", "America/New_York"),
        ("kolkatta", "Asia/Kolkata"),
    ],
)
def test_names_the_zones_that_an_unknown_one_may_mean(name: str, match: str) -> None:
    with pytest.raises(UnknownTimeZone) as refused:
        zone_meant(name)
    assert refused.value.params["name"] == name
    matches = refused.value.params["matches"]
    assert isinstance(matches, tuple)
    assert matches[0] == match
    assert len(matches) <= 3


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "localtime", "Factory", "GMT+2", "\x00", "x" * 5000])
def test_refuses_what_is_no_zone_and_suggests_none_with_the_opposite_sign(name: str) -> None:
    with pytest.raises(UnknownTimeZone) as refused:
        zone_meant(name)
    assert "Etc/GMT+2" not in str(refused.value.params["matches"])
