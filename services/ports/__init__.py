"""What the services need from the outside, as Protocols: a store with transactions, and the time.

`storage` implements the repositories and the unit of work; a clock is passed in by whoever builds the program.
"""

from .deliberating import (
    BallotRepository,
    CouncilRepository,
    DraftRepository,
    IssueRepository,
    ReasonRepository,
    RoundRepository,
    RulingRepository,
    SeatRepository,
)
from .keeping import PeopleRepository, PostRepository, RecordRepository, ScheduleRepository
from .store import Clock, Store, UnitOfWork
from .values import (
    REDRAWN,
    BallotEvent,
    BallotKey,
    Delegation,
    Draft,
    DueRound,
    Message,
    Post,
    PostKind,
    Preferences,
    Reminding,
    Secret,
)

__all__ = [
    "REDRAWN",
    "BallotEvent",
    "BallotKey",
    "BallotRepository",
    "Clock",
    "CouncilRepository",
    "Delegation",
    "Draft",
    "DraftRepository",
    "DueRound",
    "IssueRepository",
    "Message",
    "PeopleRepository",
    "Post",
    "PostKind",
    "PostRepository",
    "Preferences",
    "ReasonRepository",
    "RecordRepository",
    "Reminding",
    "RoundRepository",
    "RulingRepository",
    "ScheduleRepository",
    "SeatRepository",
    "Secret",
    "Store",
    "UnitOfWork",
]
