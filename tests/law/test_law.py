"""The law of PRODUCT §6, over random histories: *no person has decided two counted ballots on one issue, but for seats
that a chair gave it*. `python -m tests.law` plays as many as one likes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.law.guards import GUARDS, Guard
from tests.law.history import COMMON
from tests.law.oracle import BrokenLaw
from tests.law.stage import Staged, play_slice, staged

SLICES, HISTORIES = 8, 250


@pytest.fixture(scope="module")
def stages() -> Iterator[Staged]:
    with staged() as stages:
        yield stages


@pytest.mark.parametrize("seed", range(SLICES))
def test_nobody_decides_two_counted_ballots_but_for_seats_that_a_chair_gave_it(stages: Staged, seed: int):
    told = play_slice(seed, histories=HISTORIES, on=stages)
    assert told["histories"] >= HISTORIES
    # What is done often succeeds, most of it many times, and what was ruled was held against the book.
    assert [kind for kind in COMMON if not told[kind]] == []
    assert min(told["vote"], told["stint"], told["rulings"]) > HISTORIES / 4


@pytest.mark.parametrize("guard", GUARDS.values(), ids=GUARDS.keys())
def test_without_one_of_its_guards_the_law_is_broken(stages: Staged, guard: Guard, monkeypatch: pytest.MonkeyPatch):
    stages.play(guard.rules, guard.acts)
    guard.take_away(monkeypatch)
    with pytest.raises(BrokenLaw) as broken:
        stages.play(guard.rules, guard.acts)
    assert "the history:" in broken.value.__notes__[0]
