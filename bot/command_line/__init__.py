"""The command line: what an operator types."""

from .commands import app

__all__ = ["app"]
