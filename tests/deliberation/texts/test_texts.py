# ruff: noqa: RUF001 - what looks alike is what is tried here
"""What members write: nothing to read is refused whatever it is made of, and no script's own signs are."""

import unicodedata

import pytest
import regex

from deliberation.errors import DomainError
from deliberation.texts import (
    IssueText,
    TextEmpty,
    TextPiledUp,
    TextRedirected,
    TextTooLong,
    TextWithoutWords,
    checked,
    fold,
)
from deliberation.texts.invisible import BLANK, IGNORABLE, is_seen, shows, without_ignorable

EVERY = [chr(number) for number in range(0x110000) if not 0xD800 <= number < 0xE000]


def ranges(characters: str) -> tuple[tuple[int, int], ...]:
    found: list[tuple[int, int]] = []
    for number in map(ord, characters):
        if found and found[-1][1] == number - 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return tuple(found)


def test_what_is_ignorable_is_what_unicode_says():
    ignorable = regex.compile(r"\p{Default_Ignorable_Code_Point}")
    assert ranges("".join(filter(ignorable.fullmatch, EVERY))) == IGNORABLE


def test_white_space_is_what_unicode_says_and_nothing_of_it_is_seen():
    for character in filter(regex.compile(r"\p{White_Space}").fullmatch, EVERY):
        assert not is_seen(character), hex(ord(character))


def test_letters_and_digits_are_seen_but_for_the_fillers_among_them():
    hidden = [character for character in EVERY if character.isalnum() and not is_seen(character)]
    # Later Pythons know more letters; those of hieroglyphs that are blank are among them.
    assert set(hidden) - {"\U00013441", "\U00013442"} == {"\u115f", "\u1160", "\u3164", "\uffa0"}


HIDDEN = {
    "nothing": "",
    "white space": " \t\n\u00a0\u2003\u3000",
    "Hangul fillers": "\u3164\u115f\u1160\uffa0",
    "zero width": "\u200b\u200c\u200d\u2060\ufeff",
    "a soft hyphen": "\u00ad",
    "variation selectors": "\ufe0f\U000e0100",
    "tags": "\U000e0041\U000e007f",
    "marks of direction": "\u200e\u200f\u061c",
    "Khmer's inherent vowels": "\u17b4\u17b5",
    "an empty Braille pattern": "\u2800",
    "a note without a head": "\U0001d159",
    "blanks of hieroglyphs": "\U00013441\U00013442",
    "a little of each": " \u3164 \u2800\u200b\u00ad ",
}


@pytest.mark.parametrize("text", HIDDEN.values(), ids=HIDDEN)
@pytest.mark.parametrize("lines", [True, False])
def test_nothing_to_read_is_refused_whatever_it_is_made_of(text: str, lines: bool):
    with pytest.raises(TextEmpty):
        checked(text, field="title", limit=100, lines=lines)


@pytest.mark.parametrize("text", HIDDEN.values(), ids=HIDDEN)
def test_the_why_of_an_issue_may_show_nothing(text: str):
    assert IssueText.written(title="Torture", action="Nobody tortures.", why=text).why == ""


@pytest.mark.parametrize("words", ["\u3164", "\u115f\u1160", "\uffa0", "\U00013441"])
def test_a_filler_is_no_word(words: str):
    with pytest.raises(TextWithoutWords):
        checked(f"!{words}!", field="title", limit=100)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("\u0301", TextEmpty),
        ("\u25cc\u0301", TextWithoutWords),
        ("🕊️", TextWithoutWords),
        ("…", TextWithoutWords),
        ("\u202eevil", TextRedirected),
        ("e" + "\u0301\u0316" * 3, TextPiledUp),
        ("e\u0301\u0316\u0301\u0316\u200d\u0301\u0316", TextPiledUp),
        ("e" * 101, TextTooLong),
    ],
)
def test_each_fault_has_its_own_name(text: str, fault: type[DomainError]):
    with pytest.raises(fault):
        checked(text, field="title", limit=100)


@pytest.mark.parametrize(
    "text",
    [
        "می\u200cخواهیم",  # Persian: the non-joiner parts a verb from its prefix
        "ශ්\u200dරී ලංකා",  # Sinhala: the joiner makes the letter
        "क्\u200dष",  # Devanagari
        "A family 👨\u200d👩\u200d👧",
        "With love ❤\ufe0f",
        "Round 1\ufe0f\u20e3",
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f England",
        "葛\U000e0100城",  # an ideograph in the form that the place writes
        "co\u00adoperation",
    ],
)
def test_signs_that_shape_a_word_or_an_emoji_stay(text: str):
    assert checked(text, field="title", limit=100, lines=False) == unicodedata.normalize("NFC", text)


def test_lines_that_show_nothing_do_not_push_a_text_apart():
    text = "First.\n\u3164\n \n\u200b\n\u2800\nLast."
    assert checked(text, field="action", limit=100) == "First.\n\nLast."


@pytest.mark.parametrize("typed", ["Tor\u200bture", "\u3164Torture", "Tortu\u00adre", "TORTURE", "Ｔorture\u2800"])
def test_what_does_not_show_makes_no_difference_to_a_comparison(typed: str):
    assert fold(typed) == "torture"


@pytest.mark.parametrize(
    "text", [text for text in HIDDEN.values() if text], ids=[name for name, text in HIDDEN.items() if text]
)
def test_nothing_to_read_is_nothing_to_compare(text: str):
    assert fold(text) == ""
    assert without_ignorable(text).strip() == ""


def test_marks_in_the_thousands_are_not_put_in_order(monkeypatch: pytest.MonkeyPatch):
    """That takes the square of their number: half a minute for what a cell of a CSV can hold."""
    ordered: list[int] = []
    normalize = unicodedata.normalize
    monkeypatch.setattr(unicodedata, "normalize", lambda form, text: ordered.append(len(text)) or normalize(form, text))
    many = "e" + "\u0315\u0316" * 50_000
    with pytest.raises(TextPiledUp):
        checked(many, field="title", limit=100)
    fold(many)
    assert max(ordered) <= 400


def test_what_is_blank_without_being_ignorable_is_not_what_unicode_says_alone():
    """The short list of our own holds nothing that the property holds already."""
    listed = [chr(number) for first, last in BLANK for number in range(first, last + 1)]
    assert not any(regex.fullmatch(r"\p{Default_Ignorable_Code_Point}", character) for character in listed)
    assert not any(map(shows, listed))
