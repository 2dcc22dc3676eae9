"""The option that names a time zone, suggested while a chair types."""

from functools import cache
from typing import Any
from zoneinfo import available_timezones

from discord import Interaction, app_commands
from discord.app_commands import Choice, Transform

from cogs import limits

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


class ZoneOption(app_commands.Transformer[Any]):
    """A time zone. Whether there is such a zone is for the timetable to say."""

    async def transform(self, interaction: Interaction[Any], value: str, /) -> str:
        return value

    async def autocomplete(self, interaction: Interaction[Any], value: str, /) -> list[Choice[str]]:  # pyright: ignore[reportIncompatibleMethodOverride]
        return [Choice(name=name, value=name) for name in suggest_zones(value)]


Zone = Transform[str, ZoneOption]
