"""the whole procedure: debates, pauses, proxies, roll calls, more states of an issue, the board

Revision 0002, after 0001.
"""

from collections.abc import Iterable
from typing import Literal

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_OLD_ROUND = ("open", "closing", "closed", "cancelled")
_NEW_ROUND = ("debate", "open", "paused", "closing", "closed", "cancelled")
_OLD_RUNNING = ("open", "closing")
_NEW_RUNNING = ("debate", "open", "paused", "closing")
_OLD_ISSUE = ("open", "withdrawn")
_NEW_ISSUE = ("open", "withdrawn", "merged", "hidden")
_OLD_POST = ("card", "round", "result", "reminder", "notice")
_NEW_POST = (*_OLD_POST, "board", "roll_call")
_OLD_REDRAWN = ("card", "round")
_NEW_REDRAWN = (*_OLD_REDRAWN, "board", "roll_call")


def upgrade() -> None:
    op.create_table(
        "barred",
        sa.Column("council", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sqlmodel.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["council"], ["councils.id"], name=op.f("fk_barred_council_councils")),
        sa.PrimaryKeyConstraint("council", "person", name=op.f("pk_barred")),
    )
    op.create_table(
        "proxies",
        sa.Column("seat", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("issue", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("council", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("proxy", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("given_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["council"], ["councils.id"], name=op.f("fk_proxies_council_councils")),
        sa.ForeignKeyConstraint(["proxy"], ["seats.id"], name=op.f("fk_proxies_proxy_seats")),
        sa.ForeignKeyConstraint(["seat"], ["seats.id"], name=op.f("fk_proxies_seat_seats")),
        sa.PrimaryKeyConstraint("seat", "issue", name=op.f("pk_proxies")),
    )
    op.create_index(op.f("ix_proxies_council"), "proxies", ["council"])
    op.create_table(
        "roll_calls",
        sa.Column("council", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("called_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("ended", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["council"], ["councils.id"], name=op.f("fk_roll_calls_council_councils")),
        sa.PrimaryKeyConstraint("council", name=op.f("pk_roll_calls")),
    )
    op.create_table(
        "roll_call_answers",
        sa.Column("council", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("seat", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("presence", sqlmodel.AutoString(), nullable=False),
        sa.Column("at", sqlmodel.UTCDateTime(), nullable=False),
        sa.CheckConstraint("presence IN ('present', 'voting')", name=op.f("ck_roll_call_answers_presence")),
        sa.ForeignKeyConstraint(["council"], ["councils.id"], name=op.f("fk_roll_call_answers_council_councils")),
        sa.ForeignKeyConstraint(["seat"], ["seats.id"], name=op.f("fk_roll_call_answers_seat_seats")),
        sa.PrimaryKeyConstraint("council", "seat", name=op.f("pk_roll_call_answers")),
    )
    op.add_column("councils", sa.Column("closed_at", sqlmodel.UTCDateTime(), nullable=True))
    _add("ballots", sa.Column("proxy", sa.BigInteger(), autoincrement=False, nullable=True), refers_to="seats")
    _add("rounds", sa.Column("paused_at", sqlmodel.UTCDateTime(), nullable=True))
    _add("rounds", sa.Column("extended", sa.Boolean(), nullable=False, server_default=sa.false()))
    _add("rounds", sa.Column("may_end_early", sa.Boolean(), nullable=False, server_default=sa.false()))
    _add("issues", sa.Column("replaces", sa.BigInteger(), autoincrement=False, nullable=True))
    _add("issues", sa.Column("merged_into", sa.BigInteger(), autoincrement=False, nullable=True))
    _add("issues", sa.Column("note", sa.Text(), nullable=False, server_default=""))
    _let_words("rounds", _NEW_ROUND, without_default=("extended", "may_end_early"))
    _let_words("issues", _NEW_ISSUE, without_default=("note",))
    _let_words("posts", _NEW_POST)
    _let_words("messages", _NEW_POST)
    _let_reasons_stand_alone(True)
    _index_running(_NEW_RUNNING)
    _index_redrawn(_NEW_REDRAWN)


def downgrade() -> None:
    """What the older version has no word for is gone: rounds that have not begun to vote or are paused are cancelled,
    issues that left the discussion count as withdrawn, reasons without a ballot are dropped."""
    op.execute("UPDATE rounds SET status = 'cancelled' WHERE status IN ('debate', 'paused')")
    op.execute("UPDATE issues SET status = 'withdrawn' WHERE status IN ('merged', 'hidden')")
    for table in ("posts", "messages"):
        op.execute(f"DELETE FROM {table} WHERE kind IN ('board', 'roll_call')")  # noqa: S608 - two fixed names
    op.execute("DELETE FROM reasons WHERE position IS NULL")
    _let_words("rounds", _OLD_ROUND, drop=("paused_at", "extended", "may_end_early"))
    _let_words("issues", _OLD_ISSUE, drop=("replaces", "merged_into", "note"))
    _let_words("posts", _OLD_POST)
    _let_words("messages", _OLD_POST)
    _let_reasons_stand_alone(False)
    _index_running(_OLD_RUNNING)
    _index_redrawn(_OLD_REDRAWN)
    with op.batch_alter_table("ballots", recreate=_anew()) as batch:
        batch.drop_constraint(op.f("fk_ballots_proxy_seats"), type_="foreignkey")
        batch.drop_column("proxy")
    op.drop_column("councils", "closed_at")
    for table in ("roll_call_answers", "roll_calls", "proxies", "barred"):
        op.drop_table(table)


def _anew() -> Literal["always", "never"]:
    """SQLite changes a constraint only by making the table anew."""
    return "always" if op.get_bind().dialect.name == "sqlite" else "never"


def _in(column: str, words: Iterable[str]) -> str:
    return "{} IN ({})".format(column, ", ".join(f"'{word}'" for word in words))


def _add(table: str, column: sa.Column, *, refers_to: str | None = None) -> None:
    if refers_to is None:
        op.add_column(table, column)
        return
    with op.batch_alter_table(table, recreate=_anew()) as batch:
        batch.add_column(column)
        batch.create_foreign_key(op.f(f"fk_{table}_{column.name}_{refers_to}"), refers_to, [column.name], ["id"])


def _let_words(
    table: str, words: Iterable[str], *, without_default: Iterable[str] = (), drop: Iterable[str] = ()
) -> None:
    """Let the table's status or kind be one of these words; take defaults and columns away that are not to stay."""
    column = "status" if table in ("rounds", "issues") else "kind"
    name = op.f(f"ck_{table}_{column}")
    counted = {"sqlite_autoincrement": True} if table == "posts" else {}
    with op.batch_alter_table(table, recreate=_anew(), table_kwargs=counted) as batch:
        batch.drop_constraint(name, type_="check")
        batch.create_check_constraint(name, _in(column, words))
        for defaulted in without_default:
            batch.alter_column(defaulted, server_default=None)
        for dropped in drop:
            batch.drop_column(dropped)


def _let_reasons_stand_alone(alone: bool) -> None:
    with op.batch_alter_table("reasons", recreate=_anew()) as batch:
        batch.alter_column("position", existing_type=sqlmodel.AutoString(), nullable=alone)


def _index_running(words: Iterable[str]) -> None:
    _index_where("uq_rounds_running", "rounds", ["council"], _in("status", words))


def _index_redrawn(words: Iterable[str]) -> None:
    _index_where("uq_posts_redraw", "posts", ["kind", "subject"], f"done_at IS NULL AND {_in('kind', words)}")


def _index_where(name: str, table: str, columns: list[str], condition: str) -> None:
    op.drop_index(name, table_name=table)
    where = sa.text(condition)
    op.create_index(name, table, columns, unique=True, sqlite_where=where, postgresql_where=where)
