"""Rulings: from tallies and standings to what is decided, what would move an issue, and what other rules would
decide."""

from ._rulings import (
    BlocFigures,
    CriterionFigures,
    FloorFigures,
    QuorumFigures,
    Ruling,
    RulingCode,
    Streak,
    Test,
    examine,
    rule,
    vetoing,
)

__all__ = [
    "BlocFigures",
    "CriterionFigures",
    "FloorFigures",
    "QuorumFigures",
    "Ruling",
    "RulingCode",
    "Streak",
    "Test",
    "examine",
    "rule",
    "vetoing",
]
