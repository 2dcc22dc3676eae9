"""The habits of the house hold in every module, and the checks find what breaks them."""

from __future__ import annotations

import pytest

from tests.architecture.source import Module
from tests.architecture.style import (
    CATCH_ALL,
    catches_all,
    crowd_breaches,
    event_breaches,
    handler_breaches,
    length_breaches,
    name_breaches,
    rights_breaches,
    unfinished_breaches,
)


def test_no_module_is_too_long(everything: list[Module]):
    found = [breach for module in everything for breach in length_breaches(path=module.path, source=module.source)]
    assert not found, "\n" + "\n".join(found)


def test_every_module_has_a_name_that_says_something(everything: list[Module]):
    found = [breach for module in everything for breach in name_breaches(path=module.path)]
    assert not found, "\n" + "\n".join(found)


def test_everything_is_caught_in_the_named_places_alone(product: list[Module]):
    found = [breach for module in product for breach in handler_breaches(path=module.path, source=module.source)]
    assert not found, "\n" + "\n".join(found)


def test_each_of_these_places_catches_everything(product: list[Module]):
    catching = {module.path for module in product if catches_all(path=module.path, source=module.source)}
    assert CATCH_ALL.keys() == catching


def test_no_folder_is_crowded(product: list[Module]):
    found = crowd_breaches(paths=[module.path for module in product])
    assert not found, "\n" + "\n".join(found)


def test_a_crowded_folder_is_found():
    many = [f"cogs/area/m{number}.py" for number in range(21)]
    assert crowd_breaches(paths=many) == ["cogs/area has 21 modules, more than 20: group them by subject"]
    assert crowd_breaches(paths=[*many[1:], "cogs/area/inner/m.py"]) == []


def test_who_may_is_for_services_to_say(product: list[Module]):
    found = [breach for module in product for breach in rights_breaches(path=module.path, source=module.source)]
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize(
    "source",
    [
        "raise NotChair(role=None)",
        "raise ErasesAnother",
        "if actor.manages_server:\n    f()",
        "if council.is_chair(actor):\n    f()",
    ],
)
def test_a_cog_that_decides_who_may_is_found(source: str):
    assert len(rights_breaches(path="cogs/councils/closing.py", source=source)) == 1
    assert rights_breaches(path="services/councils/service.py", source=source) == []


def test_what_chairs_see_may_be_drawn_for_them():
    assert rights_breaches(path="cogs/councils/rules.py", source="draw(view, chair=council.is_chair(actor))") == []


def test_nothing_is_left_unfinished(everything: list[Module]):
    found = [breach for module in everything for breach in unfinished_breaches(path=module.path, source=module.source)]
    assert not found, "\n" + "\n".join(found)


def test_the_logs_events_are_named_alike(product: list[Module]):
    found = [breach for module in product for breach in event_breaches(path=module.path, source=module.source)]
    assert not found, "\n" + "\n".join(found)
    assert len(event_breaches(path="bot/client.py", source='log.error("Post failed", post=1)')) == 1


def test_a_long_module_is_found_and_a_long_migration_is_not():
    assert length_breaches(path="bot/client.py", source="\n" * 300) == []
    assert length_breaches(path="bot/client.py", source="\n" * 301) == [
        "bot/client.py has 301 lines, more than 300: split it along the seam that is already there"
    ]
    assert length_breaches(path="tests/bot/test_client.py", source="\n" * 350) == []
    assert len(length_breaches(path="tests/bot/test_client.py", source="\n" * 351)) == 1
    assert length_breaches(path="storage/migrations/versions/0001_start.py", source="\n" * 900) == []


@pytest.mark.parametrize(
    "path", ["cogs/utils.py", "bot/helpers/time.py", "services/round_manager.py", "storage/_common.py", "cogs/misc.py"]
)
def test_a_vague_name_is_found(path: str):
    assert len(name_breaches(path=path)) == 1


@pytest.mark.parametrize(
    "path", ["cogs/interactions/guard.py", "deliberation/common_ground.py", "cogs/ballots/__init__.py"]
)
def test_a_telling_name_passes(path: str):
    assert name_breaches(path=path) == []


@pytest.mark.parametrize(
    "source",
    [
        "try:\n    f()\nexcept Exception:\n    pass",
        "try:\n    f()\nexcept (ValueError, Exception) as error:\n    raise",
        "try:\n    f()\nexcept:\n    pass",
        "try:\n    f()\nexcept BaseException:\n    pass",
        "import contextlib\nwith contextlib.suppress(Exception):\n    f()",
        "import asyncio\nasync def f():\n    await asyncio.gather(g(), return_exceptions=True)",
    ],
)
def test_a_catch_all_is_found(source: str):
    assert len(handler_breaches(path="bot/client.py", source=source)) == 1
    assert handler_breaches(path="cogs/interactions/guard.py", source=source) == []
    assert handler_breaches(path="bot/connection/gateway.py", source=source) == []


@pytest.mark.parametrize(
    "source",
    [
        "try:\n    f()\nexcept ValueError:\n    pass",
        "try:\n    f()\nexcept BaseException:\n    undo()\n    raise",
        "import contextlib\nwith contextlib.suppress(ProcessLookupError):\n    f()",
    ],
)
def test_a_named_exception_and_clean_up_that_raises_again_pass(source: str):
    assert handler_breaches(path="bot/client.py", source=source) == []


@pytest.mark.parametrize("note", ["TO" + "DO", "FIX" + "ME"])
def test_a_note_of_unfinished_work_is_found(note: str):
    assert unfinished_breaches(path="bot/client.py", source=f"x = 1\n# {note}: later") == [
        "bot/client.py:2 leaves a note of unfinished work: finish it, or file an issue"
    ]
