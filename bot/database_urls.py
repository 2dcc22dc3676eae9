"""What an operator may write as the URL of a database.

No message repeats any part of it: what cannot be parsed of a URL may belong to its password.
"""

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg"}
PARAMETERS = frozenset(
    {
        *("gsslib", "host", "krbsrvname", "passfile", "password", "port", "prepared_statement_cache_size"),
        *("service", "servicefile", "ssl", "target_session_attrs", "user"),
    }
)
"""The parameters of a PostgreSQL URL, after the question mark: asyncpg's text parameters, and `sslmode`."""
_FORMS = "sqlite:///file.db or postgresql://user:password@host/database"
_ESCAPES = "in a password write %40 for @, %3A for :, %2F for /, %3F for ? and %25 for %"


def async_url(url: str) -> str:
    """A database's URL with the driver that this program uses. Raises ValueError, which says what is accepted.

    libpq's `sslmode` becomes asyncpg's `ssl`, so that a hosting provider's URL works as it is given.
    """
    try:
        parts = make_url(url.replace("postgres://", "postgresql://", 1) if url.startswith("postgres://") else url)
    except (ArgumentError, ValueError):
        raise ValueError(f"is not a URL; write {_FORMS}, and {_ESCAPES}") from None
    driver = DRIVERS.get(parts.get_backend_name())
    if driver is None:
        raise ValueError("names a database that Comity does not know; use sqlite:/// or postgresql://")
    if parts.drivername not in (parts.get_backend_name(), driver):
        raise ValueError(f"names a driver that Comity does not use; write {driver}:// or leave the driver out")
    if "sslmode" in parts.query:
        ssl = parts.query["sslmode"]
        parts = parts.difference_update_query(["sslmode"]).update_query_dict({"ssl": ssl})
    if driver == DRIVERS["sqlite"] and parts.query:
        raise ValueError("has parameters after the ?, of which the URL of a file takes none")
    if not parts.query.keys() <= PARAMETERS:
        taken = ", ".join(sorted({*PARAMETERS, "sslmode"}))
        raise ValueError(f"has a parameter after the ? that Comity does not take; it takes {taken}; {_ESCAPES}")
    parts = parts.set(drivername=driver)
    try:
        parts.get_dialect()().create_connect_args(parts)
    except (ArgumentError, ValueError):
        raise ValueError(f"cannot be used; write {_FORMS}, and {_ESCAPES}") from None
    return parts.render_as_string(hide_password=False)
