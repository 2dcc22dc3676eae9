"""Rounds: opening, conducting and closing them, by chairs and by time; with roll calls and schedules."""

from ._opening import open_round_now
from ._settling import decide
from ._shown import own_ballots, round_view
from .roll_calls import RollCallService
from .service import RoundService
from .timetable import TimetableService
from .views import DocketLine, ReminderView, ResultLine, ResultView, RollCallView, RoundView, ScheduleView

__all__ = [
    "DocketLine",
    "ReminderView",
    "ResultLine",
    "ResultView",
    "RollCallService",
    "RollCallView",
    "RoundService",
    "RoundView",
    "ScheduleView",
    "TimetableService",
    "decide",
    "open_round_now",
    "own_ballots",
    "round_view",
]
