"""The record: it vouches for everything official. Every package writes to it, and the audit reads it again."""

from ._auditing import RecordContradicted, require_true_count, require_undisputed
from ._entering import (
    Commitments,
    ballot_line,
    caster_entered,
    enter,
    enter_by,
    enter_one,
    position_entered,
    with_changes,
)
from ._sums import begin_sum, committed
from ._verifying import Verification
from .audit import AuditService
from .service import RecordService
from .views import Fault, Kept, RecordView, VerifyReport

__all__ = [
    "AuditService",
    "Commitments",
    "Fault",
    "Kept",
    "RecordContradicted",
    "RecordService",
    "RecordView",
    "Verification",
    "VerifyReport",
    "ballot_line",
    "begin_sum",
    "caster_entered",
    "committed",
    "enter",
    "enter_by",
    "enter_one",
    "position_entered",
    "require_true_count",
    "require_undisputed",
    "with_changes",
]
