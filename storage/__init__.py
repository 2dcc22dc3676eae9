"""The durable store: tables, repositories, unit of work, migrations."""

from storage.database import Database
from storage.errors import (
    DatabaseConflict,
    DatabaseInUse,
    DatabaseLocked,
    DatabaseNewer,
    DatabaseOlder,
    DatabaseReadOnly,
    DatabaseUnreachable,
    DatabaseUnusable,
    DatabaseUrlInvalid,
    StorageError,
)
from storage.schema import require_newest, revision, upgrade

__all__ = [
    "Database",
    "DatabaseConflict",
    "DatabaseInUse",
    "DatabaseLocked",
    "DatabaseNewer",
    "DatabaseOlder",
    "DatabaseReadOnly",
    "DatabaseUnreachable",
    "DatabaseUnusable",
    "DatabaseUrlInvalid",
    "StorageError",
    "require_newest",
    "revision",
    "upgrade",
]
