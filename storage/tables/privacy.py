"""What is kept of those who were erased."""

from datetime import datetime

from sqlmodel import Field, Index

from .columns import Row, where, whole


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
