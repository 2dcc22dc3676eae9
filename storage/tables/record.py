"""The record, what its commitments hide, and the running sums that it vouches for."""

from datetime import datetime

from sqlmodel import Field, Index, UniqueConstraint

from .columns import Row, long_text, where, whole


class RecordHeadRow(Row, table=True):
    """How far a council's record goes: locked by whoever adds to it. `forgotten`: up to which entry it is forgotten
    who was behind it."""

    __tablename__ = "record_heads"

    council: int = whole(key=True, refers_to="councils.id")
    index: int = whole()
    digest: str
    forgotten: int = whole(default=0)


class RegisterRow(Row, table=True):
    """Every council that there ever was, numbered from 1, with the digest of its record's first entry and that of the
    register's line before. Rows are only ever added."""

    __tablename__ = "register"
    __table_args__ = (UniqueConstraint("council"),)

    number: int = whole(key=True)
    council: int = whole()
    digest: str
    previous: str


class RecordEntryRow(Row, table=True):
    """An entry of a council's record, its data as canonical JSON. Rows are only ever added."""

    __tablename__ = "record_entries"
    __table_args__ = (
        Index(None, "council", "at"),
        # All but the many: what a council does beside casting ballots.
        where("ix_record_entries_rare", "council", "index", "kind", condition="kind <> 'ballots cast'"),
    )

    council: int = whole(key=True, refers_to="councils.id")
    index: int = whole(key=True)
    at: datetime
    kind: str
    data: str = long_text()
    previous: str
    digest: str


class RecordSecretRow(Row, table=True):
    """What a commitment in a council's record hides; erased without touching the record. Who cast a ballot, and who
    stands in a row, is kept with the event or the row instead: found by person, these would cost every vote an index.
    """

    __tablename__ = "record_secrets"
    __table_args__ = (where("ix_record_secrets_person", "value", condition="label = 'person'"),)

    commitment: str = Field(primary_key=True)
    council: int | None = whole()
    label: str
    salt: bytes
    value: str = long_text()


class SumRow(Row, table=True):
    """What a running round's ballots add up to, as canonical JSON, and the salt of the record's commitments to it."""

    __tablename__ = "sums"

    round: int = whole(key=True, refers_to="rounds.id")
    salt: bytes
    text: str = long_text()
