"""What members write is shown as they typed it: another reader of Discord's markdown finds text and nothing else."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from hypothesis import example, given, settings
from simcord.preview._markdown import markdown_tokens

from cogs.showing.formatting import cut, plain, shorten
from tests.security.hostile import PIECES, texts

TEXT_ALONE = {"paragraph", "inline", "text", "break"}


def kinds(tokens: Any) -> Iterator[str]:
    for token in tokens:
        yield token["type"]
        yield from kinds(token.get("children", ()))


def effects(text: str) -> set[str]:
    """Whatever takes effect in it. The reader knows no escaped small print, of which `test_formatting` takes care."""
    # What is cut off within a word may leave the reader a lone surrogate, which no message ever holds.
    return set(kinds(markdown_tokens(text.replace("-#", ""), "text_display"))) - TEXT_ALONE


def written() -> Any:
    """Texts as the client sends them, whole characters alone."""
    return texts().map(lambda text: text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))


@settings(max_examples=120, deadline=None, database=None, derandomize=True)
@given(written())
@example("".join(piece for piece in PIECES if piece not in ("\ud83d", "\udc00")))
def test_nothing_that_is_typed_takes_effect(text: str):
    for shown in (plain(text), plain(text, 60), f"**{plain(text, 80)}**"):
        found = effects(shown) - ({"strong_open", "strong_close"} if shown.startswith("**") else set())
        assert not found, (found, shown[:200])
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2028\u2029]", shown)
        assert sum(map(shown.count, "\u2066\u2067\u2068")) == shown.count("\u2069")
        assert "@everyone" not in shown
        assert "@here" not in shown
    label = shorten(text, 45)
    assert len(label) <= 45
    assert "\n" not in label


@settings(max_examples=50, deadline=None, database=None, derandomize=True)
@given(written())
def test_a_cut_leaves_nothing_half(text: str):
    for limit in range(4, 40):
        shown = cut(plain(text), limit)
        assert len(shown) <= limit + 1
        assert not effects(shown), (effects(shown), shown)
        assert not shown.rstrip("…\u2069").endswith("\\") or shown.rstrip("…\u2069").endswith("\\\\")


def test_marks_pile_up_four_high_at_most():
    assert plain("e" + "\u0301" * 40) == "e" + "\u0301" * 4
    assert unicodedata.normalize("NFC", plain("e\u0301a\u0308")) == "éä"
