"""Every sentence a member reads, in the member's language: message catalogues, and numbers and lists as written there.

Messages have symbolic keys ("ballot.recorded"); the English sentence is the translation of its key like any other, so
that no sentence stands in the code. What a language lacks is said in English.
"""

import gettext
import io
from collections.abc import Iterable, Mapping
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Self

from babel import Locale
from babel.lists import format_list
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from deliberation.texts.durations import format_duration

SOURCE = "en"
"""The language the product is written in, and the one for whatever another lacks."""

LOCALES = Path(__file__).resolve().parents[2] / "locales"


class Localizer:
    """One language's sentences. `language` is a BCP 47 tag."""

    def __init__(self, language: str, messages: gettext.NullTranslations) -> None:
        self.language = language
        self._messages = messages
        self._locale = Locale.parse(language, sep="-")

    def text(self, key: str, **params: object) -> str:
        """The sentence for `key`, with `params` inserted as given: escape what members wrote before passing it.

        Raises KeyError where no catalogue has the key, or the sentence wants another parameter.
        """
        found = self._messages.gettext(key)
        if found == key:
            raise KeyError(key)
        return found.format_map(params)

    def plural(self, key: str, n: int, **params: object) -> str:
        """The sentence for `key` that goes with `n`, which stands in it as {n}. Raises KeyError as `text` does."""
        found = self._messages.ngettext(key, f"{key}.many", n)
        if found in (key, f"{key}.many"):
            raise KeyError(key)
        return found.format_map({"n": self.number(n), **params})

    def has(self, key: str) -> bool:
        """Whether there is a sentence for `key`, in this language or in English."""
        return self._messages.gettext(key) != key

    def number(self, number: int | Decimal) -> str:
        """The number as this language writes it."""
        return format_decimal(number, locale=self._locale)

    def percent(self, share: Fraction, *, places: int = 1) -> str:
        """The share in percent, rounded half up from the exact fraction to at most `places` decimals: "81.6 %"."""
        scale = 10**places
        tenths = (share * 100 * scale * 2 + 1) // 2
        number = format_decimal(Decimal(tenths) / scale, format=f"#,##0.{'#' * places}", locale=self._locale)
        return self.text("unit.percent", number=number)

    def list_of(self, parts: Iterable[str]) -> str:
        """The parts as an enumeration: "a, b and c"."""
        return format_list(list(parts), locale=self._locale)

    def either_of(self, parts: Iterable[str]) -> str:
        """The parts as alternatives: "a, b or c"."""
        return format_list(list(parts), style="or", locale=self._locale)

    def duration(self, length: timedelta) -> str:
        """The length of time in words: "3 days, 12 hours"."""
        parts = [self.plural(_UNITS[unit], count) for unit, count in format_duration(length)]
        return format_list(parts, style="unit", locale=self._locale)

    def __repr__(self) -> str:
        return f"Localizer({self.language!r})"


_UNITS = {"day": "unit.day", "hour": "unit.hour", "minute": "unit.minute", "second": "unit.second"}


class Catalogues:
    """The languages that the product speaks."""

    def __init__(self, messages: Mapping[str, gettext.NullTranslations]) -> None:
        source = messages[SOURCE]
        for language, found in messages.items():
            if language != SOURCE:
                found.add_fallback(source)
        self._localizers = {language: Localizer(language, found) for language, found in messages.items()}
        self.languages = (SOURCE, *sorted(messages.keys() - {SOURCE}))

    @classmethod
    @cache
    def load(cls, folder: Path = LOCALES) -> Self:
        """Read `<folder>/<language>/*.po`, once in a process. Raises ValueError where two files of a language have the
        same key."""
        found = sorted(path for path in folder.iterdir() if any(path.glob("*.po")))
        return cls({path.name: _compiled(merged(path)) for path in found})

    def localizer(self, language: str) -> Localizer:
        """The localizer for that language tag or the nearest there is: "fr-CA" finds "fr", what is unknown English."""
        tag = language
        while tag:
            if tag in self._localizers:
                return self._localizers[tag]
            tag = tag.rpartition("-")[0]
        return self._localizers[SOURCE]

    def autonym(self, language: str) -> str:
        """The language's name in itself: "français"."""
        return Locale.parse(language, sep="-").get_display_name() or language


def merged(folder: Path) -> Catalog:
    """The messages of one language's files. Raises ValueError for a key that stands in two of them."""
    whole = Catalog(locale=folder.name.replace("-", "_"))
    for path in sorted(folder.glob("*.po")):
        with path.open("rb") as file:
            part = read_po(file, locale=folder.name.replace("-", "_"), abort_invalid=True)
        for message in part:
            if not message.id:
                continue
            if message.id in whole:
                raise ValueError(f"{path}: {message.id!r} stands in another file, too")
            whole[message.id] = message
    return whole


def _compiled(catalog: Catalog) -> gettext.GNUTranslations:
    buffer = io.BytesIO()
    write_mo(buffer, catalog)
    buffer.seek(0)
    return gettext.GNUTranslations(buffer)
