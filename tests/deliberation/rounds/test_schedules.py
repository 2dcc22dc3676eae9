"""Recurring rounds: by the clocks of their zone, whatever those do."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deliberation.rounds.schedules import (
    EVERY_DAY,
    WEEKEND,
    WORKING_DAYS,
    Schedule,
    ScheduleOverlaps,
    ScheduleUnreadable,
    UnknownTimeZone,
    Window,
    find_zone,
    next_window,
    parse_schedule,
    schedule_from_data,
    schedule_to_data,
    split_length,
    window_of,
    windows_between,
)

H, D = timedelta(hours=1), timedelta(days=1)
MON, TUE, WED, THU, FRI, SAT, SUN = range(7)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def daily(at: str, zone: str, *, days: int = 1, extra: timedelta = timedelta(0)) -> Schedule:
    return Schedule(weekdays=EVERY_DAY, at=time.fromisoformat(at), zone=zone, days=days, extra=extra)


MONDAYS = Schedule(weekdays=frozenset({MON}), at=time(18), zone="Europe/Berlin", days=3)


@pytest.mark.parametrize(
    ("zone", "at", "day", "opens_at", "closes_at"),
    [
        # An ordinary day, and 20:00 that stays 20:00 over either change.
        ("Europe/Berlin", "20:00", "2025-01-15", "2025-01-15T19:00", "2025-01-16T19:00"),
        ("Europe/Berlin", "20:00", "2025-03-29", "2025-03-29T19:00", "2025-03-30T18:00"),
        ("Europe/Berlin", "20:00", "2025-10-25", "2025-10-25T18:00", "2025-10-26T19:00"),
        # 02:30 does not exist on 30 March and exists twice on 26 October: as a start, then as an end.
        ("Europe/Berlin", "02:30", "2025-03-30", "2025-03-30T01:30", "2025-03-31T00:30"),
        ("Europe/Berlin", "02:30", "2025-03-29", "2025-03-29T01:30", "2025-03-30T01:30"),
        ("Europe/Berlin", "02:30", "2025-10-26", "2025-10-26T00:30", "2025-10-27T01:30"),
        ("Europe/Berlin", "02:30", "2025-10-25", "2025-10-25T00:30", "2025-10-26T00:30"),
        # Midnight on the day of the change, which some schedulers lose.
        ("Europe/Berlin", "00:00", "2025-03-30", "2025-03-29T23:00", "2025-03-30T22:00"),
        ("America/New_York", "20:00", "2025-03-08", "2025-03-09T01:00", "2025-03-10T00:00"),
        ("America/New_York", "20:00", "2025-11-01", "2025-11-02T00:00", "2025-11-03T01:00"),
        ("America/New_York", "02:30", "2025-03-09", "2025-03-09T07:30", "2025-03-10T06:30"),
        ("America/New_York", "02:30", "2025-03-08", "2025-03-08T07:30", "2025-03-09T07:30"),
        ("America/New_York", "01:30", "2025-11-02", "2025-11-02T05:30", "2025-11-03T06:30"),
        ("America/New_York", "01:30", "2025-11-01", "2025-11-01T05:30", "2025-11-02T05:30"),
        # Never a change; half an hour off.
        ("Asia/Kolkata", "20:00", "2025-03-29", "2025-03-29T14:30", "2025-03-30T14:30"),
        # 12:45 and 13:45 ahead; the change is at 02:45 and 03:45.
        ("Pacific/Chatham", "20:00", "2025-09-27", "2025-09-27T07:15", "2025-09-28T06:15"),
        ("Pacific/Chatham", "20:00", "2025-04-05", "2025-04-05T06:15", "2025-04-06T07:15"),
        ("Pacific/Chatham", "03:00", "2025-09-28", "2025-09-27T14:15", "2025-09-28T13:15"),
        ("Pacific/Chatham", "03:00", "2025-04-06", "2025-04-05T13:15", "2025-04-06T14:15"),
        # 30 December 2011 did not happen in Apia: what would close then closes a day later by the date.
        ("Pacific/Apia", "20:00", "2011-12-29", "2011-12-30T06:00", "2011-12-31T06:00"),
        ("Pacific/Apia", "20:00", "2011-12-31", "2011-12-31T06:00", "2012-01-01T06:00"),
        ("Pacific/Apia", "20:00", "2025-06-01", "2025-06-01T07:00", "2025-06-02T07:00"),
    ],
)
def test_a_day_is_a_day_by_the_clocks_of_the_zone(zone: str, at: str, day: str, opens_at: str, closes_at: str) -> None:
    window = window_of(daily(at, zone), date.fromisoformat(day))
    assert window == Window(utc(opens_at), utc(closes_at))


def test_a_date_that_a_zone_skipped_has_no_window() -> None:
    schedule = daily("20:00", "Pacific/Apia")
    assert window_of(schedule, date(2011, 12, 30)) is None
    windows = windows_between(schedule, utc("2011-12-29T07:00"), utc("2012-01-01T07:00"))
    assert [window.opens_at for window in windows] == [
        utc("2011-12-30T06:00"),
        utc("2011-12-31T06:00"),
        utc("2012-01-01T06:00"),
    ]


def test_every_monday_for_three_days_across_the_change() -> None:
    window = next_window(MONDAYS, utc("2025-03-24T00:00"))
    assert window == Window(utc("2025-03-24T17:00"), utc("2025-03-27T17:00"))
    window = next_window(MONDAYS, window.opens_at)
    assert window == Window(utc("2025-03-31T16:00"), utc("2025-04-03T16:00"))


def test_whole_days_follow_the_clocks_and_the_rest_is_elapsed_time() -> None:
    saturdays = {"weekdays": frozenset({SAT}), "at": time(20), "zone": "Europe/Berlin"}
    by_clock = Schedule(**saturdays, days=1, extra=6 * H)
    elapsed = Schedule(**saturdays, extra=30 * H)
    saturday = date(2025, 3, 29)
    assert window_of(by_clock, saturday) == Window(utc("2025-03-29T19:00"), utc("2025-03-31T00:00"))
    assert window_of(elapsed, saturday) == Window(utc("2025-03-29T19:00"), utc("2025-03-31T01:00"))


def test_a_typed_length_is_split_into_days_and_the_rest() -> None:
    assert split_length(3 * D + 12 * H) == (3, 12 * H)
    assert split_length(45 * timedelta(minutes=1)) == (0, 45 * timedelta(minutes=1))


def test_the_next_window_opens_strictly_later() -> None:
    opening = utc("2025-01-06T17:00")
    instant = timedelta(microseconds=1)
    assert next_window(MONDAYS, opening - instant).opens_at == opening
    assert next_window(MONDAYS, opening).opens_at == opening + 7 * D
    in_tokyo = (opening - instant).astimezone(ZoneInfo("Asia/Tokyo"))
    assert next_window(MONDAYS, in_tokyo).opens_at == opening


def test_adjoining_spans_share_no_window_and_miss_none() -> None:
    first, second = utc("2025-01-06T17:00"), utc("2025-01-13T17:00")
    assert [w.opens_at for w in windows_between(MONDAYS, first - H, first)] == [first]
    assert [w.opens_at for w in windows_between(MONDAYS, first, second)] == [second]
    assert windows_between(MONDAYS, first, second - timedelta(microseconds=1)) == ()


def test_a_date_on_another_weekday_has_no_window() -> None:
    assert window_of(MONDAYS, date(2025, 1, 6)) is not None
    assert window_of(MONDAYS, date(2025, 1, 7)) is None


def test_a_time_without_a_zone_is_refused() -> None:
    naive = utc("2025-01-06T17:00").replace(tzinfo=None)
    with pytest.raises(ValueError, match="aware"):
        next_window(MONDAYS, naive)


@pytest.mark.parametrize(
    ("weekdays", "longest"),
    [({MON}, 7 * D), ({MON, THU}, 3 * D), ({SAT, SUN}, D), ({SUN, MON}, D), ({MON, FRI}, 3 * D), (EVERY_DAY, D)],
)
def test_a_round_may_last_until_the_next_start_and_no_longer(weekdays: frozenset[int], longest: timedelta) -> None:
    on, at, second = frozenset(weekdays), time(18), timedelta(seconds=1)
    assert Schedule(weekdays=on, at=at, days=longest.days).days == longest.days
    assert Schedule(weekdays=on, at=at, extra=longest).extra == longest
    for days, extra in ((longest.days, second), (longest.days - 1, D + second), (0, longest + second)):
        with pytest.raises(ScheduleOverlaps) as refused:
            Schedule(weekdays=on, at=at, days=days, extra=extra)
        assert refused.value.params == {"longest": longest}


def test_an_elapsed_length_gives_way_where_the_clocks_skip_an_hour() -> None:
    schedule = daily("20:00", "Europe/Berlin", days=0, extra=23 * H + H / 2)
    ordinary, skipping = window_of(schedule, date(2025, 3, 28)), window_of(schedule, date(2025, 3, 29))
    assert ordinary == Window(utc("2025-03-28T19:00"), utc("2025-03-29T18:30"))
    assert skipping == Window(utc("2025-03-29T19:00"), utc("2025-03-30T18:00"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"weekdays": frozenset()},
        {"weekdays": frozenset({7})},
        {"days": 0},
        {"days": -1, "extra": 2 * D},
        {"days": 2, "extra": -H},
        {"extra": timedelta(microseconds=1)},
        {"at": time(18, 0, 1)},
        {"at": time(18, tzinfo=UTC)},
        {"at": time(2, 30, fold=1)},
        {"zone": "europe/berlin"},
    ],
)
def test_a_schedule_without_meaning_cannot_be_made(wrong: dict) -> None:
    with pytest.raises(ValueError, match=r"weekdays|length|time|zone"):
        Schedule(**{"weekdays": frozenset({MON}), "at": time(18), "days": 1} | wrong)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("UTC", "UTC"),
        ("utc", "UTC"),
        ("europe/berlin", "Europe/Berlin"),
        (" America/New York ", "America/New_York"),
        ("AMERICA/ARGENTINA/BUENOS_AIRES", "America/Argentina/Buenos_Aires"),
    ],
)
def test_finds_a_zone_however_it_is_typed(name: str, key: str) -> None:
    assert find_zone(name) == ZoneInfo(key)
    assert find_zone() == ZoneInfo("UTC")


def test_a_schedule_in_an_unknown_zone_is_refused() -> None:
    with pytest.raises(UnknownTimeZone):
        daily("18:00", "Mars/Olympus")


@pytest.mark.parametrize(
    ("text", "weekdays", "at"),
    [
        ("every Monday 18:00", {MON}, time(18)),
        ("Mondays at 18.00", {MON}, time(18)),
        ("mon, thu 09:30", {MON, THU}, time(9, 30)),
        ("Tue and Sat 9:05", {TUE, SAT}, time(9, 5)),
        ("tue/thu 7pm", {TUE, THU}, time(19)),
        ("daily 18:00", EVERY_DAY, time(18)),
        ("every day at 00:00", EVERY_DAY, time(0)),
        ("weekdays 8am", WORKING_DAYS, time(8)),
        ("every weekday 8:30 P.M.", WORKING_DAYS, time(20, 30)),
        ("weekends 12am", WEEKEND, time(0)),
        ("weekends, wed 12 pm", WEEKEND | {WED}, time(12)),
        ("mon-fri 23:59", WORKING_DAYS, time(23, 59)),
        ("Friday \u2013 Monday 10:00", {FRI, SAT, SUN, MON}, time(10)),
        ("fri to sun 10:00", {FRI, SAT, SUN}, time(10)),
        ("on Wednesday \u0661\u0668:\u0660\u0660", {WED}, time(18)),
    ],
)
def test_reads_days_and_time_as_people_write_them(text: str, weekdays: set[int], at: time) -> None:
    assert parse_schedule(text) == (frozenset(weekdays), at)


@pytest.mark.parametrize(
    "text",
    [
        *("", "monday", "18:00", "every 18:00", "monday 18", "monday 24:00", "monday 18:60", "monday 13pm"),
        *("monday 0am", "monday 018:00", "monday 18:00:00", "someday 18:00", "every other monday 18:00"),
        *("every 2 weeks 18:00", "monday 18:00 or so", "mon- 18:00", "mon-fri-sun 18:00", "monday -8am", "mon 1 8:00"),
        *("soon", "mon " * 100 + "18:00"),
    ],
)
def test_refuses_a_rule_that_it_cannot_read(text: str) -> None:
    with pytest.raises(ScheduleUnreadable) as refused:
        parse_schedule(text)
    assert refused.value.params == {"text": text}


def test_plain_data_holds_the_whole_schedule() -> None:
    data = schedule_to_data(daily("09:30", "Asia/Kolkata", days=0, extra=90 * timedelta(minutes=1)))
    assert data == {
        "weekdays": [0, 1, 2, 3, 4, 5, 6],
        "at": "09:30",
        "zone": "Asia/Kolkata",
        "days": 0,
        "extra_seconds": 5400,
    }


ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Chatham", "Pacific/Apia", "Africa/Cairo")


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    weekdays = draw(st.frozensets(st.integers(0, 6), min_size=1))
    ordered = sorted(weekdays)
    gap = min(b - a for a, b in pairwise([*ordered, ordered[0] + 7]))
    days = draw(st.integers(0, gap))
    extra = timedelta(seconds=draw(st.integers(0 if days else 1, (gap - days) * 86_400)))
    at = time(draw(st.integers(0, 23)), draw(st.sampled_from((0, 15, 30, 45))))
    return Schedule(weekdays=weekdays, at=at, zone=draw(st.sampled_from(ZONES)), days=days, extra=extra)


moments = st.datetimes(datetime(2010, 1, 1), datetime(2037, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
near_changes = st.sampled_from(
    [utc(f"{day}T12:00") for day in ("2025-03-08", "2025-03-29", "2025-04-05", "2025-10-25", "2011-12-29")]
).flatmap(lambda around: st.timedeltas(-2 * D, 2 * D).map(lambda shift: around + shift))


@settings(deadline=None)
@given(schedules(), moments | near_changes)
def test_windows_follow_each_other_without_overlap(schedule: Schedule, start: datetime) -> None:
    windows = windows_between(schedule, start, start + 30 * D)
    assert windows
    assert windows[0] == next_window(schedule, start)
    for window in windows:
        assert start < window.opens_at < window.closes_at
    for earlier, later in pairwise(windows):
        assert earlier.closes_at <= later.opens_at
        assert next_window(schedule, earlier.opens_at) == later


@settings(deadline=None)
@given(schedules(), moments | near_changes)
def test_a_window_opens_at_the_schedules_time_unless_the_clocks_skip_it(schedule: Schedule, after: datetime) -> None:
    zone = ZoneInfo(schedule.zone)
    window = next_window(schedule, after)
    local = window.opens_at.astimezone(zone)
    wanted = datetime.combine(local.date(), schedule.at, tzinfo=zone)
    if local.time() == schedule.at:
        assert local.weekday() in schedule.weekdays
        assert local.fold == 0
        assert window_of(schedule, local.date()) == window
    else:
        back = wanted.astimezone(UTC).astimezone(zone)
        assert back.time() != schedule.at, "the time exists on that date, so it should have been kept"
        assert window.opens_at == wanted.astimezone(UTC)


@settings(deadline=None)
@given(schedules())
def test_plain_data_reads_back_to_an_equal_schedule(schedule: Schedule) -> None:
    assert schedule_from_data(schedule_to_data(schedule)) == schedule
