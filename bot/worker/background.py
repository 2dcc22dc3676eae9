"""Long work of the services: the worker process does it, with its own connection to the database."""

import asyncio
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

from services.ports import LongWork, StoreUnavailable
from storage import Database

from .process import Worker

Answer = TypeVar("Answer")


class Beside:
    """Lets the worker do it, on the database at `url`."""

    def __init__(self, worker: Worker, url: str) -> None:
        self._worker, self._url = worker, url

    async def run(self, work: LongWork[Answer], *arguments: Any) -> Answer:
        try:
            return await self._worker.run(_begin, self._url, work, arguments)
        except BrokenProcessPool as error:
            raise StoreUnavailable("the worker process has ended") from error


def _begin(url: str, work: LongWork[Answer], arguments: tuple[Any, ...]) -> Answer:
    return asyncio.run(_do(url, work, arguments))


async def _do(url: str, work: LongWork[Answer], arguments: tuple[Any, ...]) -> Answer:
    store = Database(url)
    try:
        return await work(store, *arguments)
    finally:
        await store.dispose()
