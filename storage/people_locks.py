"""Locking people: one transaction at a time acts as a person, or does something to it, in whatever council."""

from collections.abc import Collection

from sqlalchemy import ARRAY, BigInteger, func, literal
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from deliberation.ids import PersonId

_EVERYBODY = 0x70656F706C65
"""The advisory lock of all people: the word as a number. A person's own has the number of its Discord id, which is
greater (Discord, "Snowflakes")."""

MOST = 200
"""People who are locked one by one: PostgreSQL has room for some thousand locks in all."""


async def lock_people(session: AsyncSession, people: Collection[PersonId]) -> None:
    """Lock these people until the transaction ends, where more than one can write at a time: on PostgreSQL.

    In the order of their ids, before anything else is locked, so that two transactions never wait for each other. More
    than `MOST` are locked by locking everybody.
    """
    if not people or session.get_bind().dialect.name != "postgresql":
        return
    if len(people) > MOST:
        await session.exec(select(func.pg_advisory_xact_lock(_EVERYBODY)))
        return
    await session.exec(select(func.pg_advisory_xact_lock_shared(_EVERYBODY)))
    each = func.unnest(literal(sorted(set(people)), ARRAY(BigInteger()))).column_valued("person")
    await session.exec(select(func.pg_advisory_xact_lock(each)))
