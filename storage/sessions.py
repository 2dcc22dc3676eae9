"""Sessions: what the repositories of a unit of work speak to the database through."""

from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel.ext.asyncio.session import AsyncSession

_AS_IT_IS = {"populate_existing": True, "synchronize_session": False}
"""Every reading shows a row as the database has it, above all one that was locked after it was read: no row that a
session has seen is a copy to be kept in step with what statements change."""


def session_on(connection: AsyncConnection) -> AsyncSession:
    """A session within the connection's transaction, which ends it neither way. It keeps nothing back: whoever adds a
    row has it stored at once."""
    return AsyncSession(
        connection,
        autoflush=False,
        expire_on_commit=False,
        join_transaction_mode="rollback_only",
        execution_options=_AS_IT_IS,
    )
