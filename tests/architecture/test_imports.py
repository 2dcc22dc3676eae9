"""The arrows point inwards: every module's imports are held against the table, and so are invented bad ones."""

from __future__ import annotations

import pytest

from tests.architecture.imports import clock_breaches, import_breaches, imported_by, imports_of, rings
from tests.architecture.source import PACKAGES, Module

AREAS = frozenset({"ballots", "rounds"})


def breaches(module: str, source: str, *, is_package: bool = False) -> list[str]:
    return import_breaches(module=module, source=source, is_package=is_package, areas=AREAS)


def test_every_package_is_read(product: list[Module]):
    assert {module.name.partition(".")[0] for module in product} == set(PACKAGES)


def test_no_module_imports_against_the_arrows(product: list[Module], areas: frozenset[str]):
    found = [
        breach
        for module in product
        for breach in import_breaches(
            module=module.name, source=module.source, is_package=module.is_package, areas=areas
        )
    ]
    assert not found, "\n" + "\n".join(found)


def test_the_procedure_reads_no_clock_and_does_no_io(product: list[Module]):
    found = [
        breach
        for module in product
        if module.name.partition(".")[0] == "deliberation"
        for breach in clock_breaches(module=module.name, source=module.source)
    ]
    assert not found, "\n" + "\n".join(found)


def ring_of(**sources: str) -> list[list[str]]:
    """The rings in a package `a` of these modules."""
    modules = {f"a.{name}": list(imports_of(module=f"a.{name}", source=source)) for name, source in sources.items()}
    return rings(imported_by(modules))


@pytest.mark.parametrize("package", PACKAGES)
def test_no_modules_import_each_other_in_a_ring(package: str, product: list[Module]):
    modules = {
        module.name: list(imports_of(module=module.name, source=module.source, is_package=module.is_package))
        for module in product
        if module.name.partition(".")[0] == package
    }
    found = rings(imported_by(modules))
    assert not found, "\n" + "\n".join(" -> ".join([*ring, ring[0]]) for ring in found)


@pytest.mark.parametrize(
    "back",
    [
        "from a.one import x",
        "from .one import x",
        "from . import one",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from .one import x",
        "def f():\n    from .one import x",
    ],
)
def test_a_ring_is_found_wherever_the_import_hides(back: str):
    assert ring_of(one="from a import two", two="from a.three import y", three=back) == [["a.one", "a.two", "a.three"]]


def test_each_ring_is_told_once_and_a_line_of_imports_is_none():
    assert ring_of(one="import a.two", two="import a.three", three="import json", four="import a.one") == []
    two_rings = ring_of(one="import a.two, a.three", two="import a.one", three="import a.one")
    assert two_rings == [["a.one", "a.three"], ["a.one", "a.two"]]


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("deliberation.rulings._rulings", "import services"),
        ("deliberation.rulings._rulings", "from services.ports import Clock"),
        ("deliberation.rulings._rulings", "import discord"),
        ("deliberation.rulings._rulings", "import numpy"),
        ("deliberation.rulings._rulings", "import logging"),
        ("deliberation.rulings._rulings", "from time import time"),
        ("deliberation.rulings._rulings", "def f():\n    import sqlite3"),
        ("deliberation.rulings._rulings", "import importlib\nimportlib.import_module('storage.tables')"),
        ("services.ballots.service", "import discord"),
        ("services.ballots.service", "from sqlmodel import Session"),
        ("services.ballots.service", "from storage import tables"),
        ("services.ballots.service", "import cogs.ballots"),
        ("services.ballots.service", "from bot import settings"),
        ("storage.writer", "import discord.abc"),
        ("storage.writer", "from services import ballots"),
        ("storage.writer", "import services"),
        ("storage.writer", "from cogs.interactions.guard import guard"),
        ("cogs.ballots.buttons", "from storage import tables"),
        ("cogs.ballots.buttons", "import sqlmodel"),
        ("cogs.ballots.buttons", "import bot"),
        ("cogs.ballots.buttons", "from cogs.rounds import card"),
        ("cogs.ballots.buttons", "from cogs import rounds"),
        ("cogs.ballots.buttons", "from ..rounds.card import draw"),
        ("cogs.ballots.buttons", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import cogs.rounds"),
        ("cogs.interactions.guard", "from cogs.ballots import buttons"),
        ("bot.client", "def f():\n    from rehearsal import council"),
        ("bot.__main__", "from rehearsal import council"),
        ("rehearsal.council", "from storage import tables"),
        ("rehearsal.council", "import sqlalchemy"),
    ],
)
def test_an_import_against_an_arrow_is_found(module: str, source: str):
    assert len(breaches(module, source)) == 1


@pytest.mark.parametrize(
    ("module", "source"),
    [
        (
            "deliberation.rulings._rulings",
            "from fractions import Fraction\nfrom .rules import Rules\nimport deliberation.tallies",
        ),
        ("deliberation.blocs", "import numpy as np"),
        (
            "services.ballots.service",
            "import asyncio\nfrom deliberation import rulings\nfrom services.ports import Clock",
        ),
        (
            "storage.writer",
            "import sqlmodel, sqlalchemy.ext.asyncio\nfrom services.ports import Clock\nfrom services import ports",
        ),
        (
            "cogs.ballots.buttons",
            "import discord\nfrom cogs import guard\nfrom cogs.ballots import card\nfrom . import form",
        ),
        ("bot.client", "import discord, apscheduler\nfrom storage import engine\nfrom cogs.ballots import buttons"),
        ("bot.__main__", "def rehearse():\n    from rehearsal import council"),
        ("rehearsal.council", "import simcord\nfrom bot import create_bot"),
    ],
)
def test_an_import_along_the_arrows_passes(module: str, source: str):
    assert breaches(module, source) == []


def test_the_face_of_cogs_may_name_every_area():
    assert breaches("cogs", "from cogs import ballots, rounds", is_package=True) == []


def test_relative_imports_are_resolved_from_a_module_and_from_a_package():
    assert [found.name for found in imports_of(module="a.b.c", source="from . import x\nfrom ..d import y")] == [
        "a.b.x",
        "a.d.y",
    ]
    assert [found.name for found in imports_of(module="a.b", source="from .c import x", is_package=True)] == ["a.b.c.x"]


def test_a_breach_names_the_place_and_the_reason():
    assert breaches("cogs.ballots.buttons", "\nimport sqlmodel") == [
        "cogs.ballots.buttons:2 imports sqlmodel: cogs may use of libraries only: aiohttp, babel, discord, structlog"
    ]


@pytest.mark.parametrize(
    "source",
    [
        "from datetime import datetime\nx = datetime.now()",
        "import datetime\nx = datetime.datetime.utcnow",
        "from datetime import date\nx = date.today()",
        "import uuid\nx = uuid.uuid4()",
        "print('ruled')",
        "open('record')",
    ],
)
def test_a_clock_or_io_in_the_procedure_is_found(source: str):
    assert len(clock_breaches(module="deliberation.rounds._rounds", source=source)) == 1


def test_time_as_an_argument_passes():
    source = "from datetime import datetime, timedelta\ndef due(now: datetime):\n    return now + timedelta(days=1)"
    assert clock_breaches(module="deliberation.rounds._rounds", source=source) == []
