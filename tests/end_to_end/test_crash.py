"""`kill -9` at random instants under load, a few times; `make crash-test` does it hundreds of times."""

from __future__ import annotations

import sys

import pytest

from bench.crash.runs import run_one

KILLS = 3


@pytest.mark.skipif(sys.platform == "win32", reason="the processes are forked")
def test_what_was_acknowledged_survives_kills_and_every_round_closes_once_and_in_time(head_url: str):
    run = run_one("a few kills", head_url, slots=2, kills=KILLS, seed=1)
    assert run.findings.violations == []
    assert run.ledger.kills == KILLS
    assert run.ledger.recorded, "ballots were acknowledged meanwhile"
    assert run.findings.closed > 0
