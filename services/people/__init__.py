"""People: their own settings, and what they had typed when something was refused."""

from ._drafts import NO_COUNCIL, DraftPlace, drop_draft, find_draft, kept_where_refused
from .service import PeopleService

__all__ = ["NO_COUNCIL", "DraftPlace", "PeopleService", "drop_draft", "find_draft", "kept_where_refused"]
