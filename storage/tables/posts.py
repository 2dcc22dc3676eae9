"""The outbox, the messages that it made, and what goes wrong."""

from datetime import datetime

from sqlmodel import Field

from services.ports import REDRAWN, PostKind, TroubleKind

from .columns import Row, counted_id, long_text, only, where, whole

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
