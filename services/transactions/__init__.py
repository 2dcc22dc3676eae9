"""What every intention needs: finding the objects that it is about, running it in a group, and trying it again."""

from .access import (
    acting_seat,
    chaired_council,
    council_in,
    find_entry,
    issue_numbered,
    locked_council,
    no_seat,
    require_role,
    running_round,
    seat_of,
    seats_of,
    sitting_council,
)
from .group import GroupCommit
from .pace import Pace
from .persisting import persistently

__all__ = [
    "GroupCommit",
    "Pace",
    "acting_seat",
    "chaired_council",
    "council_in",
    "find_entry",
    "issue_numbered",
    "locked_council",
    "no_seat",
    "persistently",
    "require_role",
    "running_round",
    "seat_of",
    "seats_of",
    "sitting_council",
]
