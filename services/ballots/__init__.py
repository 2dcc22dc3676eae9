"""Ballots: casting, changing and withdrawing them, and the proxies by which a seat lets another seat vote for it."""

from ._cast import Cast
from .proxies import ProxyService
from .service import BallotService
from .views import BallotReceipt, ProxyReceipt

__all__ = [
    "BallotReceipt",
    "BallotService",
    "Cast",
    "ProxyReceipt",
    "ProxyService",
]
