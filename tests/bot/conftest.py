"""The bot's own tests use the bench of the end-to-end tests, and databases that are ready."""

from __future__ import annotations

from tests.end_to_end.conftest import openapi, rehearse
from tests.stores import (
    clock,
    head_url,
    postgres_template,
    postgresql_head_url,
    sqlite_head_url,
    sqlite_template,
)

__all__ = [
    "clock",
    "head_url",
    "openapi",
    "postgres_template",
    "postgresql_head_url",
    "rehearse",
    "sqlite_head_url",
    "sqlite_template",
]
