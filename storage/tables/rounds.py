"""Rounds and all that belongs to one: docket, entitled seats, ballots and their history, reasons, rulings."""

from datetime import datetime

from sqlmodel import Index, UniqueConstraint

from deliberation.categories import Position
from deliberation.rounds import RUNNING, RoundStatus

from .columns import Row, at_least, counted_id, long_text, only, table_of, where, whole

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


class SumRow(Row, table=True):
    """What a running round's ballots add up to, as canonical JSON, and the salt of the record's commitments to it."""

    __tablename__ = "sums"

    round: int = whole(key=True, refers_to="rounds.id")
    salt: bytes
    text: str = long_text()


class BallotRow(Row, table=True):
    """A seat's position on an issue in a round, as it stands."""

    __tablename__ = "ballots"
    __table_args__ = (only("position", Position), Index(None, "round", "seat"))

    round: int = whole(key=True, refers_to="rounds.id")
    issue: int = whole(key=True, refers_to="issues.id")
    seat: int = whole(key=True, refers_to="seats.id")
    position: str
    version: int = whole()
    cast_at: datetime
    proxy: int | None = whole(refers_to="seats.id")


class BallotEventRow(Row, table=True):
    """A ballot cast, changed or (without a position) withdrawn. Rows are only ever added.

    `person` is who cast it, `salt` that of the record's commitment to the person: null once the person is erased, below
    0, or forgotten, 0.
    """

    __tablename__ = "ballot_events"
    __table_args__ = (only("position", Position), Index(None, "round", "at", "id"))

    id: int = counted_id()
    round: int = whole(refers_to="rounds.id")
    issue: int = whole(refers_to="issues.id")
    seat: int = whole(refers_to="seats.id")
    position: str | None
    version: int = whole()
    person: int = whole()
    salt: bytes | None
    at: datetime


class ReasonRow(Row, table=True):
    """`commitment`: what the record holds of the text."""

    __tablename__ = "reasons"
    __table_args__ = (
        UniqueConstraint("round", "issue", "seat"),
        only("position", Position),
        Index(None, "issue", "seat", "given_at"),
    )

    id: int = counted_id()
    round: int = whole(refers_to="rounds.id")
    issue: int = whole(refers_to="issues.id")
    seat: int = whole(refers_to="seats.id")
    position: str | None
    text: str = long_text()
    commitment: str | None
    given_at: datetime


class RulingRow(Row, table=True):
    """What a round decided on an issue, as canonical JSON."""

    __tablename__ = "rulings"
    __table_args__ = (Index(None, "issue"),)

    round: int = whole(key=True, refers_to="rounds.id")
    issue: int = whole(key=True, refers_to="issues.id")
    ruling: str = long_text()


rounds = table_of(RoundRow)
docket = table_of(DocketRow)
entitlements = table_of(EntitlementRow)
ballots = table_of(BallotRow)
ballot_events = table_of(BallotEventRow)
reasons = table_of(ReasonRow)
rulings = table_of(RulingRow)
sums = table_of(SumRow)
