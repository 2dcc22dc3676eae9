"""what goes wrong in a council, until it is over

Revision 0003, after 0002.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "troubles",
        sa.Column("council", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sqlmodel.AutoString(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("failures", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("since", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("again_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.CheckConstraint("kind IN ('settling', 'posting', 'channel')", name=op.f("ck_troubles_kind")),
        sa.ForeignKeyConstraint(["council"], ["councils.id"], name=op.f("fk_troubles_council_councils")),
        sa.PrimaryKeyConstraint("council", "kind", name=op.f("pk_troubles")),
    )


def downgrade() -> None:
    op.drop_table("troubles")
