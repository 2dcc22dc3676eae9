"""Locking people: one transaction at a time acts as a person, or does something to it, in whatever council."""

from collections.abc import Collection

from sqlalchemy import ARRAY, BigInteger, bindparam, func, literal, select, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from deliberation.ids import PersonId

from ._driver import read
from ._prepared import Prepared

_EVERYBODY = literal(0x70656F706C65)
"""The advisory lock of all people: the word as a number. A person's own has the number of its Discord id, which is
greater (Discord, "Snowflakes")."""

MOST = 200
"""People who are locked one by one: PostgreSQL has room for some thousand locks in all."""

_people = func.unnest(bindparam("people", type_=ARRAY(BigInteger()))).column_valued("person")
_SOME = Prepared(
    union_all(
        select(func.pg_advisory_xact_lock_shared(_EVERYBODY)),
        select(func.pg_advisory_xact_lock(_people)),
    )
)
_ALL = Prepared(select(func.pg_advisory_xact_lock(_EVERYBODY)))


async def lock_people(connection: AsyncConnection, people: Collection[PersonId]) -> None:
    """Lock these people until the transaction ends, where more than one can write at a time: on PostgreSQL.

    In the order of their ids, before anything else is locked, so that two transactions never wait for each other. More
    than `MOST` are locked by locking everybody.
    """
    if not people or connection.dialect.name != "postgresql":
        return
    if len(people) > MOST:
        await read(connection, _ALL)
    else:
        await read(connection, _SOME, people=sorted(set(people)))
