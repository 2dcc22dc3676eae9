"""Votes beside erasures, and chairs beside holders, as often as one likes, on SQLite and on PostgreSQL.

python -m tests.races --tries 500 --apart 50 --seed 7
"""

from __future__ import annotations

import argparse
import asyncio
import secrets
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.crash.runs import postgresql
from deliberation.rules import Secrecy
from storage import Database
from tests.races.people import Tried, looks_beside_votes, votes_beside_erasures
from tests.races.racing import Arena, Racers, two_processes
from tests.stores import upgrade_now

Trial = Callable[[Arena], Awaitable[Tried]]


def trials(tries: int, apart: float, seed: int) -> dict[str, Trial]:
    """What is tried, by what it is called."""

    def beside(secrecy: Secrecy) -> Trial:
        return lambda arena: looks_beside_votes(arena, secrecy, tries=tries, apart=apart, seed=seed)

    erasing: Trial = lambda arena: votes_beside_erasures(arena, tries=tries, apart=apart, seed=seed)  # noqa: E731
    chairs = {f"a chair beside a holder, {secrecy.value} ballots": beside(secrecy) for secrecy in Secrecy}
    return {"a vote beside an erasure": erasing, **chairs}


@contextmanager
def databases() -> Iterator[dict[str, str]]:
    """The URLs of an empty database of each kind at the newest schema."""
    with tempfile.TemporaryDirectory(prefix="comity-races-") as folder, postgresql() as server:
        server.psql("CREATE DATABASE races;")
        urls = {
            "SQLite": f"sqlite+aiosqlite:///{Path(folder) / 'comity.db'}",
            "PostgreSQL": server.get_uri(database="races", driver="asyncpg"),
        }
        for url in urls.values():
            upgrade_now(url)
        yield urls


async def tried(racers: Racers, url: str, trial: Trial) -> Tried:
    store = Database(url)
    try:
        return await trial(Arena(racers, store))
    finally:
        await store.dispose()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tries", type=int, default=500, help="of each kind on each database")
    parser.add_argument("--apart", type=float, default=50, help="milliseconds between the two at most")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1_000_000))
    asked = parser.parse_args()
    print(f"seed {asked.seed}: {asked.tries} tries of each kind, at most {asked.apart:g} ms apart", flush=True)
    broken = 0
    with databases() as urls:
        for database, url in urls.items():
            with two_processes(url) as racers:
                for name, trial in trials(asked.tries, asked.apart / 1000, asked.seed).items():
                    began = time.monotonic()
                    found = asyncio.run(tried(racers, url, trial))
                    broken += len(found.broken)
                    took = f"{time.monotonic() - began:.0f} s"
                    print(f"{database}, {name}: {found.tries} tries, {len(found.broken)} broken, {took}", flush=True)
                    for line in (*found.broken[:10], *(f"{how}: {count}" for how, count in found.met.most_common())):
                        print(f"  {line}", flush=True)
                racers.require_sound()
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
