"""People: their own settings, and drafts of what they had typed when it was refused."""

from ._drafts import NO_COUNCIL, DraftPlace, drop_draft, find_draft, kept_where_refused
from .service import PeopleService

__all__ = ["NO_COUNCIL", "DraftPlace", "PeopleService", "drop_draft", "find_draft", "kept_where_refused"]
