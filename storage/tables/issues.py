"""Issues, their wordings, and the seats behind them."""

from datetime import datetime

from sqlmodel import Index, UniqueConstraint

from deliberation.categories import Category
from deliberation.issues import IssueStatus

from .columns import Row, at_least, counted_id, long_text, only, whole


class IssueRow(Row, table=True):
    """An issue; `category`, `sustained`, `wavering` and `under_review` are its standing between rounds."""

    __tablename__ = "issues"
    __table_args__ = (
        UniqueConstraint("council", "number"),
        Index(None, "proposer"),
        only("status", IssueStatus),
        only("category", (category.word for category in Category)),
        at_least("sustained", 0),
        at_least("wavering", 0),
    )

    id: int = counted_id()
    council: int = whole(refers_to="councils.id")
    number: int = whole()
    version: int = whole()
    status: str
    category: str
    sustained: int = whole()
    wavering: int = whole()
    under_review: bool
    proposer: int = whole()
    salt: bytes | None
    proposed_at: datetime
    withdrawn_at: datetime | None
    last_round: int = whole()
    ruled: bool
    replaces: int | None = whole()
    merged_into: int | None = whole()
    note: str = long_text()


class IssueVersionRow(Row, table=True):
    """A wording of an issue; versions count from 1."""

    __tablename__ = "issue_versions"
    __table_args__ = (Index(None, "author"),)

    issue: int = whole(key=True, refers_to="issues.id")
    version: int = whole(key=True)
    title: str
    action: str = long_text()
    why: str = long_text()
    author: int = whole()
    salt: bytes | None
    written_at: datetime


class IssueSecondRow(Row, table=True):
    """A seat that wants the issue looked at (again)."""

    __tablename__ = "issue_seconds"

    issue: int = whole(key=True, refers_to="issues.id")
    seat: int = whole(key=True, refers_to="seats.id")
    at: datetime
