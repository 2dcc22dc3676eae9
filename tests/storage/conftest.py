"""Databases of both kinds for the contract of the repositories."""

from __future__ import annotations

import pytest

from storage.changes import Changes
from tests.stores import (
    clock,
    database,
    head_url,
    postgres_template,
    postgresql_head_url,
    sqlite_head_url,
    sqlite_template,
)

__all__ = [
    "clock",
    "database",
    "head_url",
    "postgres_template",
    "postgresql_head_url",
    "sqlite_head_url",
    "sqlite_template",
]


@pytest.fixture(autouse=True)
def nothing_is_entered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Repositories are tried by themselves here: what they change is entered into no record."""
    monkeypatch.setattr(Changes, "require_entered", Changes.take)
