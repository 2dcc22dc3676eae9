"""A council as large as a benchmark needs. A large one is put into the database directly, without the procedure."""

import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

import asyncpg
from sqlalchemy import insert, text
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import select

from bench.discord import Member
from deliberation.councils import Actor
from deliberation.ids import ChannelId, CouncilId, IssueId, PersonId, RoundId
from deliberation.rounds import Round, RoundStatus
from deliberation.rules.presets import SIMPLE_MAJORITY
from services import Services
from services.record._auditing._state import enter_state
from storage import Database, upgrade
from storage.database import fresh_salt
from storage.engines import database_url, migrating_engine
from storage.tables import BallotEventRow, BallotRow, EntitlementRow, RoundRow, Row, SeatHolderRow, SeatRow

GUILD = 1 << 22
CHAIR = Actor(person=PersonId(1000), name="Chair", manages_server=True)
FIRST_MEMBER = 1_000_000
POSITIONS = ("independent", "adjustment", "prohibited", "abstain")
AT_ONCE = 20_000


@dataclass(frozen=True)
class Stopped:
    """A clock that stands still."""

    at: datetime

    def now(self) -> datetime:
        return self.at


@dataclass(frozen=True)
class Furnished:
    """A council with an open round. Its members are numbered from FIRST_MEMBER on, and hold a seat each."""

    channel: int
    round: RoundId
    issues: tuple[IssueId, ...]
    seats: int

    def member(self, number: int) -> Member:
        return Member(FIRST_MEMBER + number, f"Member {number}")

    def vote(self, issue: IssueId, position: str) -> str:
        """The custom id of a vote button."""
        return f"cmt:1:ballot:{self.round}:{issue}:1:{position}"


async def furnish(
    url: str, *, channel: int = 77, seats: int = 1_000, issues: int = 10, ballots: int = 0, closes_in: str = "3d"
) -> Furnished:
    """Found a council, open a round over `issues`, seat everybody, and let the first seats cast `ballots` in all."""
    await upgrade(url)
    database = Database(url)
    services = Services.over(database)
    place = ChannelId(channel)
    try:
        await services.hosting.found(
            CHAIR, guild=GUILD, channel=place, name="Assembly", language="en", rules=SIMPLE_MAJORITY
        )
        for number in range(1, issues + 1):
            await services.issues.propose(
                place, CHAIR, title=f"Issue {number} on conduct", action="To act.", why="Because.", anyway=True
            )
        await services.seats.take(place, CHAIR)
        view = await services.rounds.open(place, CHAIR, closes_in)
    finally:
        await database.dispose()
    made = Furnished(channel, view.round.id, tuple(line.entry.issue for line in view.lines), seats)
    await _fill(url, made, council=view.council.id, at=view.round.opened_at, ballots=ballots)
    await _enter(url, view.council.id)
    return made


async def let_end(url: str, made: Furnished, *, left: timedelta) -> datetime:
    """Leave the round only `left` of its time: pause it when that much is left, as a chair can, and resume it. Returns
    when it ends. The larger the council, the longer pausing and resuming take; the time left counts from after that."""
    place, database = ChannelId(made.channel), Database(url)
    round_ = await _round(database, made)
    await database.dispose()
    pausing = Database(url, clock=Stopped(round_.closes_at - left))
    began = datetime.now(UTC)
    await Services.over(pausing).rounds.pause(place, CHAIR)
    await pausing.dispose()
    paused = datetime.now(UTC)
    resuming = Database(url, clock=Stopped(paused + 2 * (paused - began)))
    view = await Services.over(resuming).rounds.resume(place, CHAIR)
    await resuming.dispose()
    return view.round.closes_at


async def _round(database: Database, made: Furnished) -> Round:
    async with database.read() as uow:
        return await uow.rounds.get(made.round)


async def is_closed(engine: AsyncEngine, made: Furnished) -> bool:
    """Whether the round has been ruled on."""
    async with engine.connect() as connection:
        status = await connection.scalar(select(RoundRow.status).where(RoundRow.id == made.round))
    return status == RoundStatus.CLOSED


async def _fill(url: str, made: Furnished, *, council: int, at: datetime, ballots: int) -> None:
    """Store the seats, and the ballots that the first of them cast, in bulk."""
    first_seat, numbers = 1_000 * made.channel * 1_000, range(made.seats)
    cast = range(ballots)
    places: Sequence[int] = made.issues
    engine = migrating_engine(database_url(url))

    def ballot(number: int) -> dict[str, Any]:
        seat, place = divmod(number, len(places))
        position = POSITIONS[(seat * 7 + place) % len(POSITIONS)]
        return {
            "round": made.round,
            "issue": places[place],
            "seat": first_seat + seat,
            "position": position,
            "version": 1,
        }

    rows: dict[type[Row], Iterator[Mapping[str, Any]]] = {
        SeatRow: (
            {
                **{"id": first_seat + number, "council": council, "name": f"Member {number}", "kind": "person"},
                **{"country": None, "weight": 1, "veto": False, "observer": False, "may_abstain": True},
                **{"since": at, "left_at": None},
            }
            for number in numbers
        ),
        SeatHolderRow: (
            {
                **{"seat": first_seat + number, "person": FIRST_MEMBER + number, "salt": fresh_salt()},
                **{"claimed": False, "since": at, "until": None},
            }
            for number in numbers
        ),
        EntitlementRow: (
            {"round": made.round, "seat": first_seat + number, "weight": 1, "veto": False, "may_abstain": True}
            for number in numbers
        ),
        BallotRow: ({**ballot(number), "cast_at": at, "proxy": None} for number in cast),
        BallotEventRow: (
            {**ballot(number), "person": FIRST_MEMBER + number // len(places), "salt": fresh_salt(), "at": at}
            for number in cast
        ),
    }
    async with engine.begin() as connection:
        for kind, each in rows.items():
            while some := list(islice(each, AT_ONCE)):
                await connection.execute(insert(kind), some)
    async with engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            await (await connection.execution_options(isolation_level="AUTOCOMMIT")).execute(text("VACUUM ANALYZE"))
    await engine.dispose()


async def _enter(url: str, council: CouncilId) -> None:
    """Enter the rows and the sum of the ballots into the record, so that the round can be ruled on. Single ballots have
    no entries, which only an audit would notice."""
    database = Database(url)
    async with database.write() as uow:
        await enter_state(uow, council)
        await uow.commit()
    await database.dispose()


COUNTING = (
    "SELECT b.issue, b.position, count(*), sum(e.weight) FROM ballots b "
    "JOIN entitlements e ON e.round = b.round AND e.seat = b.seat WHERE b.round = {} GROUP BY b.issue, b.position"
)


async def bare_aggregate(url: str, made: Furnished) -> float:
    """Seconds that the bare database driver takes to count the round's ballots by issue and position, with their
    weight."""
    where = database_url(url)
    if where.get_backend_name() == "sqlite":
        connection = sqlite3.connect(str(where.database))
        started = time.perf_counter()
        connection.execute(COUNTING.format("?"), (made.round,)).fetchall()
        taken = time.perf_counter() - started
        connection.close()
        return taken
    server = await asyncpg.connect(where.set(drivername="postgresql").render_as_string(hide_password=False))
    started = time.perf_counter()
    await server.fetch(COUNTING.format("$1"), made.round)
    taken = time.perf_counter() - started
    await server.close()
    return taken
