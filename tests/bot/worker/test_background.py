"""What is long, done by the worker: on the same database, with its failures raised here, and not after the end."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator

import pytest

from bot.worker.background import Beside
from bot.worker.process import Worker
from services import Services
from services.ports import Store, StoreUnavailable
from storage import Database, DatabaseUnreachable
from tests.clocks import SetClock
from tests.services.chamber import CHANNEL, Chamber


async def process_and_councils(store: Store, greeting: str) -> tuple[str, int, list[str]]:
    async with store.read() as uow:
        return greeting, os.getpid(), list((await uow.audit.councils()).values())


async def fail(store: Store) -> None:
    raise DatabaseUnreachable(database="comity.db", reason="it is not open")


@pytest.fixture
async def worker() -> AsyncIterator[Worker]:
    worker = Worker()
    yield worker
    worker.close()


async def test_it_is_done_in_another_process_on_the_same_database(database: Database, clock: SetClock, worker: Worker):
    await Chamber(Services.over(database), clock).found()
    url = database.url.render_as_string(hide_password=False)
    greeting, process, councils = await Beside(worker, url).run(process_and_councils, "hello")
    assert (greeting, len(councils)) == ("hello", 1)
    assert process != os.getpid()


async def test_members_have_the_chain_verified_there(database: Database, clock: SetClock, worker: Worker):
    beside = Beside(worker, database.url.render_as_string(hide_password=False))
    chamber = Chamber(Services.over(database, background=beside), clock)
    await chamber.found()
    views = await asyncio.gather(*(chamber.services.record.verify(CHANNEL) for _ in range(5)))
    assert {(view.sound, view.head.index) for view in views} == {(True, 1)}


async def test_what_fails_there_is_raised_here(sqlite_head_url: str, worker: Worker):
    with pytest.raises(DatabaseUnreachable, match="it is not open"):
        await Beside(worker, sqlite_head_url).run(fail)


async def test_after_the_end_nothing_is_begun(sqlite_head_url: str, worker: Worker):
    worker.close()
    with pytest.raises(StoreUnavailable):
        await Beside(worker, sqlite_head_url).run(process_and_councils, "hello")
