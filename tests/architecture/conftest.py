"""The source of the house, read once for all tests about it."""

from __future__ import annotations

import pytest

import cogs
from tests.architecture.source import PACKAGES, Module, modules_under


@pytest.fixture(scope="session")
def product() -> list[Module]:
    """The packages that run."""
    return modules_under(*PACKAGES)


@pytest.fixture(scope="session")
def everything() -> list[Module]:
    """The packages that run, their tests and benchmarks."""
    return modules_under(*PACKAGES, "tests", "bench")


@pytest.fixture(scope="session")
def areas() -> frozenset[str]:
    """The names of the areas of cogs."""
    return frozenset(cogs.AREAS)
