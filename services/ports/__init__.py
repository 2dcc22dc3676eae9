"""What the services need from the outside, as Protocols: a store with transactions, and the time.

`storage` implements the repositories and the unit of work; a clock is passed in by whoever builds the program.
"""

from .deliberating import (
    BallotRepository,
    DraftRepository,
    IssueRepository,
    ReasonRepository,
    RoundRepository,
    RulingRepository,
)
from .keeping import PeopleRepository, PostRepository, RecordRepository, ScheduleRepository, TroubleRepository
from .seating import CouncilRepository, ProxyRepository, RollCallRepository, SeatRepository
from .store import Clock, Observer, Store, StoreConflict, StoreUnavailable, UnitOfWork, Unobserved
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
    Shards,
    Trouble,
    TroubleKind,
    Voter,
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
    "Observer",
    "PeopleRepository",
    "Post",
    "PostKind",
    "PostRepository",
    "Preferences",
    "ProxyRepository",
    "ReasonRepository",
    "RecordRepository",
    "Reminding",
    "RollCallRepository",
    "RoundRepository",
    "RulingRepository",
    "ScheduleRepository",
    "SeatRepository",
    "Secret",
    "Shards",
    "Store",
    "StoreConflict",
    "StoreUnavailable",
    "Trouble",
    "TroubleKind",
    "TroubleRepository",
    "UnitOfWork",
    "Unobserved",
    "Voter",
]
