"""The settings as members read them and chairs find them: each has its sentence, and its place in a form."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cogs.showing.localizer import LOCALES, SOURCE, Catalogues, Localizer, merged
from cogs.showing.rules_lines import changed_lines, rules_lines
from deliberation.fields import fields_of, names_of
from deliberation.rules import Quorum, Rules, Rung
from deliberation.rules.changes import GROUPS
from deliberation.rules.presets import META_REGIME
from tests.deliberation.councils import any_settings, values_of

OF_PRESETS = ("preset", "adjustment", "prohibited", "quorum")
"""What is not one setting but several, or stands in the panel's title."""
SETTINGS = [name for name in names_of(Rules) if name not in OF_PRESETS]
RULES = replace(META_REGIME, open_seating=False)


@pytest.fixture(scope="module")
def say() -> Localizer:
    return Catalogues.load().localizer(SOURCE)


@pytest.mark.parametrize("setting", SETTINGS)
@settings(deadline=None)
@given(data=st.data())
def test_whatever_is_changed_shows_in_the_panel(setting: str, data: st.DataObject, say: Localizer) -> None:
    name = names_of(Rules)[setting]
    value = data.draw(values_of(fields_of(Rules)[name]))
    changed = replace(RULES, **{name: value})
    assert bool(changed_lines(RULES, changed, say)) is (changed != RULES)


@settings(deadline=None)
@given(rules=any_settings())
def test_any_rules_can_be_read(rules: Rules, say: Localizer) -> None:
    lines = rules_lines(rules, say)
    assert len(set(lines)) == len(lines)


def test_every_setting_stands_in_one_form_with_its_name_and_a_hint() -> None:
    of_rung, of_quorum = list(fields_of(Rung)), ["quorum", "least"]
    assert len(of_quorum) == len(fields_of(Quorum))
    placed = Counter(setting for settings in GROUPS.values() for setting in settings)
    assert placed == Counter([*SETTINGS, *of_quorum, *of_rung, *of_rung]), "a rung has a form for each category"
    messages = {message.id if isinstance(message.id, str) else message.id[0] for message in merged(LOCALES / SOURCE)}
    said = {key for key in messages if key.startswith("setting.")}
    named = {f"setting.{setting}{part}" for setting in placed for part in ("", ".hint")}
    assert said - {f"setting.{setting}.on" for setting in SETTINGS} == named
