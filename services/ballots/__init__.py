"""Ballots: casting, changing and taking back, and the proxies by which a seat lets another vote."""

from ._casting import Cast
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
