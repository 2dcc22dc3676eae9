"""What members write is shown as they typed it, and fits."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogs.showing.formatting import (
    ballot_bar,
    bar,
    category_icon,
    cut,
    flag,
    moment,
    plain,
    position_icon,
    shorten,
    when,
)
from deliberation.categories import Category, Position
from deliberation.ids import SeatId
from deliberation.rulings.tallies import SeatBallot, count

ANY_TEXT = st.text(alphabet=st.sampled_from("ab \n\\*_`~|[]<>@#-1.:/👍🏽שק\u0301\u200d"), max_size=60)


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("no change, at all: 50 % (yes)", "no change, at all: 50 % (yes)"),
        ("*bold* _it_ `code` ~~no~~ ||secret||", "\\*bold\\* \\_it\\_ \\`code\\` \\~\\~no\\~\\~ \\|\\|secret\\|\\|"),
        ("a \\ b", "a \\\\ b"),
        (
            "# Title\n-# small\n> quote\n- list\n+ list\n1. one",
            "\\# Title\n\\-# small\n\\> quote\n\\- list\n\\+ list\n1\\. one",
        ),
        ("#3 and C# stay", "#3 and C# stay"),
        ("-3 degrees", "\\-3 degrees"),
        ("@everyone and @here", "@\u200beveryone and @\u200bhere"),
        ("<@1> <@&2> <#3> </vote:4> <t:5:R> <:x:6>", "\\<@1> \\<@&2> \\<#3> \\</vote:4> \\<t:5:R> \\<:x:6>"),
        ("[here](https://example.org)", "\\[here\\](https\\://example.org)"),
        ("a\u202eb\u2066c", "abc"),
        ("חדש", "\u2068חדש\u2069"),
        ("one\nשתק", "\u2068one\u2069\n\u2068שתק\u2069"),
    ],
)
def test_nothing_that_is_typed_takes_effect(typed: str, sent: str):
    assert plain(typed) == sent


@given(ANY_TEXT, st.integers(4, 80))
def test_what_is_cut_keeps_its_length_and_its_escapes(typed: str, limit: int):
    shown = plain(typed, limit)
    assert len(shown) <= limit
    assert shown.count("\u2068") == shown.count("\u2069")
    kept = shown.rstrip("\u2069").removesuffix("…")
    assert (len(kept) - len(kept.rstrip("\\"))) % 2 == 0, "no escape is left without what it escapes"
    if len(plain(typed)) <= limit:
        assert shown == plain(typed)


def test_a_cut_does_not_tear_a_timestamp_or_a_letter_apart():
    assert cut("until <t:1767607200:F> and", 14) == "until…"
    assert cut("cafe\u0301 de Paris", 6) == "caf…"


@pytest.mark.parametrize(
    ("typed", "limit", "shown"),
    [("A title", 20, "A title"), ("A  title\nin two", 20, "A title in two"), ("*A long title*", 8, "*A long…")],
)
def test_a_label_is_one_line_and_not_escaped(typed: str, limit: int, shown: str):
    assert shorten(typed, limit) == shown


def test_instants_are_left_to_discord():
    at = datetime(2026, 1, 5, 12, tzinfo=UTC)
    assert when(at, "R") == "<t:1767614400:R>"
    assert moment(at) == "<t:1767614400:F> (<t:1767614400:R>)"


@pytest.mark.parametrize(
    ("counts", "drawn"),
    [
        ([("g", 5), ("r", 5)], "gggggrrrrr"),
        ([("g", 1), ("y", 1), ("r", 1)], "ggggyyyrrr"),
        ([("g", 99), ("r", 1)], "gggggggggr"),
        ([("g", 0), ("r", 3)], "rrrrrrrrrr"),
        ([("g", 0)], "▱▱▱▱▱▱▱▱▱▱"),
        ([], "▱▱▱▱▱▱▱▱▱▱"),
    ],
)
def test_a_bar_shows_the_shares_and_the_smallest_minority(counts: list[tuple[str, int]], drawn: str):
    assert bar(counts) == drawn


@given(st.lists(st.integers(0, 10**6), max_size=14), st.integers(1, 12))
def test_a_bar_is_always_as_wide_as_asked(counts: list[int], width: int):
    assert len(bar([("x", count) for count in counts], width)) == width


def test_categories_and_positions_share_their_colours():
    assert [category_icon(category) for category in Category] == ["🟢", "🟡", "🔴"]
    assert [position_icon(position) for position in Position] == ["🟢", "🟡", "🔴", "⚪"]


@pytest.mark.parametrize(("country", "shown"), [("FR", "🇫🇷"), ("fr", "🇫🇷"), (None, ""), ("", ""), ("F1", "")])
def test_a_country_has_a_flag(country: str | None, shown: str):
    assert flag(country) == shown


def test_a_few_votes_of_many_do_not_look_like_unanimity() -> None:
    ballots = [SeatBallot(seat=SeatId(n), position=Position.PROHIBITED if n == 1 else None) for n in range(1, 14)]
    assert ballot_bar(count(ballots)) == "🔴" + "▫️" * 9
