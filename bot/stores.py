"""Opening the database that the settings name, brought up to date."""

from pathlib import Path

from sqlalchemy.engine import make_url

from services.ports import Clock, Observer
from storage.database import Database
from storage.schema import upgrade

from .settings import Settings


async def open_database(
    settings: Settings, *, clock: Clock | None = None, observer: Observer | None = None
) -> Database:
    """The database, created if it is missing, migrated if it is of an older version. Raises the errors of
    `storage.errors`."""
    await upgrade(settings.database_url)
    return Database(settings.database_url, clock=clock, observer=observer)


def missing_file(url: str) -> Path | None:
    """The SQLite file that a URL names and that does not exist; None where nothing is missing."""
    parts = make_url(url)
    if parts.get_backend_name() != "sqlite" or not parts.database:
        return None
    file = Path(parts.database)
    return None if file.exists() else file
