"""What members intend: one public method is one intention and one transaction.

`Services.over(store)` gives all of them; results stand in `views`, what they need from the outside in `ports`.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

from ._board_service import BoardService
from ._reason_pace import ReasonPace
from ._record_service import RecordService
from ._timetable import TimetableService
from ._verifying import Verification
from .audit import AuditService
from .ballots import BallotService, Cast
from .councils import CouncilService
from .editing import EditingService
from .explaining import ExplainService
from .hosting import HostingService
from .issues import IssueService
from .people import PeopleService
from .places import PlaceService
from .ports import Background, Here, Shards, Store
from .posts import PostService
from .privacy import PrivacyService
from .proxies import ProxyService
from .reasons import ReasonService
from .retention import RetentionService
from .roll_calls import RollCallService
from .rounds import RoundService
from .seating import SeatingService
from .seats import SeatService
from .troubles import TroubleService

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
        """The services over this store. `shards`: whose councils the process posts for; None: all. `background`: where
        long work is done; None: at once. `ticks`: seconds on a clock that does not go back, for the pace of members."""
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
