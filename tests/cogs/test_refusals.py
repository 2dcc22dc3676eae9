"""What a member reads when something is refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from cogs.localizer import Localizer
from cogs.refusals import refusal
from deliberation.councils import NotChair
from deliberation.durations import DurationTooLong, DurationUnreadable
from deliberation.errors import DomainError
from deliberation.issues import NoSuchIssue
from deliberation.rounds import DeadlinePassed, NoOpenRound, RoundIsOver
from deliberation.schedules import UnknownTimeZone
from deliberation.seats import NoSeat, SeatNeedsRole
from deliberation.texts import TextTooLong

AT = datetime(2026, 1, 5, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (NotChair(role=None), "permission *Manage Server* can do this"),
        (NotChair(role=7), "holders of <@&7>"),
        (SeatNeedsRole(role=7), "Only holders of <@&7> may sit"),
        (NoSeat(open_seating=True), "Take one"),
        (NoSeat(open_seating=False), "Ask a chair"),
        (NoOpenRound(next_at=None), "`/round open`"),
        (NoOpenRound(next_at=AT), "opens <t:1767614400:F> (<t:1767614400:R>)"),
        (NoSuchIssue(given="#9", last=4), "numbered from 1 to 4"),
        (NoSuchIssue(given="#9", last=1), "so far #1 is the only one"),
        (NoSuchIssue(given="x", last=0), "Propose the first"),
        (RoundIsOver(number=3, status="closed"), "Round 3 is over"),
        (RoundIsOver(number=3, status="cancelled"), "was cancelled"),
        (DeadlinePassed(number=3, closes_at=AT), "closed <t:1767614400:F>"),
        (UnknownTimeZone(name="Pariss", matches=("Europe/Paris",)), "Did you mean `Europe/Paris`?"),
        (UnknownTimeZone(name="Nowhere", matches=()), "Write a city"),
        (UnknownTimeZone(name="P", matches=("Europe/Paris", "Europe/Prague")), "`Europe/Paris` or `Europe/Prague`?"),
        (TextTooLong(field="action", length=1234, limit=1200), "has 1,234 characters, and there is room for 1,200"),
        (DurationTooLong(maximum=timedelta(days=366)), "366 days at most"),
        (DurationUnreadable(text="**soon**\n@everyone"), "“\\*\\*soon\\*\\* @\u200beveryone”"),
        (DurationUnreadable(text="x" * 5_000), "…”"),
    ],
    ids=lambda value: value.code if isinstance(value, DomainError) else None,
)
def test_a_refusal_names_what_is_wrong_and_what_to_do(say: Localizer, error: DomainError, told: str):
    assert told in refusal(error, say)


def test_a_role_that_was_deleted_is_not_named(say: Localizer):
    for error in (NotChair(role=7), SeatNeedsRole(role=7)):
        assert "7" not in refusal(error, say, has_role=lambda role: False)
