"""The transaction of a group of ballots, past the sessions that everything else goes through: the only door to it.

A session takes more time to carry a statement out than either database to find a few rows, and a group of ballots waits
for a dozen of them, one after the other. So these are written in SQLAlchemy like any other, compiled once for each
database, and given to the driver itself; on SQLite they do not go to the connection's thread, for they find rows by
their keys; and on PostgreSQL all that is written goes as one. Each statement is here because `make bench` counts fewer
votes a second without; nothing else is.
"""

from ._casting import Casting
from ._people import lock_people

__all__ = ["Casting", "lock_people"]
