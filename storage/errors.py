"""What an operator can cause and mend: classes with a stable code and parameters, whose sentence is made elsewhere.

They are no domain errors: no member did anything wrong.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, ClassVar

import asyncpg
from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft

from services.ports import StoreConflict, StoreUnavailable

from .same_file import FileGone, FileReplaced

_REFUSED = ("28", "3D000", "08", "57P", "53300")
_LOCKED = ("55P03",)
_CONFLICT = ("40001", "40P01")
_FULL = ("53100", "53200", "58")
_READ_ONLY = ("25006",)
DRIVER = (DBAPIError, sqlite3.Error, NoConnectionLeft, asyncpg.PostgresError, asyncpg.InterfaceError, OSError)
"""What comes up from the databases' drivers, and from the system beneath them."""
_NO_SUCH_PLACE = (PermissionError, FileExistsError, FileNotFoundError, NotADirectoryError)


class StorageError(StoreUnavailable):
    """The database cannot be used. `code` names the message; `params` fill its placeholders."""

    code: ClassVar[str]

    def __init__(self, **params: object) -> None:
        super().__init__(self.code)
        self.params = params

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled, the parameters come along: what fails in the worker process is raised here."""
        return partial(type(self), **self.params), ()

    def __str__(self) -> str:
        return " ".join([self.code, *(f"{name}={value!r}" for name, value in self.params.items())])


class DatabaseUrlInvalid(StorageError):
    """Neither an SQLite file nor a PostgreSQL database. Parameter: `given`, without a password."""

    code: ClassVar[str] = "database_url_invalid"


class DatabaseUnreachable(StorageError):
    """No connection, or it broke. Parameters: `database` (the URL without its password), `reason` (the system's)."""

    code: ClassVar[str] = "database_unreachable"


class DatabaseReadOnly(StorageError):
    """The file or its folder cannot be written. Parameter: `database`: the file, or the URL without its password."""

    code: ClassVar[str] = "database_read_only"


class DatabaseLocked(StorageError):
    """Another program kept the database locked for too long. Parameter: `database`."""

    code: ClassVar[str] = "database_locked"


class DatabaseUnusable(StorageError):
    """The file is no database, damaged or gone, or its disk is full. Parameters: `database`, `reason`."""

    code: ClassVar[str] = "database_unusable"


class DatabaseConflict(StorageError, StoreConflict):
    """Transactions waited for each other, and PostgreSQL undid this one. Parameter: `database`."""

    code: ClassVar[str] = "database_conflict"


class DatabaseNewer(StorageError):
    """A newer version of the program has changed the database. Parameters: `database`, `found`, `known` (revisions)."""

    code: ClassVar[str] = "database_newer"


class DatabaseOlder(StorageError):
    """The database was not brought up to this version yet. Parameter: `database`."""

    code: ClassVar[str] = "database_older"


class DatabaseInUse(StorageError):
    """A bot, or another program, has it open. Parameter: `database`."""

    code: ClassVar[str] = "database_in_use"


def shown(url: URL) -> str:
    """The file's path, or the URL without its password, and without parameters but those that say where it is."""
    if url.get_backend_name() == "sqlite" and url.database:
        return url.database
    where = {name: value for name, value in url.query.items() if name in ("host", "port")}
    return url.set(query=where).render_as_string(hide_password=True)


@contextmanager
def operator_errors(url: URL) -> Iterator[None]:
    """Turns what the driver raises because of the database's surroundings into a StorageError."""
    try:
        yield
    except DRIVER as error:
        clear = storage_error(error, url)
        if clear is None:
            raise
        raise clear from error


def storage_error(error: BaseException, url: URL) -> StorageError | None:
    """What this means for an operator; None where it says nothing about the database's surroundings."""
    if isinstance(error, NoConnectionLeft):
        return DatabaseLocked(database=shown(url))
    cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    if isinstance(cause, sqlite3.Error):
        return _of_sqlite(cause, url)
    if isinstance(error, FileGone):
        return DatabaseUnusable(database=shown(url), reason="the file is gone")
    if isinstance(error, FileReplaced):
        return DatabaseUnusable(database=shown(url), reason="another file took its place; restart Comity")
    if isinstance(error, _NO_SUCH_PLACE) and url.get_backend_name() == "sqlite":
        return DatabaseReadOnly(database=shown(url))
    if isinstance(error, OSError):
        return DatabaseUnreachable(database=shown(url), reason=str(error) or type(error).__name__)
    clear = _of_postgresql(cause, url)
    if clear is None and isinstance(error, DBAPIError) and error.connection_invalidated:
        return DatabaseUnreachable(database=shown(url), reason=str(cause))
    return clear


def _of_sqlite(cause: sqlite3.Error, url: URL) -> StorageError | None:
    match getattr(cause, "sqlite_errorname", "").split("_")[:2]:
        case ["SQLITE", "BUSY" | "LOCKED"]:
            return DatabaseLocked(database=shown(url))
        case ["SQLITE", "READONLY" | "CANTOPEN" | "PERM"]:
            return DatabaseReadOnly(database=shown(url))
        case ["SQLITE", "NOTADB" | "CORRUPT" | "FULL" | "IOERR"]:
            return DatabaseUnusable(database=shown(url), reason=str(cause))
    return None


def _of_postgresql(cause: BaseException, url: URL) -> StorageError | None:
    state = str(getattr(cause, "sqlstate", None) or "")
    if state.startswith(_READ_ONLY):
        return DatabaseReadOnly(database=shown(url))
    if state.startswith(_LOCKED):
        return DatabaseLocked(database=shown(url))
    if state.startswith(_CONFLICT):
        return DatabaseConflict(database=shown(url))
    if state.startswith(_FULL):
        return DatabaseUnusable(database=shown(url), reason=str(cause))
    if state.startswith(_REFUSED) or isinstance(cause, asyncpg.InterfaceError):
        return DatabaseUnreachable(database=shown(url), reason=str(cause))
    return None
