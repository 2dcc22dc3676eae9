# ruff: noqa: RUF001 - what looks alike is what is tried here
"""Which names look alike, and which do not: across scripts, widths, case and what does not show."""

from itertools import combinations

import pytest

from cogs.showing.countries import country_names
from services.seats._looks import looks
from services.seats._taking import ready_made, ready_made_keys

ALIKE = [
    # What does not show.
    ("France", "Fra\u200bnce"),
    ("France", "France\u3164"),
    ("France", "\ufeffFrance"),
    ("France", "Fr\u00adance"),
    ("France", "France\u2800"),
    ("France", "Fra\u2060nce"),
    ("France", "Fra\u034fnce"),
    ("France", "France\ufe0f"),
    ("France", "France\U000e0041"),
    ("New Zealand", "New\u00a0Zealand"),
    ("New Zealand", "New \u200b Zealand"),
    ("New Zealand", "New\u3000\u3164Zealand"),
    # Case and width.
    ("France", "FRANCE"),
    ("France", "Ｆｒａｎｃｅ"),
    ("Group 1", "Group ①"),
    ("Straße", "STRASSE"),
    # Cyrillic, small letters and capitals.
    ("France", "Frаnce"),
    ("FRANCE", "FRАNСЕ"),
    ("France", "FRАNСЕ"),
    ("Peru", "Реru"),
    ("Brazil", "Вrazil"),
    ("brazil", "ВRAZIL"),
    ("Honduras", "Нonduras"),
    ("HAITI", "НАІТІ"),
    ("Mexico", "Мехісо"),
    ("Cuba", "Сubа"),
    ("Jordan", "Јordan"),
    ("Syria", "Ѕyria"),
    ("Togo", "Тоgо"),
    # Greek.
    ("Austria", "Αustria"),
    ("OMAN", "ΟΜΑΝ"),
    ("Zambia", "Ζambia"),
    ("Kenya", "Κenya"),
    ("Bhutan", "Βhutan"),
    ("Nauru", "Νauru"),
    # Letters for letters and digits.
    ("IRAN", "lRAN"),
    ("Iran", "lran"),
    ("Iran", "1ran"),
    ("Iran", "|ran"),
    ("Iran", "Ⅰran"),
    ("Oman", "0man"),
    ("modern", "rnodern"),
    # Other signs.
    ("Chad", "𝐂𝐡𝐚𝐝"),
    ("Chad", "𝒞𝒽𝒶𝒹"),
    ("Chad", "𝙲𝚑𝚊𝚍"),
    ("Chad", "ℂhad"),
    ("Japan", "Ꭻapan"),
    ("Guinea-Bissau", "Guinea‐Bissau"),
    ("Guinea-Bissau", "Guinea−Bissau"),
    ("Cote d'Ivoire", "Cote d’Ivoire"),
    ("Côte", "Co\u0302te"),
    ("Россия", "Poccия"),
    ("Оман", "Oман"),
    ("一", "⼀"),
    ("ایران", "ایر\u200cان"),
    ("فرنسا", "ﻓﺮﻧﺴﺎ"),
    ("日本", "⽇本"),
    # The standard's own examples.
    ("paypal", "раураl"),
    ("scope", "ѕсоре"),
    ("ljeto", "ǉeto"),
    ("søs", "so\u0337s"),
]
APART = [
    ("France", "Francia"),
    ("France", "Frances"),
    ("Iran", "Iraq"),
    ("Iran", "Oran"),
    ("Mali", "Mall"),
    ("MALI", "MALL"),
    ("Niger", "Nigeria"),
    ("Guinea", "Guyana"),
    ("Guinea", "Guinea-Bissau"),
    ("Austria", "Australia"),
    ("Slovakia", "Slovenia"),
    ("Dominica", "Dominican Republic"),
    ("Congo - Kinshasa", "Congo - Brazzaville"),
    ("North Korea", "South Korea"),
    ("Samoa", "American Samoa"),
    ("Ireland", "Iceland"),
    ("Latvia", "Lithuania"),
    ("Paraguay", "Uruguay"),
    ("Gambia", "Zambia"),
    ("Malawi", "Malaysia"),
    ("Sudan", "South Sudan"),
    ("St. Lucia", "St Lucia"),
    ("New Zealand", "NewZealand"),
    ("Peru", "Pérou"),
    ("Pérou", "Perou"),
    ("Côte", "Cote"),
    ("Muller", "Müller"),
    ("Team 1", "Team 2"),
    ("Team 1", "Team 11"),
    ("Team I", "Team II"),
    ("Group A", "Group B"),
    ("Group A", "Groupa"),
    ("Россия", "Россия и мир"),
    ("Австрия", "Австралия"),
    ("Иран", "Ирак"),
    ("Нигер", "Нигерия"),
    ("Мали", "Мальта"),
    ("Перу", "Pyru"),
    ("中国", "中华"),
    ("日本", "曰本人"),
    ("几内亚", "圭亚那"),
    ("法国", "德国"),
    ("إيران", "العراق"),
    ("مالي", "مالطا"),
    ("النيجر", "نيجيريا"),
    ("España", "Espana"),
    ("ελλάδα", "ελλαδα"),
    ("भारत", "भारती"),
    ("대한민국", "조선"),
    ("ไทย", "ไท"),
    ("👍 Team", "👎 Team"),
    ("🇫🇷 Team", "🇩🇪 Team"),
]


@pytest.mark.parametrize(("name", "other"), ALIKE, ids=ascii)
def test_these_look_alike(name: str, other: str):
    assert name != other
    assert looks(name) & looks(other)


@pytest.mark.parametrize(("name", "other"), APART, ids=ascii)
def test_these_do_not(name: str, other: str):
    assert not looks(name) & looks(other)


def alike_in(names: dict[str, str]) -> list[tuple[str, str]]:
    looking = [(code, looks(name)) for code, name in names.items()]
    return [(one, other) for (one, a), (other, b) in combinations(looking, 2) if a & b]


@pytest.mark.parametrize("language", ["en", "fr", "ru", "zh", "ar", "es"])
def test_no_two_countries_of_a_language_look_alike(language: str):
    names = country_names(language)
    assert len(names) > 240
    assert alike_in(names) == []


@pytest.mark.parametrize("key", ready_made_keys())
def test_every_ready_made_seating_can_be_seated(key: str):
    seats = ready_made(key, country_names("en"))
    assert alike_in({str(number): seat.name for number, seat in enumerate(seats)}) == []


def test_all_that_is_ignorable_leaves_no_look():
    assert looks("\u3164\u200b\u00ad") == {""}
