"""privacy: what is kept of a person is found, erased and forgotten

Revision 0004, after 0003.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_INDEXES = (
    ("ix_seat_holders_ever", "seat_holders", ["person"]),
    ("ix_barred_person", "barred", ["person"]),
    ("ix_issues_proposer", "issues", ["proposer"]),
    ("ix_issue_versions_author", "issue_versions", ["author"]),
    ("ix_drafts_person", "drafts", ["person"]),
    ("ix_drafts_at", "drafts", ["at"]),
    ("ix_record_entries_council_at", "record_entries", ["council", "at"]),
)
_PARTIAL = (
    ("ix_seat_holders_ended", "seat_holders", ["until"], "until IS NOT NULL"),
    ("ix_posts_done", "posts", ["done_at"], "done_at IS NOT NULL"),
    ("ix_record_entries_rare", "record_entries", ["council", "kind"], "kind <> 'ballots cast'"),
    ("ix_record_secrets_person", "record_secrets", ["value"], "label = 'person'"),
)


def upgrade() -> None:
    op.create_table(
        "recognised",
        sa.Column("commitment", sqlmodel.AutoString(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("council", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("round", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sqlmodel.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["council"], ["councils.id"], name=op.f("fk_recognised_council_councils")),
        sa.PrimaryKeyConstraint("commitment", name=op.f("pk_recognised")),
    )
    op.create_index(op.f("ix_recognised_council"), "recognised", ["council"])
    _index_where("ix_recognised_round", "recognised", ["round"], "round <> 0")
    op.add_column("ballot_events", sa.Column("salt", sa.LargeBinary(), nullable=True))
    forgotten = sa.Column(
        "forgotten", sa.BigInteger(), autoincrement=False, server_default=sa.text("0"), nullable=False
    )
    op.add_column("record_heads", forgotten)
    for name, table, columns in _INDEXES:
        op.create_index(op.f(name), table, columns)
    for partial in _PARTIAL:
        _index_where(*partial)


def downgrade() -> None:
    for name, table, *_ in (*_INDEXES, *_PARTIAL):
        op.drop_index(name, table_name=table)
    op.drop_column("record_heads", "forgotten")
    op.drop_column("ballot_events", "salt")
    op.drop_table("recognised")


def _index_where(name: str, table: str, columns: list[str], condition: str) -> None:
    op.create_index(name, table, columns, sqlite_where=sa.text(condition), postgresql_where=sa.text(condition))
