"""Councils, their seats and schedules, and the people in them."""

from datetime import datetime

from sqlalchemy import text
from sqlmodel import Field, Index, UniqueConstraint

from deliberation.rounds.roll_calls import Presence
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
    closed_at: datetime | None


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


class RecognisedRow(Row, table=True):
    """By what a council knows somebody again who was erased: a salted commitment to the person.

    `round`: the one in which a ballot of the person's may stand, so that it casts no second one; 0 where a chair has
    barred the person.
    """

    __tablename__ = "recognised"
    __table_args__ = (Index(None, "council"), where("ix_recognised_round", "round", condition="round <> 0"))

    commitment: str = Field(primary_key=True)
    salt: bytes
    council: int = whole(refers_to="councils.id")
    round: int = whole()
    at: datetime


class ProxyRow(Row, table=True):
    """A seat's authority to another. `issue` is 0 where it is for a round."""

    __tablename__ = "proxies"
    __table_args__ = (Index(None, "council"),)

    seat: int = whole(key=True, refers_to="seats.id")
    issue: int = whole(key=True)
    council: int = whole(refers_to="councils.id")
    proxy: int = whole(refers_to="seats.id")
    given_at: datetime


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
barred = table_of(BarredRow)
recognised = table_of(RecognisedRow)
proxies = table_of(ProxyRow)
roll_calls = table_of(RollCallRow)
roll_call_answers = table_of(RollCallAnswerRow)
