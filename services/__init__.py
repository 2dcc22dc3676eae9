"""What members intend: one public method is one intention and one transaction.

There is a package for each subject. Its `__init__`, from which others import, names its services, the views that they
return, and what later packages build on. What all of them need from the outside is in `ports`; `Services.over(store)`
gives every service.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

from services.ballots import BallotService, Cast, ProxyService
from services.councils import CouncilService, PlaceService
from services.hosting import HostingService
from services.issues import BoardService, EditingService, ExplainService, IssueService
from services.people import PeopleService
from services.ports import Background, Here, Shards, Store
from services.posts import PostService, TroubleService
from services.privacy import PrivacyService, RetentionService
from services.reasons import ReasonPace, ReasonService
from services.record import AuditService, RecordService, Verification
from services.rounds import RollCallService, RoundService, TimetableService
from services.seats import SeatingService, SeatService

__all__ = ["Cast", "Services"]


@dataclass(frozen=True, slots=True)
class Services:
    """Every service, over one store."""

    councils: CouncilService
    seats: SeatService
    seating: SeatingService
    issues: IssueService
    editing: EditingService
    ballots: BallotService
    reasons: ReasonService
    rounds: RoundService
    roll_calls: RollCallService
    proxies: ProxyService
    explaining: ExplainService
    timetable: TimetableService
    board: BoardService
    record: RecordService
    people: PeopleService
    places: PlaceService
    posts: PostService
    troubles: TroubleService
    audit: AuditService
    privacy: PrivacyService
    retention: RetentionService
    hosting: HostingService

    @classmethod
    def over(
        cls,
        store: Store,
        *,
        shards: Shards | None = None,
        background: Background | None = None,
        ticks: Callable[[], float] = time.monotonic,
    ) -> Self:
        """The services over this store. `shards`: those whose councils the process posts for; None: all. `background`:
        where long work is done; None: at once, here. `ticks`: seconds on a clock that never goes back, for the pace of
        members."""
        pace, background = ReasonPace(store, ticks), background or Here(store)
        return cls(
            councils=CouncilService(store),
            seats=SeatService(store),
            seating=SeatingService(store),
            issues=IssueService(store),
            editing=EditingService(store),
            ballots=BallotService(store, pace),
            reasons=ReasonService(store, pace),
            rounds=RoundService(store),
            roll_calls=RollCallService(store),
            proxies=ProxyService(store),
            explaining=ExplainService(store),
            timetable=TimetableService(store, shards),
            board=BoardService(store),
            record=RecordService(store, Verification(background, ticks)),
            people=PeopleService(store, ticks=ticks),
            places=PlaceService(store),
            posts=PostService(store, shards),
            troubles=TroubleService(store),
            audit=AuditService(store),
            privacy=PrivacyService(store, background),
            retention=RetentionService(store),
            hosting=HostingService(store),
        )
