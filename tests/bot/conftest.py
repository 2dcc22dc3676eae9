"""The bot's own tests use the bench of the end-to-end tests, and databases that are ready."""

from __future__ import annotations

from tests.end_to_end.conftest import openapi, rehearse
from tests.stores import sqlite_head_url, sqlite_template

__all__ = ["openapi", "rehearse", "sqlite_head_url", "sqlite_template"]
