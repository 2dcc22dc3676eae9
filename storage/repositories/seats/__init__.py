"""Seats, who holds them, and who may not."""

from .seats import Seats

__all__ = ["Seats"]
