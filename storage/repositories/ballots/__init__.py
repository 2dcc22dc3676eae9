"""Ballots, the reasons that come with them, and proxies."""

from .ballots import Ballots
from .proxies import Proxies
from .reasons import Reasons

__all__ = ["Ballots", "Proxies", "Reasons"]
