"""The tables, as SQLAlchemy knows them: classes describe them, repositories speak Core to them."""

from .columns import metadata
from .councils import councils, people, schedules, seat_holders, seats
from .issues import drafts, issue_seconds, issue_versions, issues
from .keeping import messages, posts, record_entries, record_heads, record_secrets
from .rounds import RUNNING, ballot_events, ballots, docket, entitlements, reasons, rounds, rulings

__all__ = [
    "RUNNING",
    "ballot_events",
    "ballots",
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
    "reasons",
    "record_entries",
    "record_heads",
    "record_secrets",
    "rounds",
    "rulings",
    "schedules",
    "seat_holders",
    "seats",
]
