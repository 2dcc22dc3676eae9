"""Councils, their seats and schedules, and the people in them."""

from datetime import datetime

from sqlmodel import Field, Index, UniqueConstraint

from deliberation.seats import SeatKind
from services.ports import Reminding

from .columns import Row, at_least, counted_id, long_text, only, table_of, where, whole


class CouncilRow(Row, table=True):
    __tablename__ = "councils"
    __table_args__ = (UniqueConstraint("channel"),)

    id: int = counted_id()
    guild: int = whole()
    channel: int = whole()
    name: str
    language: str
    rules: str = long_text()
    chair_role: int | None = whole()
    voter_role: int | None = whole()
    created_at: datetime


class SeatRow(Row, table=True):
    __tablename__ = "seats"
    __table_args__ = (
        only("kind", SeatKind),
        at_least("weight", 0),
        where("ix_seats_sitting", "council", condition="left_at IS NULL"),
    )

    id: int = counted_id()
    council: int = whole(refers_to="councils.id")
    name: str
    kind: str
    country: str | None
    weight: int = whole()
    veto: bool
    observer: bool
    may_abstain: bool
    since: datetime
    left_at: datetime | None


class SeatHolderRow(Row, table=True):
    """Who held a seat, and when: one row for each time; `until` is null while the person holds it."""

    __tablename__ = "seat_holders"
    __table_args__ = (
        where("uq_seat_holders_now", "seat", "person", condition="until IS NULL", unique=True),
        where("ix_seat_holders_person", "person", "seat", condition="until IS NULL"),
        Index(None, "seat"),
    )

    id: int = counted_id()
    seat: int = whole(refers_to="seats.id")
    person: int = whole()
    since: datetime
    until: datetime | None


class ScheduleRow(Row, table=True):
    """A council's schedule as JSON, and the start of its next window."""

    __tablename__ = "schedules"

    council: int = whole(key=True, refers_to="councils.id")
    schedule: str = long_text()
    opens_at: datetime = Field(index=True)


class PersonRow(Row, table=True):
    __tablename__ = "people"
    __table_args__ = (only("reminders", Reminding),)

    person: int = whole(key=True)
    language: str | None
    reminders: str
    changed_at: datetime


councils = table_of(CouncilRow)
seats = table_of(SeatRow)
seat_holders = table_of(SeatHolderRow)
schedules = table_of(ScheduleRow)
people = table_of(PersonRow)
