"""Sentences, numbers and lists in a member's language."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from cogs.showing.localizer import Catalogues, Localizer

NBSP = "\u00a0"

ENGLISH = """
msgid ""
msgstr "Language: en\\nContent-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "greeting"
msgstr "Hello {name}"

msgid "only"
msgstr "Only here"

msgid "seat"
msgid_plural "seat.many"
msgstr[0] "{n} seat of {name}"
msgstr[1] "{n} seats of {name}"
"""

RUSSIAN = """
msgid ""
msgstr ""
"Language: ru\\nContent-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : "
"n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);\\n"

msgid "greeting"
msgstr "Привет, {name}"

msgid "seat"
msgid_plural "seat.many"
msgstr[0] "{n} место"
msgstr[1] "{n} места"
msgstr[2] "{n} мест"
"""


@pytest.fixture
def catalogues(tmp_path: Path) -> Catalogues:
    for language, text in (("en", ENGLISH), ("ru", RUSSIAN)):
        (tmp_path / language).mkdir()
        (tmp_path / language / "all.po").write_text(text, encoding="utf-8")
    return Catalogues.load(tmp_path)


def test_a_sentence_is_said_in_the_nearest_language(catalogues: Catalogues):
    assert catalogues.localizer("ru").text("greeting", name="X") == "Привет, X"
    assert catalogues.localizer("ru-RU").text("greeting", name="X") == "Привет, X"
    assert catalogues.localizer("en-GB").text("greeting", name="X") == "Hello X"
    assert catalogues.localizer("tlh").text("greeting", name="X") == "Hello X"
    assert catalogues.languages == ("en", "ru")


def test_what_a_language_lacks_is_said_in_english(catalogues: Catalogues):
    assert catalogues.localizer("ru").text("only") == "Only here"


def test_a_member_cannot_smuggle_a_placeholder_in(catalogues: Catalogues):
    assert catalogues.localizer("en").text("greeting", name="{name} {0}") == "Hello {name} {0}"


def test_plurals_follow_the_language(catalogues: Catalogues):
    russian = catalogues.localizer("ru")
    assert [russian.plural("seat", n, name="") for n in (1, 3, 5, 21)] == ["1 место", "3 места", "5 мест", "21 место"]
    english = catalogues.localizer("en")
    assert english.plural("seat", 1, name="Rome") == "1 seat of Rome"
    assert english.plural("seat", 1200, name="Rome") == "1,200 seats of Rome"


def test_a_key_that_nobody_wrote_is_an_error(catalogues: Catalogues):
    for language in ("en", "ru"):
        say = catalogues.localizer(language)
        with pytest.raises(KeyError, match="nothing"):
            say.text("nothing")
        with pytest.raises(KeyError, match="nothing"):
            say.plural("nothing", 2)
        with pytest.raises(KeyError, match="name"):
            say.text("greeting")
    assert not catalogues.localizer("ru").has("nothing")


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (Fraction(31, 38), "81.6"),
        (Fraction(3, 5), "60"),
        (Fraction(2, 3), "66.7"),
        (Fraction(1), "100"),
        (Fraction(0), "0"),
        (Fraction(1, 2000), "0.1"),
        (Fraction(1, 2001), "0"),
        (Fraction(12345, 100000), "12.3"),
        (Fraction(1235, 10000), "12.4"),
    ],
)
def test_percentages_are_rounded_from_the_exact_share(say: Localizer, share: Fraction, said: str):
    assert say.percent(share) == f"{said}{NBSP}%"


def test_lengths_and_lists_read_as_sentences(say: Localizer):
    assert say.duration(timedelta(days=3, hours=12)) == "3 days, 12 hours"
    assert say.duration(timedelta(minutes=1)) == "1 minute"
    assert say.list_of(["a"]) == "a"
    assert say.list_of(["a", "b", "c"]) == "a, b, and c"
