"""Councils on either database, for what is altered before a close."""

from __future__ import annotations

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
