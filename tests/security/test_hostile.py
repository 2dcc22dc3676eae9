"""A slice of the hostile interactions that `make hostile` sends by the hundred thousand."""

from __future__ import annotations

from pathlib import Path

from tests.security.campaign import ACTS, KINDS, run_slice


def test_whatever_is_sent_is_answered_and_changes_only_what_its_sender_may_change(states: dict[str, Path]):
    sent = run_slice(0, states, examples=16, derandomize=True)
    assert sum(sent[kind] for kind in KINDS) > 8 * ACTS
