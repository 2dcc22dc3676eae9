"""Ids of buttons, menus and forms: no two templates can be confused, and each has exactly one taker."""

from __future__ import annotations

import importlib
import inspect
import itertools
import pkgutil
from collections import Counter

import pytest

import cogs
from cogs.custom_ids import KEY, LONGEST, NUMBER, OPTIONAL, POST, Template, templates
from cogs.interactions.guard import GuardedItem
from tests.architecture.loaded import Loaded, load_everything


@pytest.fixture
async def loaded() -> Loaded:
    return await load_everything()


def example(template: Template, *, longest: bool = False) -> str:
    """An id of the template."""
    values: dict[str, object] = {}
    for name, kind in template.fields:
        if kind == NUMBER:
            values[name] = 10**18 - 1 if longest else 7
        elif kind == OPTIONAL:
            values[name] = 2**31 - 1 if longest else 7
        elif kind == KEY:
            values[name] = "k" * 60 if longest else "k"
        else:
            values[name] = max(kind, key=len)
    return template.build(**values)


@pytest.mark.parametrize("template", templates(), ids=lambda template: template.noun)
def test_an_id_is_read_back_as_it_was_built(template: Template):
    built = example(template, longest=True)
    assert len(built) <= LONGEST
    assert template.build(**template.read(built)._asdict()) == built


def test_no_id_fits_two_templates():
    assert len({template.noun for template in templates()}) == len(templates())
    for one, other in itertools.permutations(templates(), 2):
        assert not one.pattern.fullmatch(example(other))


async def test_only_what_no_template_fits_is_out_of_date(loaded: Loaded):
    for item in loaded.desk.items:
        known = example(item.ids_template)
        assert loaded.desk.items.find(known) == (item, item.ids_template.read(known))
        for other in (f"{known}:1", known.replace("cmt:1:", "cmt:0:"), known.replace("cmt:", "another:")):
            assert loaded.desk.items.find(other) is None


def test_an_id_from_before_a_field_was_added_is_read_as_without_it():
    template = Template("vote", round=NUMBER, seat=OPTIONAL)
    assert template.read("cmt:1:vote:3")._asdict() == {"round": 3, "seat": None}
    assert template.read("cmt:1:vote:3:9").seat == 9
    assert template.build(round=3, seat=None) == template.build(round=3) == "cmt:1:vote:3"
    assert template.build(round=3, seat=9) == "cmt:1:vote:3:9"


def test_what_does_not_fit_is_not_built():
    template = Template("vote", round=NUMBER, position=("yes", "no"))
    assert template.build(round=3, position="yes") == "cmt:1:vote:3:yes"
    for values in ({"round": -3, "position": "yes"}, {"round": 3, "position": "perhaps"}, {"round": 3}):
        with pytest.raises(ValueError, match="vote"):
            template.build(**values)
    with pytest.raises(ValueError, match="vote"):
        template.read("cmt:1:vote:3:perhaps")


async def test_every_template_has_exactly_one_taker(loaded: Loaded):
    taken = Counter(item.ids_template.noun for item in loaded.desk.items)
    taken += Counter(list(loaded.desk.forms._forms))
    # A post's mark is looked for among messages, never tapped.
    assert taken == Counter(template.noun for template in templates() if template != POST)


async def test_every_item_that_is_written_is_registered(loaded: Loaded):
    written = set()
    for info in pkgutil.walk_packages(cogs.__path__, "cogs."):
        module = importlib.import_module(info.name)
        written |= {
            value
            for _, value in inspect.getmembers(module, inspect.isclass)
            if issubclass(value, GuardedItem)
            and value.__module__ == info.name
            and info.name != "cogs.interactions.guard"
        }
    assert written == set(loaded.desk.items)


async def test_no_two_commands_clash(loaded: Loaded):
    names = Counter(command.qualified_name for command in loaded.tree.walk_commands())
    assert [name for name, times in names.items() if times > 1] == []
