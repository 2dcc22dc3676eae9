"""What the services need from the outside, as Protocols: a store with transactions, and the time.

`storage` implements the repositories and the unit of work; a clock is passed in where the program is put together.
"""

from .background import TURN, Background, Here, LongWork, in_turns
from .ballots import BallotEvent, BallotKey, BallotRepository, GivenReason, ProxyRepository, ReasonRepository
from .casting import CastingRepository, Grounds, Outcome
from .councils import CouncilRepository
from .issues import IssueRepository
from .people import Draft, DraftKind, DraftRepository, PeopleRepository, Preferences, Reminding
from .posts import (
    REDRAWN,
    Message,
    NoticeKind,
    Post,
    PostKind,
    PostRepository,
    Redraw,
    Shards,
    Trouble,
    TroubleKind,
    TroubleRepository,
)
from .privacy import Expired, Holding, ReasonKey, Recognised, RetentionRepository, Traced, TraceRepository, VotingPart
from .record import AuditRepository, Change, FoundRow, RecordRepository, RunningSum, Secret, SumRepository, Unreadable
from .rounds import DueRound, RollCallRepository, RoundRepository, RulingRepository, ScheduleRepository
from .seats import Delegation, SeatRepository, Voter
from .store import Clock, Observer, Store, StoreConflict, StoreUnavailable, UnitOfWork, Unobserved

__all__ = [
    "REDRAWN",
    "TURN",
    "AuditRepository",
    "Background",
    "BallotEvent",
    "BallotKey",
    "BallotRepository",
    "CastingRepository",
    "Change",
    "Clock",
    "CouncilRepository",
    "Delegation",
    "Draft",
    "DraftKind",
    "DraftRepository",
    "DueRound",
    "Expired",
    "FoundRow",
    "GivenReason",
    "Grounds",
    "Here",
    "Holding",
    "IssueRepository",
    "LongWork",
    "Message",
    "NoticeKind",
    "Observer",
    "Outcome",
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
    "Redraw",
    "Reminding",
    "RetentionRepository",
    "RollCallRepository",
    "RoundRepository",
    "RulingRepository",
    "RunningSum",
    "ScheduleRepository",
    "SeatRepository",
    "Secret",
    "Shards",
    "Store",
    "StoreConflict",
    "StoreUnavailable",
    "SumRepository",
    "TraceRepository",
    "Traced",
    "Trouble",
    "TroubleKind",
    "TroubleRepository",
    "UnitOfWork",
    "Unobserved",
    "Unreadable",
    "Voter",
    "VotingPart",
    "in_turns",
]
