"""The outbox, and what goes wrong."""

from .outbox import Posts
from .troubles import Troubles

__all__ = ["Posts", "Troubles"]
