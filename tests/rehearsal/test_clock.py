"""The council's time in a rehearsal: in step with real time, and hurried without leaving anything out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from rehearsal.clock import MOST_AHEAD, STEP, WorldClock

SECOND = timedelta(seconds=1)


def test_an_unhurried_clock_moves_by_what_has_passed():
    assert WorldClock().take_step(2 * SECOND) == 2 * SECOND


def test_a_hurried_clock_leaps_in_steps_that_add_up():
    clock = WorldClock()
    assert clock.hurry(timedelta(minutes=1)) == timedelta(minutes=1)
    steps = [clock.take_step(SECOND)]
    while clock.behind:
        steps.append(clock.take_step(timedelta(0)))
    assert sum(steps, timedelta(0)) == timedelta(minutes=1) + SECOND
    assert max(steps) == STEP


def test_a_clock_can_be_hurried_so_far_and_no_further():
    clock = WorldClock()
    clock.hurry(MOST_AHEAD)
    assert clock.hurry(timedelta(minutes=1)) == MOST_AHEAD


def test_the_clock_tells_the_time_of_the_world_it_follows():
    clock, instant = WorldClock(), datetime(2026, 5, 1, 12, tzinfo=UTC)
    clock.follow(lambda: instant)
    assert clock.now() == instant
