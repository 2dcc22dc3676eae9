"""The durable store: tables, repositories, unit of work, migrations."""

from .database import Database
from .errors import (
    DatabaseLocked,
    DatabaseNewer,
    DatabaseReadOnly,
    DatabaseUnreachable,
    DatabaseUnusable,
    DatabaseUrlInvalid,
    StorageError,
)
from .schema import revision, upgrade

__all__ = [
    "Database",
    "DatabaseLocked",
    "DatabaseNewer",
    "DatabaseReadOnly",
    "DatabaseUnreachable",
    "DatabaseUnusable",
    "DatabaseUrlInvalid",
    "StorageError",
    "revision",
    "upgrade",
]
