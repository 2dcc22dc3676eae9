"""Posts: what is to be posted in a council's channel, what became of it, and what goes wrong."""

from ._redraws import Subject, live_redraws, redraw_live, redraw_now
from .outbox import PostService
from .troubles import TroubleService
from .views import TroublesView

__all__ = [
    "PostService",
    "Subject",
    "TroubleService",
    "TroublesView",
    "live_redraws",
    "redraw_live",
    "redraw_now",
]
