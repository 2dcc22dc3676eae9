"""Countries as they are typed."""

import pytest

from cogs.showing.countries import find_country


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("France", "FR"),
        ("fr", "FR"),
        ("germ", "DE"),
        ("Niger", "NE"),
        ("Côte d\N{RIGHT SINGLE QUOTATION MARK}Ivoire", "CI"),
        ("cote d ivoire", "CI"),
        ("congo", None),
        ("united", None),
        ("vatican", "VA"),
        ("EU", None),
        ("Wakanda", None),
        ("", None),
    ],
)
def test_only_one_country_is_meant_by_what_was_typed(typed: str, code: str | None):
    assert find_country(typed, "en") == code


def test_a_country_goes_by_its_name_in_the_councils_language():
    assert find_country("allemagne", "fr") == "DE"
