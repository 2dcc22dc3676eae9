"""What surrounds the deliberation: the outbox, the messages it made, the record, and a trial of the store itself."""

from datetime import datetime

from sqlmodel import Field, Index, UniqueConstraint

from services.ports import REDRAWN, PostKind, TroubleKind

from .columns import Row, counted_id, long_text, only, table_of, where, whole

_REDRAWN = "kind IN ({})".format(", ".join(f"'{kind}'" for kind in REDRAWN))


class PostRow(Row, table=True):
    """A row of the outbox. What is posted once stays when `done_at`; a redraw is deleted then.

    `again_at`: the earliest instant for which a redraw was asked since its sending began, null where none was.
    `held_until`: a redraw asked for meanwhile waits until then, because Discord refused or a process is at it, which
    has made the row due at that instant, to be taken up by any process if this one dies.
    """

    __tablename__ = "posts"
    __table_args__ = (
        only("kind", PostKind),
        where("uq_posts_redraw", "kind", "subject", condition=f"done_at IS NULL AND {_REDRAWN}", unique=True),
        where("ix_posts_waiting", "due_at", condition="done_at IS NULL"),
        where("ix_posts_subject", "kind", "subject", condition="done_at IS NULL"),
        where("ix_posts_done", "done_at", condition="done_at IS NOT NULL"),
        # A number is never given out twice: a sender may still hold that of a row that is gone.
        {"sqlite_autoincrement": True},
    )

    id: int = counted_id()
    council: int = whole(refers_to="councils.id")
    kind: str
    subject: int = whole()
    due_at: datetime
    data: str = long_text()
    attempts: int = whole()
    again_at: datetime | None
    held_until: datetime | None
    done_at: datetime | None
    error: str | None = long_text()


class MessageRow(Row, table=True):
    """Where a card or a round's message stands in Discord."""

    __tablename__ = "messages"
    __table_args__ = (only("kind", PostKind),)

    kind: str = Field(primary_key=True)
    subject: int = whole(key=True)
    channel: int = whole()
    message: int = whole()
    posted_at: datetime
    edited_at: datetime


class TroubleRow(Row, table=True):
    """Something that goes wrong in a council, from the first failure until it is over. Few at any time."""

    __tablename__ = "troubles"
    __table_args__ = (only("kind", TroubleKind),)

    council: int = whole(key=True, refers_to="councils.id")
    kind: str = Field(primary_key=True)
    detail: str = long_text()
    failures: int = whole()
    since: datetime
    again_at: datetime | None
    told: bool


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


class TrialRow(Row, table=True):
    """What the newest trial wrote (`storage.trial`)."""

    __tablename__ = "trials"

    number: int = whole(key=True)
    filler: bytes


posts = table_of(PostRow)
messages = table_of(MessageRow)
troubles = table_of(TroubleRow)
record_heads = table_of(RecordHeadRow)
record_entries = table_of(RecordEntryRow)
record_secrets = table_of(RecordSecretRow)
register = table_of(RegisterRow)
trials = table_of(TrialRow)
