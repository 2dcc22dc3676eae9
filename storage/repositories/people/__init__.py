"""What members keep for themselves."""

from .drafts import Drafts
from .preferences import People

__all__ = ["Drafts", "People"]
