"""What the services answer with where something is to be shown: the procedure's values, gathered, never a sentence."""

from .auditing import Fault, RecordView, VerifyReport
from .issues import (
    BoardLine,
    BoardView,
    CardView,
    Explanation,
    Proposal,
    ReasonsView,
    ReviewReceipt,
    SeatReason,
    SecondReceipt,
)
from .privacy import Erased, ErasurePreview, PersonalData
from .rounds import BallotReceipt, DocketLine, ReminderView, ResultLine, ResultView, RoundView
from .seating import (
    CouncilInfo,
    ProxyReceipt,
    RollCallView,
    RulesChanged,
    RulesView,
    ScheduleView,
    SeatList,
    SeatReceipt,
    SeatsNotice,
    SeatsReceipt,
    TroublesView,
)

__all__ = [
    "BallotReceipt",
    "BoardLine",
    "BoardView",
    "CardView",
    "CouncilInfo",
    "DocketLine",
    "Erased",
    "ErasurePreview",
    "Explanation",
    "Fault",
    "PersonalData",
    "Proposal",
    "ProxyReceipt",
    "ReasonsView",
    "RecordView",
    "ReminderView",
    "ResultLine",
    "ResultView",
    "ReviewReceipt",
    "RollCallView",
    "RoundView",
    "RulesChanged",
    "RulesView",
    "ScheduleView",
    "SeatList",
    "SeatReason",
    "SeatReceipt",
    "SeatsNotice",
    "SeatsReceipt",
    "SecondReceipt",
    "TroublesView",
    "VerifyReport",
]
