"""Time zones as they are suggested while a chair types."""

from functools import cache
from zoneinfo import available_timezones

MOST = 25
_FIRST = (
    "UTC",
    "Europe/London",
    "Europe/Berlin",
    "Europe/Moscow",
    "Africa/Cairo",
    "Africa/Lagos",
    "Africa/Nairobi",
    "Asia/Dubai",
    "Asia/Kolkata",
    "Asia/Shanghai",
    "Asia/Tokyo",
    "Australia/Sydney",
    "America/New_York",
    "America/Chicago",
    "America/Los_Angeles",
    "America/Sao_Paulo",
)
"""Offered before anything is typed: one for every region, by population."""


def suggest_zones(typed: str) -> list[str]:
    """Names that hold what was typed, with spaces or underscores; those whose city begins with it come first."""
    wanted = "_".join(typed.lower().split())
    if not wanted:
        return list(_FIRST)
    found = [name for name in _zones() if wanted in name.lower()]
    found.sort(key=lambda name: (not name.lower().rpartition("/")[2].startswith(wanted), name))
    return found[:MOST]


@cache
def _zones() -> tuple[str, ...]:
    """Every zone of a place, and UTC; abbreviations and the reversed Etc/GMT±n are read, but not suggested."""
    places = (name for name in available_timezones() if "/" in name and not name.startswith("Etc/"))
    return ("UTC", *sorted(places))
