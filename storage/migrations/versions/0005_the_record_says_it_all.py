"""the record says it all: what is needed to hold every row that decides an outcome against the record

Revision 0005, after 0004.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_SALTED = ("seat_holders", "issues", "issue_versions")
_COMMITMENT = re.compile(r'"([0-9a-f]{64})"')
_AT_ONCE = 1_000
_RARE = "kind <> 'ballots cast'"


def upgrade() -> None:
    op.create_table(
        "sums",
        sa.Column("round", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["round"], ["rounds.id"], name=op.f("fk_sums_round_rounds")),
        sa.PrimaryKeyConstraint("round", name=op.f("pk_sums")),
    )
    op.create_table(
        "register",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("council", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("digest", sqlmodel.AutoString(), nullable=False),
        sa.Column("previous", sqlmodel.AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_register")),
        sa.UniqueConstraint("council", name=op.f("uq_register_council")),
    )
    for table in _SALTED:
        op.add_column(table, sa.Column("salt", sa.LargeBinary(), nullable=True))
    claimed = sa.Column("claimed", sa.Boolean(), server_default=sa.text("false"), nullable=False)
    op.add_column("seat_holders", claimed)
    op.add_column("reasons", sa.Column("commitment", sqlmodel.AutoString(), nullable=True))
    _number_bars()
    _salt_people()
    _commit_reasons()
    _tell_secrets_apart()
    op.drop_index("ix_record_entries_rare", table_name="record_entries")
    _index_rare("council", "index", "kind")
    _make_troubles("settling", "record", "posting", "channel")


def downgrade() -> None:
    _make_troubles("settling", "posting", "channel")
    op.drop_index("ix_record_entries_rare", table_name="record_entries")
    _index_rare("council", "kind")
    op.drop_column("record_secrets", "council")
    _unnumber_bars()
    op.drop_column("reasons", "commitment")
    op.drop_column("seat_holders", "claimed")
    for table in _SALTED:
        op.drop_column(table, "salt")
    op.drop_table("register")
    op.drop_table("sums")


def _make_troubles(*kinds: str) -> None:
    """Make the table anew for these kinds: SQLite changes no constraint. What goes wrong is found again."""
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    rows = [row for row in _all("SELECT * FROM troubles") if row["kind"] in kinds]
    op.drop_table("troubles")
    made = op.create_table(
        "troubles",
        sa.Column("council", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sqlmodel.AutoString(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("failures", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("since", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("again_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.CheckConstraint(f"kind IN ({listed})", name=op.f("ck_troubles_kind")),
        sa.ForeignKeyConstraint(["council"], ["councils.id"], name=op.f("fk_troubles_council_councils")),
        sa.PrimaryKeyConstraint("council", "kind", name=op.f("pk_troubles")),
    )
    names = ", ".join(column.name for column in made.columns)
    given = ", ".join(f":{column.name}" for column in made.columns)
    _each(f"INSERT INTO troubles ({names}) VALUES ({given})", rows)  # noqa: S608 - our own names


def _index_rare(*columns: str) -> None:
    where = sa.text(_RARE)
    op.create_index(
        "ix_record_entries_rare", "record_entries", list(columns), sqlite_where=where, postgresql_where=where
    )


def _number_bars() -> None:
    """Give bars a number by which the record names them: the person's id may not stand there."""
    bars = _all("SELECT council, person, at FROM barred ORDER BY at")
    op.drop_table("barred")
    counted = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "barred",
        sa.Column("id", counted, nullable=False),
        sa.Column("council", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=True),
        sa.Column("at", sqlmodel.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["council"], ["councils.id"], name=op.f("fk_barred_council_councils")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_barred")),
        sa.UniqueConstraint("council", "person", name=op.f("uq_barred_council_person")),
    )
    op.create_index(op.f("ix_barred_person"), "barred", ["person"])
    _each("INSERT INTO barred (council, person, at) VALUES (:council, :person, :at)", bars)


def _unnumber_bars() -> None:
    bars = _all("SELECT council, person, at FROM barred ORDER BY at")
    op.drop_table("barred")
    op.create_table(
        "barred",
        sa.Column("council", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sqlmodel.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["council"], ["councils.id"], name=op.f("fk_barred_council_councils")),
        sa.PrimaryKeyConstraint("council", "person", name=op.f("pk_barred")),
    )
    op.create_index(op.f("ix_barred_person"), "barred", ["person"])
    _each("INSERT INTO barred (council, person, at) VALUES (:council, :person, :at)", bars)


def _salt_people() -> None:
    """Rows that name a person open the record's commitment to it: a salt for each of a person who was not erased."""
    fresh = "randomblob(16)" if _on_sqlite() else "decode(replace(gen_random_uuid()::text, '-', ''), 'hex')"
    for table, column in (
        ("seat_holders", "person"),
        ("issues", "proposer"),
        ("issue_versions", "author"),
        ("barred", "person"),
    ):
        op.execute(f"UPDATE {table} SET salt = {fresh} WHERE {column} > 0")  # noqa: S608 - our own names


def _commit_reasons() -> None:
    """A reason tells which of the record's commitments hides its text: that of the entry made when it was given."""
    found: list[dict[str, Any]] = []
    asked = (
        "SELECT r.id, r.round, r.issue, r.seat, e.data FROM reasons r JOIN rounds o ON o.id = r.round "
        "JOIN record_entries e ON e.council = o.council AND e.at = r.given_at "
        "WHERE e.kind IN ('ballots cast', 'reason given') ORDER BY r.id, e.\"index\""
    )
    for row in _all(asked):
        data = json.loads(row["data"])
        for line in data.get("ballots", [data]):
            same = (data.get("round"), line.get("issue"), line.get("seat")) == (row["round"], row["issue"], row["seat"])
            if same and line.get("reason"):
                found.append({"id": row["id"], "commitment": line["reason"]})
    _each("UPDATE reasons SET commitment = :commitment WHERE id = :id", found)


def _tell_secrets_apart() -> None:
    """Say of each secret which council's record it belongs to; what stands in none is deleted."""
    op.add_column("record_secrets", sa.Column("council", sa.BigInteger(), autoincrement=False, nullable=True))
    known = {row["commitment"] for row in _all("SELECT commitment FROM record_secrets")}
    for council in [row["id"] for row in _all("SELECT id FROM councils ORDER BY id")]:
        entered: set[str] = set()
        for data in _entries(council):
            entered |= known.intersection(_COMMITMENT.findall(data))
        values = [{"council": council, "commitment": commitment} for commitment in sorted(entered)]
        _each("UPDATE record_secrets SET council = :council WHERE commitment = :commitment", values)
    op.execute("DELETE FROM record_secrets WHERE council IS NULL")


def _entries(council: int) -> Iterator[str]:
    last = 0
    while True:
        rows = _all(
            'SELECT "index" AS place, data FROM record_entries WHERE council = :council AND "index" > :last '
            'ORDER BY "index" LIMIT :most',
            council=council,
            last=last,
            most=_AT_ONCE,
        )
        yield from (row["data"] for row in rows)
        if len(rows) < _AT_ONCE:
            return
        last = rows[-1]["place"]


def _on_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _all(statement: str, **values: Any) -> list[dict[str, Any]]:
    return [dict(row._mapping) for row in op.get_bind().execute(sa.text(statement), values)]


def _each(statement: str, values: list[dict[str, Any]]) -> None:
    if values:
        op.get_bind().execute(sa.text(statement), values)
