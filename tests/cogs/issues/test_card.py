"""The public card, drawn from hand-made views: what it says when, and that no text breaks it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cogs.issues.card import render_card
from cogs.issues.full import render_full
from cogs.showing.checking import check_message
from cogs.showing.localizer import Catalogues, Localizer
from deliberation.categories import Category, Position
from deliberation.councils import Council
from deliberation.ids import ChannelId, CouncilId, IssueId, PersonId, RoundId, SeatId
from deliberation.issues import Issue, IssueStatus
from deliberation.rounds import Ballot, Round, RoundStatus
from deliberation.rules.presets import META_REGIME
from deliberation.rulings import rule
from deliberation.rulings.standings import Standing
from deliberation.rulings.tallies import Tally, count
from deliberation.texts import IssueText
from services.issues import CardView
from tests.clocks import NOON
from tests.cogs.harness import buttons_of, text_of
from tests.deliberation.councils import council as seats
from tests.deliberation.councils import group

RULES = META_REGIME
COUNCIL = Council(
    id=CouncilId(1),
    guild=1,
    channel=ChannelId(10),
    name="The Council",
    language="en",
    rules=RULES,
    chair_role=None,
    voter_role=None,
    created_at=NOON,
)
ISSUE = Issue(
    id=IssueId(7),
    council=COUNCIL.id,
    number=3,
    version=2,
    text=IssueText("Arming satellites", "Weapons in orbit.", "Debris lasts."),
    proposer=PersonId(99),
    proposed_at=NOON,
)
ROUND = Round(
    id=RoundId(5),
    council=COUNCIL.id,
    number=4,
    status=RoundStatus.OPEN,
    rules=RULES,
    opened_at=NOON,
    closes_at=NOON + timedelta(days=3),
)
SAY = Catalogues.load().localizer("en")


def tally(**numbers: Any) -> Tally:
    return count(seats(group(**numbers)))


def view(**changes: Any) -> CardView:
    return CardView(council=COUNCIL, **{"issue": ISSUE, **changes})


def at(category: Category, **changes: Any) -> Issue:
    return replace(ISSUE, standing=Standing(category=category, **changes))


def drawn(card: CardView, say: Localizer = SAY) -> list[Any]:
    return render_card(card, say).to_components()


def test_between_rounds_a_card_cannot_be_voted_on_and_says_when_it_can() -> None:
    components = drawn(view())
    assert set(buttons_of(components)) == {"Reasons", "Read all"}
    assert "Voting starts with the next round." in text_of(components)


def test_on_the_open_docket_it_carries_the_four_positions_with_round_issue_and_version() -> None:
    buttons = buttons_of(drawn(view(round=ROUND, tally=tally(silent=3), entitled=3)))
    assert list(buttons) == ["Independent", "Adjustment", "Prohibited", "Abstain", "Reasons", "Read all"]
    assert buttons["Prohibited"] == "cmt:1:ballot:5:7:2:prohibited"
    assert buttons["Read all"] == "cmt:1:card-full:7"
    assert buttons["Reasons"] == "cmt:1:reasons:7:0"


def test_an_open_round_shows_the_tally_in_words_the_turnout_and_the_time_left() -> None:
    cast = tally(independent=1, prohibited=3, silent=4)
    said = text_of(drawn(view(round=ROUND, tally=cast, cast=4, entitled=8, reasons=4))).replace(
        "\N{NO-BREAK SPACE}", " "
    )
    assert "🟢 Independent 1 · 🔴 Prohibited 3" in said
    assert "4 of 8 seats voted" in said
    assert f"voting closes <t:{int(ROUND.closes_at.timestamp())}:R>" in said


def test_a_card_that_may_not_be_redrawn_for_days_does_not_claim_that_nobody_voted() -> None:
    said = text_of(drawn(view(round=ROUND, tally=tally(silent=8), entitled=8)))
    assert "0 of 8" not in said
    assert "▱" not in said
    assert "voting closes" in said


def test_a_sealed_round_shows_turnout_and_nothing_that_positions_decide() -> None:
    said = text_of(drawn(view(round=ROUND, tally=None, cast=4, entitled=8)))
    assert "4 of 8 seats voted" in said
    assert "sealed until the close" in said
    assert not any(icon in said.split("Debris")[1] for icon in "🟢🟡🔴⚪")


def test_the_trend_tells_moves_by_round_and_draws_repeats_together() -> None:
    rose = rule(Standing(), tally(adjustment=6), RULES)
    held = rule(Standing(category=Category.ADJUSTMENT), tally(adjustment=6), RULES)
    trend = ((2, rose), (3, held), (4, held))
    said = text_of(drawn(view(issue=at(Category.ADJUSTMENT), trend=trend)))
    assert "🟡 Adjustment** · 🟢→🟡 round 2 · held rounds 3\N{EN DASH}4" in said
    assert "…" not in said


def test_a_long_trend_keeps_the_latest_and_shows_that_something_came_before() -> None:
    standing, trend = Standing(), []
    for number in range(1, 9):
        ruling = rule(standing, tally(**({"prohibited": 6} if number % 3 else {"independent": 6})), RULES)
        trend.append((number, ruling))
        standing = ruling.after
    said = text_of(drawn(view(issue=replace(ISSUE, standing=standing), trend=tuple(trend))))
    assert "· … ·" in said
    assert "held rounds 7" in said
    assert "round 1" not in said


def test_between_rounds_the_last_ruling_stands_with_its_arithmetic() -> None:
    rose = rule(Standing(), tally(adjustment=3, independent=1), RULES)
    said = text_of(drawn(view(issue=at(Category.ADJUSTMENT), trend=((2, rose),))))
    assert "Round 2: 3 of 4 voting seats put it at adjustment or above: 75\N{NO-BREAK SPACE}%" in said
    assert "Promoted to adjustment." in said


def test_a_prohibited_issue_says_how_it_is_voted_on_again() -> None:
    assert "/issue review" in text_of(drawn(view(issue=at(Category.PROHIBITED))))
    asked = replace(at(Category.PROHIBITED), seconders=2)
    assert "review asked for, 1 of 2 seconds" in text_of(drawn(view(issue=asked)))
    under_review = text_of(drawn(view(issue=at(Category.PROHIBITED, under_review=True))))
    assert "under review" in under_review
    assert "Voting starts with the next round." in under_review


def test_a_withdrawn_issue_says_so_and_cannot_be_voted_on_even_in_an_open_round() -> None:
    withdrawn = replace(ISSUE, status=IssueStatus.WITHDRAWN)
    components = drawn(view(issue=withdrawn, round=ROUND, tally=tally(silent=3), entitled=3))
    said = text_of(components)
    assert "Withdrawn" in said
    assert "voting" not in said.lower()
    assert set(buttons_of(components)) == {"Reasons", "Read all"}


def test_a_long_text_is_cut_on_the_card_and_whole_under_read_all() -> None:
    text = IssueText("Arming satellites", "word " * 239 + "end.", "because " * 99 + "last.")
    card = view(issue=replace(ISSUE, text=text))
    assert "end." not in text_of(drawn(card))
    (full,) = render_full(card, SAY)
    said = text_of(full.to_components())
    assert text.action in said
    assert text.why in said


def test_a_text_of_many_short_lines_does_not_make_a_tall_card() -> None:
    text = IssueText("Lines", "a\n\n" * 200 + "b", "")
    assert text_of(drawn(view(issue=replace(ISSUE, text=text)))).count("\n") < 12


def test_the_full_view_marks_the_readers_own_ballot() -> None:
    ballot = Ballot(
        round=ROUND.id, issue=ISSUE.id, seat=SeatId(1), position=Position.PROHIBITED, version=2, cast_at=NOON
    )
    (full,) = render_full(view(round=ROUND, tally=tally(prohibited=1), cast=1, entitled=1, ballot=ballot), SAY)
    components = full.to_components()
    assert "Your ballot: **🔴 Prohibited**" in text_of(components)
    styles = {button["label"]: button["style"] for button in components[0]["components"][-2]["components"]}  # type: ignore[typeddict-item]
    assert styles == {"Independent": 2, "Adjustment": 2, "Prohibited": 1, "Abstain": 2}


HOSTILE = [
    "*",
    "_",
    "`",
    "|",
    "~",
    "[x](http://a.b)",
    "@everyone ",
    "<@1>",
    "# ",
    "-# ",
    "> ",
    "\n",
    "ع",
    "\n*",
    "é",
    "👨‍👩‍👧",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_no_text_at_full_length_breaks_a_limit_or_is_lost(piece: str) -> None:
    text = IssueText(filled(piece, 100).replace("\n", " "), filled(piece, 1_200), filled(piece, 800))
    card = hostile(text)
    assert check_message({"components": drawn(card)}) == []
    pages = [message.to_components() for message in render_full(card, SAY)]
    assert [check_message({"components": page}) for page in pages] == [[] for _ in pages]
    assert sum(text_of(page).count("END") for page in pages) == 3


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(HOSTILE), min_size=1, max_size=6))
def test_no_mixture_breaks_a_limit(pieces: list[str]) -> None:
    piece = "".join(pieces)
    card = hostile(IssueText(filled(piece, 100).replace("\n", " "), filled(piece, 1_200), filled(piece, 800)))
    assert check_message({"components": drawn(card)}) == []
    for message in render_full(card, SAY):
        assert check_message({"components": message.to_components()}) == []


def filled(piece: str, length: int) -> str:
    return (piece * length)[: length - 3] + "END"


def hostile(text: IssueText) -> CardView:
    rose = rule(Standing(), tally(adjustment=3, independent=1), RULES)
    held = rule(Standing(category=Category.ADJUSTMENT), tally(independent=6), RULES)
    trend = tuple((number, rose if number % 2 else held) for number in range(1_000, 1_020))
    return view(issue=replace(at(Category.ADJUSTMENT), text=text, number=99_999), trend=trend, reasons=1_000)
