"""Councils."""

from datetime import datetime

from sqlmodel import UniqueConstraint

from .columns import Row, counted_id, long_text, whole


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
