"""Councils: setting one up, its rules and roles, and where it sits."""

from .places import PlaceService
from .service import CouncilService, found_council
from .views import CouncilInfo, RulesChanged, RulesView

__all__ = [
    "CouncilInfo",
    "CouncilService",
    "PlaceService",
    "RulesChanged",
    "RulesView",
    "found_council",
]
