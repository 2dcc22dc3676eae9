"""Issues: proposing, editing, reviewing and explaining them, and the board of all."""

from ._card import card_view
from .board import BoardService
from .editing import EditingService
from .explaining import ExplainService
from .service import IssueService
from .views import BoardLine, BoardView, CardView, Explanation, Proposal, ReviewReceipt, SecondReceipt

__all__ = [
    "BoardLine",
    "BoardService",
    "BoardView",
    "CardView",
    "EditingService",
    "ExplainService",
    "Explanation",
    "IssueService",
    "Proposal",
    "ReviewReceipt",
    "SecondReceipt",
    "card_view",
]
