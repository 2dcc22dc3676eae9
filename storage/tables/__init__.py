"""The tables, as SQLAlchemy knows them: classes describe them, repositories speak Core to them."""

from .columns import metadata
from .councils import (
    barred,
    councils,
    people,
    proxies,
    recognised,
    roll_call_answers,
    roll_calls,
    schedules,
    seat_holders,
    seats,
)
from .issues import drafts, issue_seconds, issue_versions, issues
from .keeping import messages, posts, record_entries, record_heads, record_secrets, register, trials, troubles
from .rounds import ballot_events, ballots, docket, entitlements, reasons, rounds, rulings, sums

__all__ = [
    "ballot_events",
    "ballots",
    "barred",
    "councils",
    "docket",
    "drafts",
    "entitlements",
    "issue_seconds",
    "issue_versions",
    "issues",
    "messages",
    "metadata",
    "people",
    "posts",
    "proxies",
    "reasons",
    "recognised",
    "record_entries",
    "record_heads",
    "record_secrets",
    "register",
    "roll_call_answers",
    "roll_calls",
    "rounds",
    "rulings",
    "schedules",
    "seat_holders",
    "seats",
    "sums",
    "trials",
    "troubles",
]
