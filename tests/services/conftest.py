"""A council to try the services on, on SQLite and on PostgreSQL in turn."""

import pytest

from services import Services
from storage import Database
from tests.clocks import SetClock
from tests.pasts import Pasts
from tests.services.chamber import Chamber
from tests.services.past import live


@pytest.fixture
async def chamber(database: Database, clock: SetClock) -> Chamber:
    """A council under the default rules, without seats or issues."""
    chamber = Chamber(Services.over(database), clock)
    await chamber.found()
    return chamber


@pytest.fixture
async def lived(database: Database, clock: SetClock, pasts: Pasts) -> Chamber:
    """The council, and another on another server, in both of which a member has a past."""
    chamber = Chamber(Services.over(database), clock)

    async def begin() -> None:
        await chamber.found()
        await live(chamber, database)

    await pasts.of(begin, name=live, database=database, clock=clock)
    return chamber
