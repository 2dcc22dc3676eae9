"""Sessions: what a unit of work speaks to the database through."""

from collections.abc import Callable

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlmodel.ext.asyncio.session import AsyncSession

Sessions = Callable[[], AsyncSession]

_AS_IT_IS = {"populate_existing": True, "synchronize_session": False}
"""Every reading shows a row as the database has it, above all one that was locked after it was read: no row that a
session has seen is a copy to be kept in step with what statements change."""


def sessions(bind: AsyncEngine | AsyncConnection) -> Sessions:
    """What makes sessions on the engine, or within the transaction of a connection: each of these is a savepoint."""

    def session() -> AsyncSession:
        return AsyncSession(
            bind,
            autoflush=False,
            expire_on_commit=False,
            join_transaction_mode="create_savepoint",
            execution_options=_AS_IT_IS,
        )

    return session
