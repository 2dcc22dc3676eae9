"""A clock that is set back reopens nothing, and dates nothing before what was."""

from datetime import UTC, datetime, timedelta

import pytest

from storage.steady_time import TOLERANCE, SteadyTime

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("told", "time"),
    [
        ([NOON, NOON + SECOND], NOON + SECOND),
        ([NOON, NOON - timedelta(microseconds=1)], NOON),
        ([NOON, NOON - TOLERANCE], NOON),
        ([NOON, NOON - SECOND, NOON - SECOND / 2, NOON + SECOND], NOON + SECOND),
        ([NOON, NOON - TOLERANCE - SECOND], NOON - TOLERANCE - SECOND),
        ([NOON, NOON + timedelta(days=365), NOON], NOON),
    ],
)
def test_it_stands_still_for_a_moment_and_follows_what_is_more(told: list[datetime], time: datetime):
    steady = SteadyTime()
    assert [steady.of(instant) for instant in told][-1] == time
