"""Whether the database takes writes: one is made in earnest, and stands on the disk when this returns.

A write that is taken back would prove nothing: SQLite keeps it in memory until the commit, and a disk is full only for
what is to stay. This one asks for about as much new room as a ballot does, and leaves the room of one behind.
"""

import secrets

from sqlalchemy import delete, insert, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from .tables import TrialRow

ROOM = 16 * 1024
"""Bytes. They are random: PostgreSQL would make little of what repeats itself."""
_HELD = "55P03"


async def write(connection: AsyncConnection) -> None:
    """Write, and commit. Raises what the driver raises."""
    number = secrets.randbits(62)
    emptied = connection.dialect.name == "postgresql" and await _empty(connection)
    await connection.execute(insert(TrialRow).values(number=number, filler=secrets.token_bytes(ROOM)))
    if not emptied:
        # Only now: the old one's room would be used again, on a full disk too.
        await connection.execute(delete(TrialRow).where(col(TrialRow.number) != number))
    await connection.commit()


async def _empty(connection: AsyncConnection) -> bool:
    """Give PostgreSQL's disk the table's room back. A table keeps what was deleted from it as room for itself, in which
    this would succeed while ballots find none in theirs. False where somebody reads the table, as pg_dump does."""
    try:
        async with connection.begin_nested():
            await connection.execute(text("LOCK TABLE trials IN ACCESS EXCLUSIVE MODE NOWAIT"))
            await connection.execute(text("TRUNCATE trials"))
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) != _HELD:
            raise
        return False
    return True
