"""Runs revisions on the connection that `storage.schema` hands over, inside its transaction. Logging stays as it is."""

from typing import Any, Literal

from alembic import context
from sqlmodel import AutoString, UTCDateTime

from storage.tables import metadata


def rendered(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """How a revision names the types that are SQLModel's own; False leaves the others to alembic."""
    if kind == "type" and isinstance(item, AutoString | UTCDateTime):
        return f"sqlmodel.{type(item).__name__}()"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    # SQLite cannot change a column or constraint: the table is made anew.
    render_as_batch=True,
    render_item=rendered,
)

with context.begin_transaction():
    context.run_migrations()
