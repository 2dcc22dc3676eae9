"""The option that names a time zone, suggested while a chair types."""

from collections.abc import Iterable
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from discord import Interaction
from discord.app_commands import Transform

from cogs import limits

from .suggesting import SuggestingOption

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
    return found[: limits.OPTIONS]


@cache
def _zones() -> tuple[str, ...]:
    """Every zone of a place, and UTC; abbreviations and the reversed Etc/GMT±n are read, but not suggested."""
    places = (name for name in available_timezones() if "/" in name and not name.startswith("Etc/"))
    return ("UTC", *sorted(places))


class ZoneOption(SuggestingOption):
    """A time zone. Whether there is such a zone is for the timetable to say."""

    async def transform(self, interaction: Interaction[Any], value: str, /) -> str:
        return value

    async def suggest(self, interaction: Interaction[Any], typed: str) -> Iterable[tuple[str, str]]:
        return [(name, name) for name in suggest_zones(typed)]


Zone = Transform[str, ZoneOption]
