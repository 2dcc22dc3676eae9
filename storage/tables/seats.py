"""Seats, who holds them, and who may not."""

from datetime import datetime

from sqlalchemy import text
from sqlmodel import Field, Index, UniqueConstraint

from deliberation.seats import SeatKind

from .columns import Row, at_least, counted_id, only, where, whole


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
    """Who held a seat, and when: one row for each time; `until` is null while the person holds it.

    `salt`: of the record's commitment to the person, here as in every row that names one; null once it is erased.
    `claimed`: the person took the seat by itself, and was not given it by a chair.
    """

    __tablename__ = "seat_holders"
    __table_args__ = (
        where("uq_seat_holders_now", "seat", "person", condition="until IS NULL", unique=True),
        where("ix_seat_holders_person", "person", "seat", condition="until IS NULL"),
        Index(None, "seat"),
        Index("ix_seat_holders_ever", "person"),
        where("ix_seat_holders_ended", "until", condition="until IS NOT NULL"),
    )

    id: int = counted_id()
    seat: int = whole(refers_to="seats.id")
    person: int = whole()
    salt: bytes | None
    claimed: bool = Field(sa_column_kwargs={"server_default": text("false")})
    since: datetime
    until: datetime | None


class BarredRow(Row, table=True):
    """Somebody whom a chair keeps from holding a seat."""

    __tablename__ = "barred"
    __table_args__ = (UniqueConstraint("council", "person"), Index(None, "person"))

    id: int = counted_id()
    council: int = whole(refers_to="councils.id")
    person: int = whole()
    salt: bytes | None
    at: datetime
