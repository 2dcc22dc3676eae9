"""The tables: a class for each, whose instances are its rows, in a module for each subject."""

from .ballots import BallotEventRow, BallotRow, ProxyRow, ReasonRow
from .columns import Row, metadata, table_of
from .councils import CouncilRow
from .issues import IssueRow, IssueSecondRow, IssueVersionRow
from .people import DraftRow, PersonRow
from .posts import MessageRow, PostRow, TroubleRow
from .privacy import RecognisedRow
from .record import RecordEntryRow, RecordHeadRow, RecordSecretRow, RegisterRow, SumRow
from .rounds import DocketRow, EntitlementRow, RollCallAnswerRow, RollCallRow, RoundRow, RulingRow, ScheduleRow
from .seats import BarredRow, SeatHolderRow, SeatRow
from .trials import TrialRow

__all__ = [
    "BallotEventRow",
    "BallotRow",
    "BarredRow",
    "CouncilRow",
    "DocketRow",
    "DraftRow",
    "EntitlementRow",
    "IssueRow",
    "IssueSecondRow",
    "IssueVersionRow",
    "MessageRow",
    "PersonRow",
    "PostRow",
    "ProxyRow",
    "ReasonRow",
    "RecognisedRow",
    "RecordEntryRow",
    "RecordHeadRow",
    "RecordSecretRow",
    "RegisterRow",
    "RollCallAnswerRow",
    "RollCallRow",
    "RoundRow",
    "Row",
    "RulingRow",
    "ScheduleRow",
    "SeatHolderRow",
    "SeatRow",
    "SumRow",
    "TrialRow",
    "TroubleRow",
    "metadata",
    "table_of",
]
