"""Metrics for Prometheus: few series, whatever members do. None names a council, a member or a channel.

Events of the log are counted whether they are written or not, so that code that logs need not know of metrics.
"""

from datetime import timedelta
from typing import Any, Final

import discord
from prometheus_client import Counter, Gauge, Histogram
from structlog.typing import EventDict

from cogs.custom_ids import kinds
from cogs.interactions.guard import used_by
from cogs.interactions.timing import failure_of, seconds_since
from deliberation.errors import DomainError

ANSWER_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0)
LATE_SECONDS = (0.1, 0.5, 1, 2, 5, 10, 30, 60, 300, 3600)
GROUPS = (1, 2, 4, 8, 16, 32, 64, 128, 256)
OTHER = "other"

INTERACTIONS = Counter("comity_interactions", "Interactions by what was used and how they ended", ["used", "outcome"])
ANSWERS = Histogram("comity_answer_seconds", "From an interaction to the end of its work", buckets=ANSWER_SECONDS)
BALLOTS = Counter("comity_ballots_recorded", "Ballots cast, changed or withdrawn, and durable")
GROUP = Histogram("comity_ballot_group_size", "Ballots that shared a transaction", buckets=GROUPS)
COMMITS = Histogram("comity_commit_seconds", "The database's time for a commit", buckets=ANSWER_SECONDS)
POSTS = Counter("comity_posts", "Posts to Discord by what became of an attempt", ["outcome"])
CLOSED = Counter("comity_rounds_closed", "Rounds closed by this process")
LATE = Histogram("comity_round_close_delay_seconds", "From a deadline to its round's rulings", buckets=LATE_SECONDS)
EVENTS = Counter("comity_events", "Warnings and errors in the log, by event", ["event"])
LAG = Histogram("comity_loop_lag_seconds", "How late the event loop is, sampled each second", buckets=ANSWER_SECONDS)
DISCONNECTS = Counter("comity_gateway_disconnects", "Connections to Discord's gateway that were lost")
WAITING = Gauge("comity_posts_waiting", "Posts that are due and not yet in Discord")
BACKUP_AGE = Gauge("comity_backup_age_seconds", "Since the newest daily backup")
BUILD = Gauge("comity_build_info", "The versions at work", ["version", "python", "discord_py"])

_NOUNS: Final = frozenset(kind.noun for kind in kinds())


def count_interaction(interaction: discord.Interaction[Any], *, commands: frozenset[str]) -> None:
    """Count an interaction whose work has ended. `commands`: the names that may be a label, besides the buttons'
    nouns."""
    used = used_by(interaction)
    error = failure_of(interaction)
    outcome = "answered" if error is None else "refused" if isinstance(error, DomainError) else "incident"
    INTERACTIONS.labels(used if used in _NOUNS or used in commands else OTHER, outcome).inc()
    ANSWERS.observe(seconds_since(interaction))


class Counting:
    """The store's observer: counts what becomes durable."""

    def committed(self, seconds: float) -> None:
        COMMITS.observe(seconds)

    def ballots_recorded(self, recorded: int, *, group: int) -> None:
        GROUP.observe(group)
        BALLOTS.inc(recorded)

    def round_closed(self, *, late: timedelta) -> None:
        CLOSED.inc()
        LATE.observe(max(0.0, late.total_seconds()))


def count_event(_logger: Any, method: str, event: EventDict) -> EventDict:
    """A structlog processor: counts the event and passes it on."""
    name = event["event"]
    if name in _POSTS:
        _POSTS[name].inc()
    if method not in ("debug", "info"):
        EVENTS.labels(name).inc()
    return event


_POSTS: Final = {
    "post_sent": POSTS.labels("sent"),
    "post_put_off": POSTS.labels("put_off"),
    "post_given_up": POSTS.labels("given_up"),
}
