"""The store on SQLite or PostgreSQL."""

import secrets
from collections.abc import Callable
from typing import TypedDict

from deliberation.ids import PersonId
from services.ports import Clock, Observer, Unobserved
from storage import trial, write_ahead

from .engines import database_url, reading_engine, writing_engine
from .errors import operator_errors
from .steady_time import SteadyTime
from .unit_of_work import Transaction

SALT_BYTES = 16


class Inside(TypedDict):
    """What every transaction is given."""

    clock: Clock | None
    steady: SteadyTime
    salt: Callable[[], bytes]
    observer: Observer


def fresh_salt() -> bytes:
    return secrets.token_bytes(SALT_BYTES)


class Database:
    """Begins transactions on the database at `url`, whose schema is to be brought up to date before (`upgrade`).

    `clock`: what tells the time inside them; without one PostgreSQL's own, or the system's. `own_thread`: SQLite works
    beside the event loop; without, it holds the loop up and is quicker, for a program that does nothing else.
    `observer` is told of what became durable. Connects when first used. Raises DatabaseUrlInvalid.
    """

    def __init__(
        self,
        url: str,
        *,
        clock: Clock | None = None,
        salt: Callable[[], bytes] | None = None,
        own_thread: bool = True,
        observer: Observer | None = None,
    ) -> None:
        self.url = database_url(url)
        self.observer: Observer = observer or Unobserved()
        self._inside: Inside = {
            "clock": clock,
            "steady": SteadyTime(),
            "salt": salt or fresh_salt,
            "observer": self.observer,
        }
        self._writing = writing_engine(self.url, own_thread=own_thread)
        self._reading = reading_engine(self.url, self._writing, own_thread=own_thread)

    def write(self, *people: PersonId) -> Transaction:
        return Transaction(self._writing, people=people, **self._inside)

    def read(self) -> Transaction:
        return Transaction(self._reading, **self._inside)

    async def try_writing(self) -> None:
        """Write something small for good. Raises what a member's ballot would meet: the errors of `storage.errors`."""
        with operator_errors(self.url):
            async with self._writing.connect() as connection:
                await trial.write(connection)

    async def shorten_log(self) -> int | None:
        """See `storage.write_ahead`; PostgreSQL looks after its own."""
        if self.url.get_backend_name() != "sqlite":
            return None
        return await write_ahead.shorten(reading=self._reading, writing=self._writing)

    async def dispose(self) -> None:
        """Close every connection."""
        await self._reading.dispose()
        await self._writing.dispose()
