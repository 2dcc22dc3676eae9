"""What a member reads when something is refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from cogs.interactions.refusals import refusal
from cogs.showing.localizer import Localizer
from deliberation.councils import NotChair
from deliberation.errors import DomainError
from deliberation.issues import NoSuchIssue
from deliberation.rounds import DeadlinePassed, NoOpenRound, RoundIsOver
from deliberation.rounds.schedules import UnknownTimeZone
from deliberation.seats import NoSeat, SeatNeedsRole, SeatTaken
from deliberation.seats.seatings import SeatingFault, SeatingUnreadable, parse_seating
from deliberation.texts import TextTooLong
from deliberation.texts.durations import DurationTooLong, DurationUnreadable

AT = datetime(2026, 1, 5, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (NotChair(role=None), "permission *Manage Server* can do this"),
        (NotChair(role=7), "holders of <@&7>"),
        (SeatNeedsRole(role=7), "Only holders of <@&7> may sit"),
        (NoSeat(open_seating=True), "Take one"),
        (NoSeat(open_seating=False), "Ask a chair"),
        (SeatTaken(seat="France"), "You already hold"),
        (SeatTaken(seat="France", other=True), "That member holds **France** already"),
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


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "line 1: there is no seat in it"),
        ("name,colour\nFrance,blue\n", "there is no column “colour”"),
        ("name,name\nFrance,Kenya\n", "the column “name” is there twice"),
        ("weight\n1\n", "the column `name` is missing"),
        ('name\n"France\n', "cannot be read as CSV"),
        ("name\nFrance,1\n", "has more cells than there are columns"),
        ("name,weight\n,1\n", "line 2: has no name"),
        ("name\n----\n", "“----” is no name that can be shown"),
        (f"name\n{'x' * 200}\n", "is too long a name"),
        ("name,country\nFrance,FRA\n", "“FRA” is no country code"),
        ("name,weight\nFrance,much\n", "“much” is no weight"),
        ("name,members\nFrance,Alice\n", "“Alice” are no members"),
        ("name,veto\nFrance,perhaps\n", "“perhaps” is neither yes nor no (veto)"),
        ("name,observer\nFrance,perhaps\n", "“perhaps” is neither yes nor no (observer)"),
        ("name\nFrance\nfrance\n", "line 3: “france” stands on an earlier line already"),
        ("name,country\nFrance,FR\nGaul,FR\n", "line 3: “FR” stands on an earlier line already"),
    ],
)
def test_every_bad_line_of_a_seating_is_named(text: str, told: str, say: Localizer):
    with pytest.raises(SeatingUnreadable) as refused:
        parse_seating(text)
    shown = refusal(refused.value, say)
    assert shown.startswith("Nothing was imported.")
    assert told in shown.replace("*", "").replace("\\", "").replace("Line", "line")


@pytest.mark.parametrize(("code", "told"), [("sits_already", "sits here already"), ("barred", "`/seat bar`")])
def test_a_seating_that_clashes_with_who_sits_is_explained(code: str, told: str, say: Localizer):
    assert told in refusal(SeatingUnreadable(faults=(SeatingFault(2, code, "France"),)), say)
