"""Countries by ISO 3166 code, named in a language by Babel: no list of our own."""

from functools import lru_cache
from typing import cast

from babel import Locale

from cogs import limits
from deliberation.texts import fold

from .formatting import flag

NOT_COUNTRIES = frozenset(("EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"))
"""Codes of two letters that stand for no country: groups, private use and exceptional reservations."""


@lru_cache(maxsize=32)
def country_names(language: str) -> dict[str, str]:
    """Every country's name by its code."""
    territories = cast("dict[str, str]", Locale.parse(language, sep="-").territories)
    return {
        code: name
        for code, name in territories.items()
        if len(code) == 2 and code.isalpha() and code not in NOT_COUNTRIES
    }


@lru_cache(maxsize=32)
def _folded(language: str) -> dict[str, tuple[str, str]]:
    return {code: (fold(name), name) for code, name in country_names(language).items()}


def find_countries(typed: str, *languages: str, most: int = limits.OPTIONS) -> list[tuple[str, str]]:
    """Codes and labels (flag and name in the first language) of the countries that go with what was typed: those whose
    name begins with it first. Matched in any of the languages, and by code."""
    wanted = fold(typed)
    found: dict[str, bool] = {}
    for language in languages:
        for code, (folded, _) in _folded(language).items():
            if not wanted or wanted in folded or wanted == code.lower():
                begins = folded.startswith(wanted) or wanted == code.lower()
                found[code] = found.get(code, False) or begins
    names = country_names(languages[0])
    ordered = sorted(found, key=lambda code: (not found[code], _folded(languages[0])[code][0]))
    return [(code, f"{flag(code)} {names[code]}") for code in ordered[:most]]


def find_country(typed: str, language: str) -> str | None:
    """The code of the one country that goes by what was typed or chosen: its code or its name, else the beginning of a
    word of its name that no other country's has ("EU" is not Réunion); None where there is no such country."""
    wanted, names = fold(typed), _folded(language)
    found = [code for code, (folded, _) in names.items() if wanted in (folded, code.lower())]
    if wanted and not found:
        found = [code for code, (folded, _) in names.items() if f" {wanted}" in f" {folded}"]
    return found[0] if len(found) == 1 else None
