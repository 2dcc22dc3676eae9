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
from .keeping import PeopleRepository, PostRepository, RecordRepository, ScheduleRepository
from .seating import CouncilRepository, ProxyRepository, RollCallRepository, SeatRepository
from .store import Clock, Store, UnitOfWork
from .tracing import (
    Expired,
    Holding,
    ReasonKey,
    Recognised,
    RetentionRepository,
    Traced,
    TraceRepository,
    VotingPart,
)
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
    "Expired",
    "Holding",
    "IssueRepository",
    "Message",
    "PeopleRepository",
    "Post",
    "PostKind",
    "PostRepository",
    "Preferences",
    "ProxyRepository",
    "ReasonKey",
    "ReasonRepository",
    "Recognised",
    "RecordRepository",
    "Reminding",
    "RetentionRepository",
    "RollCallRepository",
    "RoundRepository",
    "RulingRepository",
    "ScheduleRepository",
    "SeatRepository",
    "Secret",
    "Store",
    "TraceRepository",
    "Traced",
    "UnitOfWork",
    "VotingPart",
]
