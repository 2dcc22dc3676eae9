"""The tables: a class for each, whose instances are its rows, in a module for each subject."""

from .ballots import BallotEventRow, BallotRow, ProxyRow, ReasonRow
from .columns import metadata, table_of
from .councils import CouncilRow
from .issues import IssueRow, IssueSecondRow, IssueVersionRow
from .people import DraftRow, PersonRow
from .posts import MessageRow, PostRow, TroubleRow
from .privacy import RecognisedRow
from .record import RecordEntryRow, RecordHeadRow, RecordSecretRow, RegisterRow, SumRow
from .rounds import DocketRow, EntitlementRow, RollCallAnswerRow, RollCallRow, RoundRow, RulingRow, ScheduleRow
from .seats import BarredRow, SeatHolderRow, SeatRow
from .trials import TrialRow

ballot_events = table_of(BallotEventRow)
ballots = table_of(BallotRow)
barred = table_of(BarredRow)
councils = table_of(CouncilRow)
docket = table_of(DocketRow)
drafts = table_of(DraftRow)
entitlements = table_of(EntitlementRow)
issue_seconds = table_of(IssueSecondRow)
issue_versions = table_of(IssueVersionRow)
issues = table_of(IssueRow)
messages = table_of(MessageRow)
people = table_of(PersonRow)
posts = table_of(PostRow)
proxies = table_of(ProxyRow)
reasons = table_of(ReasonRow)
recognised = table_of(RecognisedRow)
record_entries = table_of(RecordEntryRow)
record_heads = table_of(RecordHeadRow)
record_secrets = table_of(RecordSecretRow)
register = table_of(RegisterRow)
roll_call_answers = table_of(RollCallAnswerRow)
roll_calls = table_of(RollCallRow)
rounds = table_of(RoundRow)
rulings = table_of(RulingRow)
schedules = table_of(ScheduleRow)
seat_holders = table_of(SeatHolderRow)
seats = table_of(SeatRow)
sums = table_of(SumRow)
trials = table_of(TrialRow)
troubles = table_of(TroubleRow)

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
    "RulingRow",
    "ScheduleRow",
    "SeatHolderRow",
    "SeatRow",
    "SumRow",
    "TrialRow",
    "TroubleRow",
    "ballot_events",
    "ballots",
    "barred",
    "councils",
    "docket",
    "drafts",
    "entitlements",
    "issue_seconds",
    "issue_versions",
    "issues",
    "messages",
    "metadata",
    "people",
    "posts",
    "proxies",
    "reasons",
    "recognised",
    "record_entries",
    "record_heads",
    "record_secrets",
    "register",
    "roll_call_answers",
    "roll_calls",
    "rounds",
    "rulings",
    "schedules",
    "seat_holders",
    "seats",
    "sums",
    "table_of",
    "trials",
    "troubles",
]
