"""What a package keeps to itself: its private modules are imported by nobody else, and a subject of the services is
imported by its face."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from tests.architecture.imports import imports_of, within
from tests.architecture.source import Module


def private_breaches(*, module: str, source: str, is_package: bool = False) -> list[str]:
    """Private modules of other packages that a module imports."""
    breaches = []
    for found in imports_of(module=module, source=source, is_package=is_package):
        parts = found.name.split(".")
        for place, part in enumerate(parts[:-1], start=0):
            owner = ".".join(parts[:place])
            if part.startswith("_") and not part.startswith("__") and owner and not within(module, owner):
                breaches.append(f"{module}:{found.line} imports {found.name}: {owner} keeps {part} to itself")
    return breaches


def face_breaches(*, module: str, source: str, is_package: bool = False) -> list[str]:
    """Insides of a subject of the services that a module imports past its face."""
    breaches = []
    for found in imports_of(module=module, source=source, is_package=is_package):
        match found.name.split("."):
            case ["services", subject, inside, _, *_] if not within(module, f"services.{subject}"):
                breaches.append(
                    f"{module}:{found.line} imports {found.name}: take it from services.{subject}, {inside}"
                )
    return breaches


def test_no_module_imports_what_another_package_keeps_to_itself(product: list[Module]) -> None:
    found = _all(private_breaches(module=one.name, source=one.source, is_package=one.is_package) for one in product)
    assert not found, "\n" + "\n".join(found)


def test_every_subject_of_the_services_is_imported_by_its_face(product: list[Module]) -> None:
    found = _all(face_breaches(module=one.name, source=one.source, is_package=one.is_package) for one in product)
    assert not found, "\n" + "\n".join(found)


def _all(lists: Iterable[list[str]]) -> list[str]:
    return [breach for breaches in lists for breach in breaches]


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("services.rounds.service", "from services.seats._holders import Holder"),
        ("cogs.seats.buttons", "from cogs.rounds._words import say"),
        ("bot.client", "def late():\n    from services.record._auditing import CouncilAudit"),
    ],
)
def test_an_import_of_a_private_module_is_found(module: str, source: str) -> None:
    assert len(private_breaches(module=module, source=source)) == 1


def test_siblings_may_import_a_private_module() -> None:
    assert private_breaches(module="services.seats.service", source="from ._holders import Holder") == []
    assert private_breaches(module="services.record._auditing._fold", source="from ._gaps import Gaps") == []


def test_an_import_past_a_face_is_found() -> None:
    assert len(face_breaches(module="cogs.seats.buttons", source="from services.seats.views import SeatList")) == 1
    assert face_breaches(module="cogs.seats.buttons", source="from services.seats import SeatList") == []
    assert face_breaches(module="services.seats.service", source="from services.seats.views import SeatList") == []
