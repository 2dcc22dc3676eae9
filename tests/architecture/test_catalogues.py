"""Every sentence stands in a catalogue, every catalogue's sentence is said, and every refusal has one."""

from __future__ import annotations

import importlib
import pkgutil
import re
import shutil
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Message

import deliberation
import services
from cogs.interactions.command_texts import CatalogueTranslator, describe
from cogs.showing.localizer import LOCALES, SOURCE, Catalogues, merged
from deliberation.errors import DomainError
from deliberation.texts import IssueText
from tests.architecture.catalogue import Uses, sentences_in, uses_in
from tests.architecture.loaded import Loaded, load_everything
from tests.architecture.source import Module

FOR_DEVELOPERS = {"cogs.showing.checking"}
"""What its complaints say is read in test reports."""

LANGUAGES = sorted(folder.name for folder in LOCALES.iterdir() if any(folder.glob("*.po")))


@pytest.fixture
async def loaded() -> Loaded:
    return await load_everything()


@pytest.fixture(scope="module")
def english() -> dict[str, Message]:
    return messages(LOCALES / SOURCE)


@pytest.fixture(scope="module")
def uses(product: list[Module]) -> Uses:
    whole = Uses()
    for module in product:
        if module.name.split(".")[0] in ("cogs", "bot", "rehearsal"):
            whole.add(uses_in(path=module.path, source=module.source))
    return whole


def messages(folder: Path) -> dict[str, Message]:
    """The messages of a language by key."""
    return {
        message.id if isinstance(message.id, str) else message.id[0]: message
        for message in merged(folder)
        if message.id
    }


def sentences(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def domain_errors() -> Iterator[type[DomainError]]:
    for package in (deliberation, services):
        for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(info.name)
    waiting = DomainError.__subclasses__()
    while waiting:
        error = waiting.pop()
        waiting += error.__subclasses__()
        yield error


def test_every_key_that_is_said_has_its_sentence(english: dict[str, Message], uses: Uses):
    missing = {key: place for key, place in uses.direct.items() if key not in english}
    assert not missing
    silent = {
        key: place for key, place in uses.patterns.items() if not any(re.fullmatch(key, known) for known in english)
    }
    areas = {key.split(".")[0] for key in english}
    assert {key: place for key, place in silent.items() if key.split("\\.")[0] in areas} == {}


def test_every_sentence_is_given_what_it_names(english: dict[str, Message], uses: Uses):
    missing = {
        (place, key): wanted
        for key, places in uses.given.items()
        for place, given in places
        if (wanted := {name for text in sentences(english[key]) for name in placeholders(text)} - given)
    }
    assert missing == {}


def test_every_literal_that_reads_like_a_key_is_one(english: dict[str, Message], uses: Uses):
    areas = {key.split(".")[0] for key in english if "." in key}
    prefixes = {".".join(key.split(".")[:n]) for key in english for n in range(1, key.count(".") + 1)}
    odd = {
        key: place
        for key, place in uses.literals.items()
        if "." in key and key.split(".")[0] in areas and key not in english and key not in prefixes
    }
    assert odd == {}


async def test_every_sentence_is_said(english: dict[str, Message], uses: Uses, loaded: Loaded):
    said = set(uses.direct) | set(uses.literals)
    said |= {key for key in english for pattern in uses.patterns if re.fullmatch(pattern, key)}
    commands = {f"command.{command.qualified_name.replace(' ', '.')}" for command in loaded.tree.walk_commands()}
    unsaid = [
        key
        for key in english
        if key not in said and not any(key == command or key.startswith(f"{command}.") for command in commands)
    ]
    assert unsaid == []


def test_every_refusal_has_a_sentence(english: dict[str, Message]):
    codes = {f"error.{error.code}" for error in domain_errors()}
    assert codes - english.keys() == set()
    variants = {key for key in english if key.startswith("error.")} - codes
    assert {key for key in variants if key.rpartition(".")[0] not in codes} == set(), "refusals that nobody makes"


def test_every_field_that_a_refusal_names_has_a_name(english: dict[str, Message]):
    fields = {"name", "reason", *IssueText.__slots__}
    assert {f"field.{name}" for name in fields} <= english.keys()


async def test_every_command_option_and_choice_is_described(loaded: Loaded):
    describe(loaded.tree.walk_commands(), loaded.context.catalogues.localizer(SOURCE))
    for command in loaded.tree.walk_commands():
        assert 1 <= len(command.description) <= 100
        assert "\u2026" not in command.description


async def test_a_command_is_described_in_every_language_that_has_its_text(loaded: Loaded, tmp_path: Path):
    head = 'msgid ""\nmsgstr "Language: {}\\n"\n'
    shutil.copytree(LOCALES / SOURCE, tmp_path / SOURCE)
    (tmp_path / "fr").mkdir()
    for key, text in (("docket", "Voter sur tout"), ("council.setup.secrecy.open", "Ouvert")):
        head += f'\nmsgid "command.{key}"\nmsgstr "{text}"\n'
    (tmp_path / "fr" / "fr.po").write_text(head.format("fr"), encoding="utf-8")
    catalogues = Catalogues.load(tmp_path)
    describe(loaded.tree.walk_commands(), catalogues.localizer(SOURCE))
    translator = CatalogueTranslator(catalogues)
    payload = [await command.get_translated_payload(loaded.tree, translator) for command in loaded.tree.get_commands()]
    [docket] = [command for command in payload if command["name"] == "docket"]
    assert docket["description_localizations"] == {"fr": "Voter sur tout"}
    assert docket["name_localizations"] == {}
    [council] = [command for command in payload if command["name"] == "council"]
    assert council["description_localizations"] == {}, "what a language lacks is shown in English"
    [setup] = [command for command in council["options"] if command["name"] == "setup"]
    assert [choice.get("name_localizations") for choice in setup["options"][0]["choices"]] == [
        {"fr": "Ouvert"},
        None,
        None,
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_texts_of_commands_are_short_enough_for_discord(language: str):
    found = {key: sentences(message) for key, message in messages(LOCALES / language).items()}
    long = [key for key, texts in found.items() if key.startswith("command.") and len(max(texts, key=len)) > 100]
    assert long == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_placeholders_of_the_english(language: str, english: dict[str, Message]):
    for key, message in messages(LOCALES / language).items():
        assert key in english, f"{language}: {key} has no English"
        allowed = {name for text in sentences(english[key]) for name in placeholders(text)}
        for text in sentences(message):
            assert placeholders(text) <= allowed, f"{language}: {key}"


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_catalogues_have_no_gaps_and_no_unfinished_entries(english: dict[str, Message]):
    assert [
        key
        for key, message in english.items()
        if message.fuzzy or not sentences(message) or not all(sentences(message))
    ] == []


def test_no_sentence_stands_in_the_code(product: list[Module]):
    found = [
        sentence
        for module in product
        if module.name.split(".")[0] == "cogs" and module.name not in FOR_DEVELOPERS
        for sentence in sentences_in(path=module.path, source=module.source)
    ]
    assert found == []


def test_what_the_checks_look_for_is_found():
    source = 'x.text("a.b"); y = f"c.{d}"; z = {"k": "e.f"}\nraise E("not a sentence here")\nw = "You cannot do this"\n'
    found = uses_in(path="cogs/x.py", source=source)
    assert set(found.direct) == {"a.b"}
    assert set(found.patterns) == {r"c\.[a-z0-9_.-]+"}
    assert "e.f" in found.literals
    assert sentences_in(path="cogs/x.py", source=source) == [
        "cogs/x.py:3: 'You cannot do this' belongs into a catalogue"
    ]


def test_two_files_of_a_language_may_not_have_the_same_key(tmp_path: Path):
    folder = tmp_path / "en"
    folder.mkdir()
    for name in ("a.po", "b.po"):
        (folder / name).write_text('msgid ""\nmsgstr "Language: en\\n"\n\nmsgid "x.y"\nmsgstr "z"\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"x\.y"):
        Catalogues.load(tmp_path)
