"""Reasons: why seats vote as they do."""

from ._pace import ReasonPace
from ._shown import anonymous_reasons, reasons_view, standing_reasons
from .service import ReasonService
from .views import ReasonsView, SeatReason

__all__ = [
    "ReasonPace",
    "ReasonService",
    "ReasonsView",
    "SeatReason",
    "anonymous_reasons",
    "reasons_view",
    "standing_reasons",
]
