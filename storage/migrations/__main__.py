"""Writes a new revision: what the tables have that the newest revision has not. For developers; read it before use."""

import asyncio
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from alembic import command
from sqlalchemy import Connection

from storage.engines import database_url, migrating_engine
from storage.schema import configuration, newest, upgrade


async def write_revision(what: str) -> None:
    def write(connection: Connection) -> None:
        number = f"{int(newest() or 0) + 1:04d}"
        command.revision(configuration(connection), message=what, autogenerate=True, rev_id=number)

    with TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'empty.db'}"
        await upgrade(url)
        engine = migrating_engine(database_url(url))
        async with engine.begin() as connection:
            await connection.run_sync(write)
        await engine.dispose()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit('usage: python -m storage.migrations "what the revision does"')
    asyncio.run(write_revision(sys.argv[1]))
