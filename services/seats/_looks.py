"""Names that look alike, by the skeletons of Unicode Technical Standard 39 (§4, "Confusable Detection").

Its data, confusables.txt, comes with the library confusable-homoglyphs; the walk over it is ours, for the library only
says whether single signs are doubtful. What is compared is never shown, and never stored: newer data may tell other
names apart.
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
"""What a name looks like: two names look alike where they have one of these in common."""

_TO_THE_RIGHT = "\u200e"
"""Stands around signs of scripts from right to left in the data, as in the comments of confusables.txt."""


@lru_cache(maxsize=20_000)
def looks(name: str) -> Looks:
    """The skeletons of the name as it is written and with case folded: "France", "FRANCE", and "France" with a Cyrillic
    letter or with a space of no width in it have one in common.

    Width, white space and what does not show make no difference. Case is folded once sign by sign, and once as a
    capital looks: the Cyrillic capital Ve is a Latin B, while their small letters differ.
    """
    written = " ".join(without_ignorable(unicodedata.normalize("NFKC", name)).split())
    cases = {written, written.casefold(), written.translate(_capitals()).casefold()}
    return frozenset(map(_skeleton, cases))


def _skeleton(text: str) -> str:
    """As the standard says: decomposed, without what is ignorable, each sign replaced by its prototype."""
    decomposed = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFD", decomposed.translate(_prototypes()))


@cache
def _prototypes() -> Mapping[int, str | None]:
    """What stands for each sign, by its number; None for what is left out."""
    source = resources.files(confusable_homoglyphs).joinpath("confusables.json")
    pairs = dict(_pairs(json.loads(source.read_text(encoding="utf-8"))))
    # Once more, for what other prototypes hold of a pair that was taken the other way round.
    prototypes: dict[int, str | None] = {sign: like.translate(pairs) for sign, like in pairs.items()}
    for first, last in IGNORABLE:
        prototypes.update(dict.fromkeys(range(first, last + 1)))
    return prototypes


def _pairs(alike: Mapping[str, list[dict[str, Any]]]) -> Iterator[tuple[int, str]]:
    """Signs and their prototypes. The data lists each pair at both its ends: a sign has one prototype, a prototype as a
    rule many signs, and of two that have but each other either may stand for both."""
    for listed, others in alike.items():
        sign, other = listed.replace(_TO_THE_RIGHT, ""), others[0]["c"]
        prototype = other.replace(_TO_THE_RIGHT, "")
        if len(sign) != 1 or len(others) != 1:
            continue
        if len(alike[other]) > 1 or len(prototype) != 1 or prototype < sign:
            yield ord(sign), prototype


@cache
def _capitals() -> Mapping[int, str]:
    """The capitals that look like another capital, and that one."""
    every = _prototypes().items()
    return {sign: like for sign, like in every if like and chr(sign).isupper() and like.isupper()}
