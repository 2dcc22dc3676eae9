"""What is done as a person beside what is done to it, and a chair beside a seat's holder: a slice of what
`python -m tests.races` tries at greater length."""

from __future__ import annotations

import pytest

from deliberation.rules import Secrecy
from tests.races.people import looks_beside_votes, votes_beside_erasures
from tests.races.racing import Arena

TRIES = 12
APART = 0.005
"""Seconds: what is done as quickly meets most often."""


async def test_whoever_votes_and_is_erased_at_once_has_one_ballot(arena: Arena):
    tried = await votes_beside_erasures(arena, tries=TRIES, apart=APART, seed=1)
    assert tried.broken == []


@pytest.mark.parametrize("secrecy", Secrecy)
async def test_who_is_let_into_a_seat_while_it_votes_neither_sees_nor_changes_what_came_before(
    arena: Arena, secrecy: Secrecy
):
    tried = await looks_beside_votes(arena, secrecy, tries=TRIES, apart=APART, seed=1)
    assert tried.broken == []
