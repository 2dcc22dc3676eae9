"""What members keep for themselves: settings, and drafts of what was refused."""

from datetime import datetime

from sqlmodel import Field, Index

from services.ports import Reminding

from .columns import Row, long_text, only, whole


class PersonRow(Row, table=True):
    __tablename__ = "people"
    __table_args__ = (only("reminders", Reminding),)

    person: int = whole(key=True)
    language: str | None
    reminders: str
    changed_at: datetime


class DraftRow(Row, table=True):
    """What a member wrote and was refused: the form's fields as JSON. `council` is 0 while one is being founded."""

    __tablename__ = "drafts"
    __table_args__ = (Index(None, "person"), Index(None, "at"))

    council: int = whole(key=True)
    person: int = whole(key=True)
    kind: str = Field(primary_key=True)
    subject: int = whole(key=True)
    typed: str = long_text()
    at: datetime
