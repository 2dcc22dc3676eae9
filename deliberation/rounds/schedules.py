"""When recurring rounds open and close: a wall-clock rule in a time zone, correct across daylight-saving changes.

"Every Monday 18:00 for 3 days" opens at 18:00 and closes at 18:00 by the clocks of its zone, even if they changed
meanwhile (PRODUCT §3). A wall-clock time that the clocks skip moves forward by what they skip; of one that they show
twice, the first counts (STACK §3). A date that a zone skipped altogether (Apia, 30 December 2011) has no window.
Weekdays are numbered as in the `datetime` module: Monday is 0. No function here reads the clock.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise, takewhile
from typing import Any, ClassVar
from zoneinfo import ZoneInfo, available_timezones

from deliberation.errors import DomainError
from deliberation.texts.durations import whole_seconds

DAY = timedelta(days=1)
EVERY_DAY = frozenset(range(7))
WORKING_DAYS = frozenset(range(5))
WEEKEND = EVERY_DAY - WORKING_DAYS


class UnknownTimeZone(DomainError):
    """No time zone has that name. Parameters: `name`; `matches`, up to three names that it may mean."""

    code: ClassVar[str] = "unknown_time_zone"


class ScheduleUnreadable(DomainError):
    """The text does not say on which days and at what time. Parameter: `text`."""

    code: ClassVar[str] = "schedule_unreadable"


class ScheduleOverlaps(DomainError):
    """A round would still be open when the next one starts. Parameter: `longest`, the timedelta that fits."""

    code: ClassVar[str] = "schedule_overlaps"


@dataclass(frozen=True, slots=True)
class Window:
    """A round's time, in aware UTC: open from `opens_at`, closed from `closes_at` on."""

    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """The rule of recurring rounds: on these weekdays, at this time by the clocks of `zone`, for this long.

    The length is `days` by the wall clock, then `extra` of elapsed time in whole seconds. Together they are above zero,
    and at most the shortest time from one start to the next. Raises UnknownTimeZone, ScheduleOverlaps; ValueError for
    what no member can type.
    """

    weekdays: frozenset[int]
    at: time
    zone: str = "UTC"
    days: int = 0
    extra: timedelta = timedelta(0)

    def __post_init__(self) -> None:
        if not self.weekdays or not self.weekdays <= EVERY_DAY:
            raise ValueError("weekdays are one or more of 0 (Monday) to 6")
        if self.at != time(self.at.hour, self.at.minute) or self.at.fold:
            raise ValueError("the time is an hour and a minute, without a zone")
        length = timedelta(days=self.days) + self.extra
        if self.days < 0 or self.extra < timedelta(0) or not length or self.extra.microseconds:
            raise ValueError("the length is positive and in whole seconds")
        if find_zone(self.zone).key != self.zone:
            raise ValueError("the zone is spelled as find_zone spells it")
        if length > (longest := _shortest_gap(self.weekdays)):
            raise ScheduleOverlaps(longest=longest)


def split_length(length: timedelta) -> tuple[int, timedelta]:
    """A typed length as a schedule needs it: its whole days, which follow the wall clock, and the elapsed rest."""
    return length.days, length - timedelta(days=length.days)


def window_of(schedule: Schedule, day: date) -> Window | None:
    """The window that opens on that date, or None where the schedule has none.

    It closes at the latest when the next one opens: where the clocks skip an hour, `extra` is cut short.
    """
    found, window = next(_windows(schedule, day))
    return window if found == day else None


def next_window(schedule: Schedule, after: datetime) -> Window:
    """The first window that opens later than `after`, an aware datetime."""
    return next(window for _, window in _windows(schedule, _day_before(schedule, after)) if window.opens_at > after)


def windows_between(schedule: Schedule, start: datetime, end: datetime) -> tuple[Window, ...]:
    """The windows that open later than `start` and no later than `end`, both aware, in order.

    Adjacent spans neither share a window nor miss one.
    """
    due = takewhile(lambda found: found[1].opens_at <= end, _windows(schedule, _day_before(schedule, start)))
    return tuple(window for _, window in due if window.opens_at > start)


def _windows(schedule: Schedule, first: date) -> Iterator[tuple[date, Window]]:
    zone = ZoneInfo(schedule.zone)
    for (day, opens_at), (_, next_opens_at) in pairwise(_openings(schedule, first)):
        closes_at = _instant(day + timedelta(days=schedule.days), schedule.at, zone) + schedule.extra
        yield day, Window(opens_at, min(closes_at, next_opens_at))


def _openings(schedule: Schedule, first: date) -> Iterator[tuple[date, datetime]]:
    zone = ZoneInfo(schedule.zone)
    day = first
    while True:
        opens_at = _instant(day, schedule.at, zone)
        skipped = opens_at.astimezone(zone).replace(tzinfo=None) - datetime.combine(day, schedule.at)
        if day.weekday() in schedule.weekdays and skipped < DAY:
            yield day, opens_at
        day += DAY


def _instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    # fold=0 takes the first of a repeated time, and reads a skipped one by the offset before it: later by what was
    # skipped.
    return datetime.combine(day, at, tzinfo=zone).astimezone(UTC)


def _day_before(schedule: Schedule, moment: datetime) -> date:
    """A date early enough that no window before it can open later than `moment`."""
    if moment.tzinfo is None:
        raise ValueError("an aware datetime is needed")
    return moment.astimezone(ZoneInfo(schedule.zone)).date() - DAY


def _shortest_gap(weekdays: Iterable[int]) -> timedelta:
    days = sorted(weekdays)
    return timedelta(days=min(later - earlier for earlier, later in pairwise([*days, days[0] + 7])))


# --- time zones ---


def find_zone(name: str = "UTC") -> ZoneInfo:
    """The IANA time zone of that name, in upper or lower case, with spaces or underscores. Raises UnknownTimeZone."""
    wanted = "_".join(name.split()).lower()
    found = zone_names().get(wanted)
    if found is None:
        raise UnknownTimeZone(name=name, matches=())
    return ZoneInfo(found)


@cache
def zone_names() -> Mapping[str, str]:
    """Every zone's name by its lower case, without the system's local zone and the placeholder for an unknown one."""
    return {name.lower(): name for name in sorted(available_timezones() - {"localtime", "Factory"})}


# --- text and plain data ---

_DAY_SPELLINGS = (
    "monday mondays mon",
    "tuesday tuesdays tue tues",
    "wednesday wednesdays wed weds",
    "thursday thursdays thu thur thurs",
    "friday fridays fri",
    "saturday saturdays sat",
    "sunday sundays sun",
)
_DAYS = {word: number for number, words in enumerate(_DAY_SPELLINGS) for word in words.split()}
_GROUPS = {
    **dict.fromkeys(("daily", "day", "everyday"), EVERY_DAY),
    **dict.fromkeys(("weekday", "weekdays"), WORKING_DAYS),
    **dict.fromkeys(("weekend", "weekends"), WEEKEND),
    **{word: frozenset({number}) for word, number in _DAYS.items()},
}
_TIME = re.compile(r"(?P<days>.*?[^\d:.])(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?\s*(?P<half>[ap]\.?m\.?)?")
_FILLERS = frozenset({"every", "on", "at", "and", "&", "each"})


def parse_schedule(text: str) -> tuple[frozenset[int], time]:
    """The weekdays and the time of "every Monday 18:00", "mon, thu 09:30", "mon-fri 8am", "weekdays at 8:30 pm".

    Names are English. Without am or pm the minutes are needed: "Monday 8" could mean either. Raises ScheduleUnreadable.
    """
    written = _TIME.fullmatch(text.strip().lower()) if len(text) <= 200 else None
    if written is None or not (written["minute"] or written["half"]):
        raise ScheduleUnreadable(text=text)
    hour, minute = int(written["hour"]), int(written["minute"] or 0)
    if written["half"]:
        if not 1 <= hour <= 12:
            raise ScheduleUnreadable(text=text)
        hour = hour % 12 + (12 if written["half"][0] == "p" else 0)
    weekdays = _weekdays(written["days"])
    if not weekdays or hour > 23 or minute > 59:
        raise ScheduleUnreadable(text=text)
    return weekdays, time(hour, minute)


def _weekdays(text: str) -> frozenset[int] | None:
    """The days that the text names, or None if a word in it is not a day."""
    days: set[int] = set()
    ranges = re.sub(r"\s*(?:[-\u2013]|\bto\b)\s*", "-", text.strip())
    for word in re.split(r"[\s,;/+]+", ranges):
        first, dash, last = word.partition("-")
        if dash and first in _DAYS and last in _DAYS:
            days |= {(_DAYS[first] + step) % 7 for step in range((_DAYS[last] - _DAYS[first]) % 7 + 1)}
        elif word in _GROUPS:
            days |= _GROUPS[word]
        elif word and word not in _FILLERS:
            return None
    return frozenset(days)


def schedule_to_data(schedule: Schedule) -> dict[str, Any]:
    """The schedule as JSON data, which `schedule_from_data` turns back into an equal one."""
    return {
        "weekdays": sorted(schedule.weekdays),
        "at": schedule.at.isoformat("minutes"),
        "zone": schedule.zone,
        "days": schedule.days,
        "extra_seconds": whole_seconds(schedule.extra),
    }


def schedule_from_data(data: Mapping[str, Any]) -> Schedule:
    """The schedule that `schedule_to_data` wrote. Raises KeyError, ValueError or a schedule's own errors on others."""
    return Schedule(
        weekdays=frozenset(data["weekdays"]),
        at=time.fromisoformat(data["at"]),
        zone=data["zone"],
        days=data["days"],
        extra=timedelta(seconds=data["extra_seconds"]),
    )
