"""Ballots and their history, the reasons that come with them, and proxies."""

from datetime import datetime

from sqlmodel import Index, UniqueConstraint

from deliberation.categories import Position

from .columns import Row, counted_id, long_text, only, whole


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


class ProxyRow(Row, table=True):
    """A seat's authority to another. `issue` is 0 where it is for a round."""

    __tablename__ = "proxies"
    __table_args__ = (Index(None, "council"),)

    seat: int = whole(key=True, refers_to="seats.id")
    issue: int = whole(key=True)
    council: int = whole(refers_to="councils.id")
    proxy: int = whole(refers_to="seats.id")
    given_at: datetime
