"""What makes the ballot's transaction quick stays behind one door, and nobody outside the store speaks of it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.imports import imports_of, within
from tests.architecture.source import Module

FENCED = "storage.casting"
OPENS_IT = "storage.unit_of_work"
DRIVER = "storage.sqlite"
"""Carries out what it is handed, in its thread or at once."""
SHORT_CUTS = frozenset({"Prepared", "PreparedInsert", "prepared", "together", "brief", "long", "waits", "at_once"})
"""Names and arguments that say how a statement is carried out."""


def door_breaches(*, module: str, source: str, is_package: bool = False) -> list[str]:
    """Imports of the fenced package but through its door, and through it but by the one module that opens it."""
    breaches = []
    for found in imports_of(module=module, source=source, is_package=is_package):
        if within(module, FENCED) or not within(found.name, FENCED):
            continue
        if module != OPENS_IT or found.name.removeprefix(FENCED).startswith("._"):
            breaches.append(f"{module}:{found.line} imports {found.name}: only {OPENS_IT} opens the door of {FENCED}")
    return breaches


def short_cuts(*, module: str, source: str) -> list[str]:
    """Where a module says how a statement is carried out, though that is the fenced package's business."""
    if within(module, FENCED) or module == DRIVER:
        return []
    named = [(line, name) for line, name in _names(ast.parse(source)) if name in SHORT_CUTS]
    return [f"{module}:{line} says {name}: how statements are carried out is for {FENCED}" for line, name in named]


def _names(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name):
                yield node.lineno, name
            case ast.keyword(arg=str(name), value=value):
                yield value.lineno, name
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield node.lineno, name


def test_one_module_opens_the_door(product: list[Module]) -> None:
    found = [
        breach
        for one in product
        for breach in door_breaches(module=one.name, source=one.source, is_package=one.is_package)
    ]
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize("floor", ["services", "storage"])
def test_nobody_else_knows_how_a_statement_is_carried_out(product: list[Module], floor: str) -> None:
    modules = [one for one in product if within(one.name, floor)]
    found = [breach for one in modules for breach in short_cuts(module=one.name, source=one.source)]
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("storage.repositories.ballots.ballots", "from storage.casting import Casting"),
        ("storage.repositories.issues", "from storage import casting"),
        ("storage.unit_of_work", "from storage.casting._driver import read"),
        ("services.ballots.service", "def late():\n    from storage.casting import Casting"),
    ],
)
def test_another_way_in_is_found(module: str, source: str) -> None:
    assert len(door_breaches(module=module, source=source)) == 1


@pytest.mark.parametrize(
    "source",
    [
        "class Store(Protocol):\n    def read(self, *, brief: bool = False): ...",
        "async with uow.together():\n    pass",
        "QUERY = Prepared(select(Row))",
        "await driver.carry_out(work, at_once=True)",
    ],
)
def test_a_short_cut_is_found(source: str) -> None:
    assert len(short_cuts(module="services.ports.store", source=source)) == 1


def test_the_door_is_opened_in_its_place_and_words_are_free() -> None:
    assert door_breaches(module="storage.unit_of_work", source="from storage import casting") == []
    assert door_breaches(module="storage.casting._casting", source="from ._driver import read") == []
    assert short_cuts(module="services.people.service", source='"""Who asks at once is answered together."""') == []
