"""The bot's own tests use the bench of the end-to-end tests."""

from __future__ import annotations

from tests.end_to_end.conftest import openapi, rehearse

__all__ = ["openapi", "rehearse"]
