"""Names that look alike, by the skeletons of Unicode Technical Standard 39 (§4, "Confusable Detection").

Its data, confusables.txt, comes with the library confusable-homoglyphs. The algorithm is ours, for the library only
says whether single characters are doubtful. Skeletons are compared, but never shown or stored: newer data may
distinguish other names.
"""

import json
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib import resources
from typing import Any

import confusable_homoglyphs  # pyright: ignore[reportMissingTypeStubs]

from deliberation.texts.invisible import IGNORABLE, without_ignorable

Looks = frozenset[str]
"""The skeletons of a name: two names look alike if they have one in common."""

_TO_THE_RIGHT = "\u200e"
"""Put around characters of right-to-left scripts in the data, as in the comments of confusables.txt."""


@lru_cache(maxsize=20_000)
def looks(name: str) -> Looks:
    """The skeletons of the name as it is written and with case folded: "France", "FRANCE", and "France" with a Cyrillic
    letter or a zero-width space in it have one in common.

    Width, white space and invisible characters make no difference. Case is folded twice: once character by character,
    and once after replacing capitals by those that they look like, for the Cyrillic capital Ve looks like a Latin B
    while their small letters differ.
    """
    written = " ".join(without_ignorable(unicodedata.normalize("NFKC", name)).split())
    cases = {written, written.casefold(), written.translate(_capitals()).casefold()}
    return frozenset(map(_skeleton, cases))


def _skeleton(text: str) -> str:
    """As the standard says: decomposed, without ignorable characters, each other one replaced by its prototype."""
    decomposed = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFD", decomposed.translate(_prototypes()))


@cache
def _prototypes() -> Mapping[int, str | None]:
    """The prototype of each character, by code point; None for those that are left out."""
    source = resources.files(confusable_homoglyphs).joinpath("confusables.json")
    pairs = dict(_pairs(json.loads(source.read_text(encoding="utf-8"))))
    # Translated once more: a prototype can contain a character of a pair that was taken the other way round.
    prototypes: dict[int, str | None] = {sign: like.translate(pairs) for sign, like in pairs.items()}
    for first, last in IGNORABLE:
        prototypes.update(dict.fromkeys(range(first, last + 1)))
    return prototypes


def _pairs(alike: Mapping[str, list[dict[str, Any]]]) -> Iterator[tuple[int, str]]:
    """Characters and their prototypes. The data lists each pair under both of its characters. A character has one
    prototype, and a prototype mostly stands for many characters; where two have only each other, either may be the
    prototype."""
    for listed, others in alike.items():
        sign, other = listed.replace(_TO_THE_RIGHT, ""), others[0]["c"]
        prototype = other.replace(_TO_THE_RIGHT, "")
        if len(sign) != 1 or len(others) != 1:
            continue
        if len(alike[other]) > 1 or len(prototype) != 1 or prototype < sign:
            yield ord(sign), prototype


@cache
def _capitals() -> Mapping[int, str]:
    """The capitals that look like another capital, each with that other one."""
    every = _prototypes().items()
    return {sign: like for sign, like in every if like and chr(sign).isupper() and like.isupper()}
