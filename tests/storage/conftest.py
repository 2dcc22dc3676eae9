"""Databases of both kinds for the contract of the repositories."""

from __future__ import annotations

import pytest

from storage.changes import Changes


@pytest.fixture(autouse=True)
def nothing_is_entered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Repositories are tried by themselves here: what they change is entered into no record."""
    monkeypatch.setattr(Changes, "require_entered", Changes.take)
