"""start

Revision 0001, after nothing.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "councils",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("guild", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("channel", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sqlmodel.AutoString(), nullable=False),
        sa.Column("language", sqlmodel.AutoString(), nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.Column("chair_role", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("voter_role", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("created_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_councils")),
        sa.UniqueConstraint("channel", name=op.f("uq_councils_channel")),
    )
    op.create_table(
        "messages",
        sa.Column("kind", sqlmodel.AutoString(), nullable=False),
        sa.Column("subject", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("channel", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("message", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("posted_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("edited_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.CheckConstraint("kind IN ('card', 'round', 'result', 'reminder', 'notice')", name=op.f("ck_messages_kind")),
        sa.PrimaryKeyConstraint("kind", "subject", name=op.f("pk_messages")),
    )
    op.create_table(
        "people",
        sa.Column("person", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("language", sqlmodel.AutoString(), nullable=True),
        sa.Column("reminders", sqlmodel.AutoString(), nullable=False),
        sa.Column("changed_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.CheckConstraint("reminders IN ('mention', 'direct', 'none')", name=op.f("ck_people_reminders")),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_people")),
    )
    op.create_table(
        "record_secrets",
        sa.Column("commitment", sqlmodel.AutoString(), nullable=False),
        sa.Column("label", sqlmodel.AutoString(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("commitment", name=op.f("pk_record_secrets")),
    )
    op.create_table(
        "drafts",
        sa.Column("council", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sqlmodel.AutoString(), nullable=False),
        sa.Column("subject", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("typed", sa.Text(), nullable=False),
        sa.Column("at", sqlmodel.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("council", "person", "kind", "subject", name=op.f("pk_drafts")),
    )
    op.create_table(
        "issues",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("council", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("version", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("status", sqlmodel.AutoString(), nullable=False),
        sa.Column("category", sqlmodel.AutoString(), nullable=False),
        sa.Column("sustained", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("wavering", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("under_review", sa.Boolean(), nullable=False),
        sa.Column("proposer", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("proposed_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("withdrawn_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.Column("last_round", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("ruled", sa.Boolean(), nullable=False),
        sa.CheckConstraint("category IN ('independent', 'adjustment', 'prohibited')", name=op.f("ck_issues_category")),
        sa.CheckConstraint("status IN ('open', 'withdrawn')", name=op.f("ck_issues_status")),
        sa.CheckConstraint("sustained >= 0", name=op.f("ck_issues_sustained")),
        sa.CheckConstraint("wavering >= 0", name=op.f("ck_issues_wavering")),
        sa.ForeignKeyConstraint(["council"], ["councils.id"], name=op.f("fk_issues_council_councils")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issues")),
        sa.UniqueConstraint("council", "number", name=op.f("uq_issues_council_number")),
    )
    op.create_table(
        "posts",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("council", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sqlmodel.AutoString(), nullable=False),
        sa.Column("subject", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("due_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("attempts", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("again_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.Column("held_until", sqlmodel.UTCDateTime(), nullable=True),
        sa.Column("done_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.CheckConstraint("kind IN ('card', 'round', 'result', 'reminder', 'notice')", name=op.f("ck_posts_kind")),
        sa.ForeignKeyConstraint(["council"], ["councils.id"], name=op.f("fk_posts_council_councils")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posts")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_posts_subject",
        "posts",
        ["kind", "subject"],
        unique=False,
        sqlite_where=sa.text("done_at IS NULL"),
        postgresql_where=sa.text("done_at IS NULL"),
    )
    op.create_index(
        "ix_posts_waiting",
        "posts",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("done_at IS NULL"),
        postgresql_where=sa.text("done_at IS NULL"),
    )
    op.create_index(
        "uq_posts_redraw",
        "posts",
        ["kind", "subject"],
        unique=True,
        sqlite_where=sa.text("done_at IS NULL AND kind IN ('card', 'round')"),
        postgresql_where=sa.text("done_at IS NULL AND kind IN ('card', 'round')"),
    )
    op.create_table(
        "record_entries",
        sa.Column("council", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("index", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("kind", sqlmodel.AutoString(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("previous", sqlmodel.AutoString(), nullable=False),
        sa.Column("digest", sqlmodel.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(["council"], ["councils.id"], name=op.f("fk_record_entries_council_councils")),
        sa.PrimaryKeyConstraint("council", "index", name=op.f("pk_record_entries")),
    )
    op.create_table(
        "record_heads",
        sa.Column("council", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("index", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("digest", sqlmodel.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(["council"], ["councils.id"], name=op.f("fk_record_heads_council_councils")),
        sa.PrimaryKeyConstraint("council", name=op.f("pk_record_heads")),
    )
    op.create_table(
        "rounds",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("council", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("status", sqlmodel.AutoString(), nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.Column("opened_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("closes_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("closed_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.Column("scheduled", sa.Boolean(), nullable=False),
        sa.Column("ended_early", sa.Boolean(), nullable=False),
        sa.CheckConstraint("status IN ('open', 'closing', 'closed', 'cancelled')", name=op.f("ck_rounds_status")),
        sa.ForeignKeyConstraint(["council"], ["councils.id"], name=op.f("fk_rounds_council_councils")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rounds")),
        sa.UniqueConstraint("council", "number", name=op.f("uq_rounds_council_number")),
    )
    op.create_index("ix_rounds_due", "rounds", ["status", "closes_at", "id"], unique=False)
    op.create_index(
        "uq_rounds_running",
        "rounds",
        ["council"],
        unique=True,
        sqlite_where=sa.text("status IN ('open', 'closing')"),
        postgresql_where=sa.text("status IN ('open', 'closing')"),
    )
    op.create_table(
        "schedules",
        sa.Column("council", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("schedule", sa.Text(), nullable=False),
        sa.Column("opens_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["council"], ["councils.id"], name=op.f("fk_schedules_council_councils")),
        sa.PrimaryKeyConstraint("council", name=op.f("pk_schedules")),
    )
    op.create_index(op.f("ix_schedules_opens_at"), "schedules", ["opens_at"], unique=False)
    op.create_table(
        "seats",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("council", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sqlmodel.AutoString(), nullable=False),
        sa.Column("kind", sqlmodel.AutoString(), nullable=False),
        sa.Column("country", sqlmodel.AutoString(), nullable=True),
        sa.Column("weight", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("veto", sa.Boolean(), nullable=False),
        sa.Column("observer", sa.Boolean(), nullable=False),
        sa.Column("may_abstain", sa.Boolean(), nullable=False),
        sa.Column("since", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("left_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.CheckConstraint("kind IN ('person', 'delegation')", name=op.f("ck_seats_kind")),
        sa.CheckConstraint("weight >= 0", name=op.f("ck_seats_weight")),
        sa.ForeignKeyConstraint(["council"], ["councils.id"], name=op.f("fk_seats_council_councils")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seats")),
    )
    op.create_index(
        "ix_seats_sitting",
        "seats",
        ["council"],
        unique=False,
        sqlite_where=sa.text("left_at IS NULL"),
        postgresql_where=sa.text("left_at IS NULL"),
    )
    op.create_table(
        "ballot_events",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("round", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("issue", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("seat", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("position", sqlmodel.AutoString(), nullable=True),
        sa.Column("version", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sqlmodel.UTCDateTime(), nullable=False),
        sa.CheckConstraint(
            "position IN ('independent', 'adjustment', 'prohibited', 'abstain')", name=op.f("ck_ballot_events_position")
        ),
        sa.ForeignKeyConstraint(["issue"], ["issues.id"], name=op.f("fk_ballot_events_issue_issues")),
        sa.ForeignKeyConstraint(["round"], ["rounds.id"], name=op.f("fk_ballot_events_round_rounds")),
        sa.ForeignKeyConstraint(["seat"], ["seats.id"], name=op.f("fk_ballot_events_seat_seats")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot_events")),
    )
    op.create_index(op.f("ix_ballot_events_round_at_id"), "ballot_events", ["round", "at", "id"], unique=False)
    op.create_table(
        "ballots",
        sa.Column("round", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("issue", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("seat", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("position", sqlmodel.AutoString(), nullable=False),
        sa.Column("version", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("cast_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.CheckConstraint(
            "position IN ('independent', 'adjustment', 'prohibited', 'abstain')", name=op.f("ck_ballots_position")
        ),
        sa.ForeignKeyConstraint(["issue"], ["issues.id"], name=op.f("fk_ballots_issue_issues")),
        sa.ForeignKeyConstraint(["round"], ["rounds.id"], name=op.f("fk_ballots_round_rounds")),
        sa.ForeignKeyConstraint(["seat"], ["seats.id"], name=op.f("fk_ballots_seat_seats")),
        sa.PrimaryKeyConstraint("round", "issue", "seat", name=op.f("pk_ballots")),
    )
    op.create_index(op.f("ix_ballots_round_seat"), "ballots", ["round", "seat"], unique=False)
    op.create_table(
        "docket",
        sa.Column("round", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("issue", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("title", sqlmodel.AutoString(), nullable=False),
        sa.Column("version", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("place", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["issue"], ["issues.id"], name=op.f("fk_docket_issue_issues")),
        sa.ForeignKeyConstraint(["round"], ["rounds.id"], name=op.f("fk_docket_round_rounds")),
        sa.PrimaryKeyConstraint("round", "issue", name=op.f("pk_docket")),
    )
    op.create_index(op.f("ix_docket_issue"), "docket", ["issue"], unique=False)
    op.create_table(
        "entitlements",
        sa.Column("round", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("seat", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("weight", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("veto", sa.Boolean(), nullable=False),
        sa.Column("may_abstain", sa.Boolean(), nullable=False),
        sa.CheckConstraint("weight >= 0", name=op.f("ck_entitlements_weight")),
        sa.ForeignKeyConstraint(["round"], ["rounds.id"], name=op.f("fk_entitlements_round_rounds")),
        sa.ForeignKeyConstraint(["seat"], ["seats.id"], name=op.f("fk_entitlements_seat_seats")),
        sa.PrimaryKeyConstraint("round", "seat", name=op.f("pk_entitlements")),
    )
    op.create_table(
        "issue_seconds",
        sa.Column("issue", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("seat", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sqlmodel.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["issue"], ["issues.id"], name=op.f("fk_issue_seconds_issue_issues")),
        sa.ForeignKeyConstraint(["seat"], ["seats.id"], name=op.f("fk_issue_seconds_seat_seats")),
        sa.PrimaryKeyConstraint("issue", "seat", name=op.f("pk_issue_seconds")),
    )
    op.create_table(
        "issue_versions",
        sa.Column("issue", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("version", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("title", sqlmodel.AutoString(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("author", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("written_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["issue"], ["issues.id"], name=op.f("fk_issue_versions_issue_issues")),
        sa.PrimaryKeyConstraint("issue", "version", name=op.f("pk_issue_versions")),
    )
    op.create_table(
        "reasons",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("round", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("issue", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("seat", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("position", sqlmodel.AutoString(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("given_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.CheckConstraint(
            "position IN ('independent', 'adjustment', 'prohibited', 'abstain')", name=op.f("ck_reasons_position")
        ),
        sa.ForeignKeyConstraint(["issue"], ["issues.id"], name=op.f("fk_reasons_issue_issues")),
        sa.ForeignKeyConstraint(["round"], ["rounds.id"], name=op.f("fk_reasons_round_rounds")),
        sa.ForeignKeyConstraint(["seat"], ["seats.id"], name=op.f("fk_reasons_seat_seats")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reasons")),
        sa.UniqueConstraint("round", "issue", "seat", name=op.f("uq_reasons_round_issue_seat")),
    )
    op.create_index(op.f("ix_reasons_issue_seat_given_at"), "reasons", ["issue", "seat", "given_at"], unique=False)
    op.create_table(
        "rulings",
        sa.Column("round", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("issue", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("ruling", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["issue"], ["issues.id"], name=op.f("fk_rulings_issue_issues")),
        sa.ForeignKeyConstraint(["round"], ["rounds.id"], name=op.f("fk_rulings_round_rounds")),
        sa.PrimaryKeyConstraint("round", "issue", name=op.f("pk_rulings")),
    )
    op.create_index(op.f("ix_rulings_issue"), "rulings", ["issue"], unique=False)
    op.create_table(
        "seat_holders",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("seat", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("since", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("until", sqlmodel.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["seat"], ["seats.id"], name=op.f("fk_seat_holders_seat_seats")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat_holders")),
    )
    op.create_index(
        "ix_seat_holders_person",
        "seat_holders",
        ["person", "seat"],
        unique=False,
        sqlite_where=sa.text("until IS NULL"),
        postgresql_where=sa.text("until IS NULL"),
    )
    op.create_index(op.f("ix_seat_holders_seat"), "seat_holders", ["seat"], unique=False)
    op.create_index(
        "uq_seat_holders_now",
        "seat_holders",
        ["seat", "person"],
        unique=True,
        sqlite_where=sa.text("until IS NULL"),
        postgresql_where=sa.text("until IS NULL"),
    )


def downgrade() -> None:
    op.drop_index(
        "uq_seat_holders_now",
        table_name="seat_holders",
        sqlite_where=sa.text("until IS NULL"),
        postgresql_where=sa.text("until IS NULL"),
    )
    op.drop_index(op.f("ix_seat_holders_seat"), table_name="seat_holders")
    op.drop_index(
        "ix_seat_holders_person",
        table_name="seat_holders",
        sqlite_where=sa.text("until IS NULL"),
        postgresql_where=sa.text("until IS NULL"),
    )
    op.drop_table("seat_holders")
    op.drop_index(op.f("ix_rulings_issue"), table_name="rulings")
    op.drop_table("rulings")
    op.drop_index(op.f("ix_reasons_issue_seat_given_at"), table_name="reasons")
    op.drop_table("reasons")
    op.drop_table("issue_versions")
    op.drop_table("issue_seconds")
    op.drop_table("entitlements")
    op.drop_index(op.f("ix_docket_issue"), table_name="docket")
    op.drop_table("docket")
    op.drop_index(op.f("ix_ballots_round_seat"), table_name="ballots")
    op.drop_table("ballots")
    op.drop_index(op.f("ix_ballot_events_round_at_id"), table_name="ballot_events")
    op.drop_table("ballot_events")
    op.drop_index(
        "ix_seats_sitting",
        table_name="seats",
        sqlite_where=sa.text("left_at IS NULL"),
        postgresql_where=sa.text("left_at IS NULL"),
    )
    op.drop_table("seats")
    op.drop_index(op.f("ix_schedules_opens_at"), table_name="schedules")
    op.drop_table("schedules")
    op.drop_index(
        "uq_rounds_running",
        table_name="rounds",
        sqlite_where=sa.text("status IN ('open', 'closing')"),
        postgresql_where=sa.text("status IN ('open', 'closing')"),
    )
    op.drop_index("ix_rounds_due", table_name="rounds")
    op.drop_table("rounds")
    op.drop_table("record_heads")
    op.drop_table("record_entries")
    op.drop_index(
        "uq_posts_redraw",
        table_name="posts",
        sqlite_where=sa.text("done_at IS NULL AND kind IN ('card', 'round')"),
        postgresql_where=sa.text("done_at IS NULL AND kind IN ('card', 'round')"),
    )
    op.drop_index(
        "ix_posts_waiting",
        table_name="posts",
        sqlite_where=sa.text("done_at IS NULL"),
        postgresql_where=sa.text("done_at IS NULL"),
    )
    op.drop_index(
        "ix_posts_subject",
        table_name="posts",
        sqlite_where=sa.text("done_at IS NULL"),
        postgresql_where=sa.text("done_at IS NULL"),
    )
    op.drop_table("posts")
    op.drop_table("issues")
    op.drop_table("drafts")
    op.drop_table("record_secrets")
    op.drop_table("people")
    op.drop_table("messages")
    op.drop_table("councils")
