"""Lengths of time as members type them."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deliberation.texts.durations import (
    LONGEST,
    SHORTEST,
    DurationTooLong,
    DurationTooShort,
    DurationUnreadable,
    duration_text,
    format_duration,
    parse_duration,
)

D, H, M, S = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("3d 12h", 3 * D + 12 * H),
        ("90m", 90 * M),
        ("1 week", 7 * D),
        ("2 weeks 3 days", 17 * D),
        ("45 min", 45 * M),
        ("45 min.", 45 * M),
        ("1h30m", 90 * M),
        ("1.5h", 90 * M),
        ("1,5 h", 90 * M),
        ("0.25 d", 6 * H),
        ("1.01 h", H + 36 * S),
        ("12H 3D", 3 * D + 12 * H),
        ("  2   Days  ", 2 * D),
        ("1 day and 3 hours", D + 3 * H),
        ("1 week, 2 days, and 3 hours", 9 * D + 3 * H),
        ("3d,12h", 3 * D + 12 * H),
        ("2\u00a0days", 2 * D),
        ("90 s", 90 * S),
        ("1m 30sec", 90 * S),
        ("1y", 365 * D),
        ("\u0663d \u0661\u0662h", 3 * D + 12 * H),
        ("\u0661\u066b\u0665h", 90 * M),
        ("\u0969 days", 3 * D),
        ("003d", 3 * D),
    ],
)
def test_reads_what_people_write(text: str, length: timedelta) -> None:
    assert parse_duration(text) == length


@pytest.mark.parametrize(
    "text",
    [
        *("soon", "-3d", "3d -2h", "0", "", "   ", "3", "3x", "d", "3 d 4", "1h30", "1:30", "tomorrow 3d", "3d later"),
        *("3d 2d", "3d 1 day", "1 month", "3d,", ",3d", "3d and", "and 3d", "3d,,2h", "3d & 2h"),
        *("1,500 min", "1.500 min", "1.2.3h", ".5h", "\u00bdh", "3\u00b2d", "1e3 m", "1m 0.5s", "inf h", "3d\u0000"),
        *("9" * 5000 + "d", "1d " * 200),
    ],
)
def test_refuses_what_is_no_length_and_says_what_was_typed(text: str) -> None:
    with pytest.raises(DurationUnreadable) as refused:
        parse_duration(text)
    assert refused.value.params == {"text": text}


@pytest.mark.parametrize("text", ["999y", "367d", "366d 1s", "53 weeks", "9" * 90 + "w"])
def test_refuses_what_is_too_long_and_says_the_most(text: str) -> None:
    with pytest.raises(DurationTooLong) as refused:
        parse_duration(text)
    assert refused.value.params == {"maximum": timedelta(days=366)}


@pytest.mark.parametrize("text", ["0h", "0d 0m", "59s", "0.5 s", "0.98m"])
def test_refuses_what_is_too_short_and_says_the_least(text: str) -> None:
    with pytest.raises(DurationTooShort) as refused:
        parse_duration(text)
    assert refused.value.params == {"minimum": timedelta(minutes=1)}


def test_both_limits_are_allowed_themselves_and_can_be_chosen() -> None:
    assert parse_duration("1m") == SHORTEST
    assert parse_duration("366d") == LONGEST
    assert parse_duration("1h", minimum=H, maximum=H) == H
    with pytest.raises(DurationTooShort):
        parse_duration("59m", minimum=H)
    with pytest.raises(DurationTooLong):
        parse_duration("61m", maximum=H)


def test_shows_the_parts_that_are_not_zero_largest_first() -> None:
    assert format_duration(3 * D + 12 * H) == (("day", 3), ("hour", 12))
    assert format_duration(90 * S + timedelta(microseconds=999_999)) == (("minute", 1), ("second", 30))
    assert format_duration(timedelta(microseconds=1)) == (("second", 0),)
    with pytest.raises(ValueError, match="negative"):
        format_duration(-S)


def test_the_canonical_text_is_short() -> None:
    assert duration_text(3 * D + 12 * H) == "3d 12h"
    assert duration_text(parse_duration("1 week")) == "7d"


@settings(deadline=None)
@given(st.integers(min_value=60, max_value=366 * 86_400))
def test_the_canonical_text_reads_back_to_the_same_length(seconds: int) -> None:
    length = timedelta(seconds=seconds)
    assert parse_duration(duration_text(length)) == length


@settings(deadline=None)
@given(st.text(max_size=30) | st.text("0123456789dhwmy .,-and", max_size=20))
def test_any_text_is_read_within_the_limits_or_refused(text: str) -> None:
    try:
        length = parse_duration(text)
    except (DurationUnreadable, DurationTooShort, DurationTooLong):
        return
    assert SHORTEST <= length <= LONGEST
    assert length.microseconds == 0
