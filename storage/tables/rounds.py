"""Rounds and what belongs to one: docket, entitled seats, rulings; the roll calls and schedules by which they open."""

from datetime import datetime

from sqlmodel import Field, Index, UniqueConstraint

from deliberation.rounds import RUNNING, RoundStatus
from deliberation.rounds.roll_calls import Presence

from .columns import Row, at_least, counted_id, long_text, only, where, whole

_RUNNING = "status IN ({})".format(", ".join(f"'{status}'" for status in RUNNING))


class RoundRow(Row, table=True):
    """A round with the rules, as canonical JSON, that were frozen when it opened. `may_end_early`: the rules close it
    once everybody has voted."""

    __tablename__ = "rounds"
    __table_args__ = (
        UniqueConstraint("council", "number"),
        only("status", RoundStatus),
        where("uq_rounds_running", "council", condition=_RUNNING, unique=True),
        Index("ix_rounds_due", "status", "closes_at", "id"),
    )

    id: int = counted_id()
    council: int = whole(refers_to="councils.id")
    number: int = whole()
    status: str
    rules: str = long_text()
    opened_at: datetime
    closes_at: datetime
    closed_at: datetime | None
    scheduled: bool
    ended_early: bool
    paused_at: datetime | None
    extended: bool
    may_end_early: bool


class DocketRow(Row, table=True):
    """An issue on a round's docket, with number, title and version as they were when voting opened."""

    __tablename__ = "docket"
    __table_args__ = (Index(None, "issue"),)

    round: int = whole(key=True, refers_to="rounds.id")
    issue: int = whole(key=True, refers_to="issues.id")
    number: int = whole()
    title: str
    version: int = whole()
    place: int = whole()


class EntitlementRow(Row, table=True):
    """A seat that may vote in a round, with its weight and powers frozen."""

    __tablename__ = "entitlements"
    __table_args__ = (at_least("weight", 0),)

    round: int = whole(key=True, refers_to="rounds.id")
    seat: int = whole(key=True, refers_to="seats.id")
    weight: int = whole()
    veto: bool
    may_abstain: bool


class RulingRow(Row, table=True):
    """What a round decided on an issue, as canonical JSON."""

    __tablename__ = "rulings"
    __table_args__ = (Index(None, "issue"),)

    round: int = whole(key=True, refers_to="rounds.id")
    issue: int = whole(key=True, refers_to="issues.id")
    ruling: str = long_text()


class RollCallRow(Row, table=True):
    """A council's last roll call; `ended` once its round has opened."""

    __tablename__ = "roll_calls"

    council: int = whole(key=True, refers_to="councils.id")
    number: int = whole()
    called_at: datetime
    ended: bool


class RollCallAnswerRow(Row, table=True):
    """What a seat answered to its council's last roll call."""

    __tablename__ = "roll_call_answers"
    __table_args__ = (only("presence", Presence),)

    council: int = whole(key=True, refers_to="councils.id")
    seat: int = whole(key=True, refers_to="seats.id")
    presence: str
    at: datetime


class ScheduleRow(Row, table=True):
    """A council's schedule as JSON, and the start of its next window."""

    __tablename__ = "schedules"

    council: int = whole(key=True, refers_to="councils.id")
    schedule: str = long_text()
    opens_at: datetime = Field(index=True)
