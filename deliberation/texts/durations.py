"""Lengths of time as people write them: "3d 12h", "90m", "1 week". A typed length is elapsed time (PRODUCT §3)."""

import re
from datetime import timedelta
from typing import ClassVar, Literal

from deliberation.errors import DomainError

Unit = Literal["day", "hour", "minute", "second"]

SHORTEST = timedelta(minutes=1)
LONGEST = timedelta(days=366)


class DurationUnreadable(DomainError):
    """The text is no length of time, or could mean more than one. Parameter: `text`."""

    code: ClassVar[str] = "duration_unreadable"


class DurationTooShort(DomainError):
    """The length is below what is allowed here. Parameter: `minimum`, a timedelta."""

    code: ClassVar[str] = "duration_too_short"


class DurationTooLong(DomainError):
    """The length is above what is allowed here. Parameter: `maximum`, a timedelta."""

    code: ClassVar[str] = "duration_too_long"


_SECONDS = {"year": 365 * 86_400, "week": 7 * 86_400, "day": 86_400, "hour": 3_600, "minute": 60, "second": 1}
_SPELLINGS = {
    "year": "y yr yrs year years",
    "week": "w wk wks week weeks",
    "day": "d day days",
    "hour": "h hr hrs hour hours",
    "minute": "m min mins minute minutes",
    "second": "s sec secs second seconds",
}
_UNITS = {spelling: unit for unit, spellings in _SPELLINGS.items() for spelling in spellings.split()}
_SHOWN: tuple[tuple[Unit, str], ...] = (("day", "d"), ("hour", "h"), ("minute", "m"), ("second", "s"))

# At most two decimals: "1,500 min" means one and a half minutes to some people and a day to others.
_PART = re.compile(r"(\d+)(?:[.,\u066b](\d{1,2}))?\s*([a-z]+)\.?")
_BETWEEN = re.compile(r"\s*(?:[,\u060c]\s*)?(?:and\s+)?")
_LONGEST_TEXT = 100


def parse_duration(text: str, *, minimum: timedelta = SHORTEST, maximum: timedelta = LONGEST) -> timedelta:
    """The elapsed time that `text` states, a whole number of seconds from `minimum` to `maximum`, both included.

    Each number has a unit; units come in any order, each once. Digits of any script are read, with up to two decimals
    after a point or a comma. A year is 365 days; months are not read, since they differ. Raises DurationUnreadable,
    DurationTooShort, DurationTooLong.
    """
    hundredths = _hundredths_of_seconds(text)
    if hundredths > maximum // timedelta(milliseconds=10):
        raise DurationTooLong(maximum=maximum)
    length = hundredths * timedelta(milliseconds=10)
    if length < minimum:
        raise DurationTooShort(minimum=minimum)
    if length.microseconds:
        raise DurationUnreadable(text=text)
    return length


def _hundredths_of_seconds(text: str) -> int:
    """The sum of the text's parts. Raises DurationUnreadable."""
    written = text.strip().lower()
    if not written or len(written) > _LONGEST_TEXT:
        raise DurationUnreadable(text=text)
    total, at, seen = 0, 0, set[str]()
    while at < len(written):
        part = _PART.match(written, at)
        unit = _UNITS.get(part[3]) if part else None
        if part is None or unit is None or unit in seen:
            raise DurationUnreadable(text=text)
        seen.add(unit)
        total += int(part[1] + (part[2] or "").ljust(2, "0")) * _SECONDS[unit]
        at = part.end()
        if at < len(written):
            between = _BETWEEN.match(written, at)
            at = between.end() if between else at
            if at == len(written):
                raise DurationUnreadable(text=text)
    return total


def format_duration(length: timedelta) -> tuple[tuple[Unit, int], ...]:
    """The length as (unit, count), largest first and none of them zero, for a sentence in any language.

    Fractions of a second are dropped; a length under a second is (("second", 0),). Raises ValueError below zero.
    """
    if length < timedelta(0):
        raise ValueError("a length of time is not negative")
    left = length // timedelta(seconds=1)
    parts: list[tuple[Unit, int]] = []
    for unit, _ in _SHOWN:
        count, left = divmod(left, _SECONDS[unit])
        if count:
            parts.append((unit, count))
    return tuple(parts) or (("second", 0),)


def whole_seconds(length: timedelta) -> int:
    """The length in whole seconds, as data stores it. Raises ValueError for one with a fraction of a second, which
    would be lost."""
    if length.microseconds:
        raise ValueError(f"{length!r} is not a whole number of seconds")
    return length.days * _SECONDS["day"] + length.seconds


def duration_text(length: timedelta) -> str:
    """The canonical text, "3d 12h", which `parse_duration` reads back to the same length."""
    letters = dict(_SHOWN)
    return " ".join(f"{count}{letters[unit]}" for unit, count in format_duration(length))
