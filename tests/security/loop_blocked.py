"""How long each command, button, menu and form holds the loop in a council of 3,000 seats; and votes meanwhile.

`python -m tests.security.loop_blocked` measures at a million ballots and prints the table; it takes some 20 minutes.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import sqlite3
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, closing, contextmanager, nullcontext, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.program import calm_collector
from cogs.custom_ids import people
from deliberation.categories import Position
from deliberation.ids import ChannelId, PersonId
from services import Services
from services.ballots import Cast
from tests.clocks import SetClock
from tests.security import assembly as cast
from tests.security.access import EVERYBODY, ROWS, Row, State, Use, Who
from tests.security.assembly import ANNEX, HALL, MANAGER, OTHER_MEMBER, Assembly, actor, inhabit
from tests.security.blocked import Blocked, watching
from tests.security.crowd import DOCKET, SEATS, crowded
from tests.security.payloads import Person
from tests.security.wire import Answer, Wire, wired
from tests.stores import upgrade_now

LAW = 0.050
"""Seconds for which a command may hold the loop."""
ASKING = (Who.MANAGER, Who.CO_HOLDER, Who.STRANGER)
"""A chair; who holds a hundred seats; and who holds none."""
MILLION = 13
"""Rounds of 75,000 ballots that lie behind the one that runs."""
AT_ONCE = 60
EVERY = 0.02
"""Seconds from one vote to the next."""


def typing(name: str, option: str, typed: str) -> Row:
    """The choices that are offered for what was typed so far."""

    async def use(assembly: Assembly, person: Person, channel: int) -> Answer:
        return await assembly.wire.command(person, channel, name, typing=option, **{option: typed})

    return Row(f"/{name}", EVERYBODY, use, case=f"typing {option}:{typed}")


async def erase_words(assembly: Assembly, person: Person, channel: int) -> Answer:
    """With everything that the member has said."""
    return await assembly.wire.tap(person, channel, str(people.EraseMember(asked=PersonId(person.id), words="erase")))


USES = (
    *ROWS,
    Row(people.EraseMember.noun, EVERYBODY, erase_words, case="words too"),
    typing("vote", "issue", ""),
    typing("vote", "issue", "question 1"),
    typing("issue merge", "into", "conduct"),
    typing("seat take", "seat", ""),
    typing("seat assign", "seat", "delegation"),
    typing("seat proxy", "to", ""),
)


@dataclass(frozen=True)
class Measured:
    """Seconds for which the loop was blocked at most, by what was used and by what was due after it; and where."""

    row: Row
    who: Who
    blocked: Blocked
    due: Blocked

    def __str__(self) -> str:
        name = f"{self.row.name} ({self.row.case})" if self.row.case else self.row.name
        return f"{self.blocked.longest * 1000:7.1f} {self.due.longest * 1000:7.1f}  {name}, {self.who}"


class Voter:
    """Votes in another council, again and again. `waits`: the seconds until each ballot was durable."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self.waits: list[float] = []

    @asynccontextmanager
    async def voting(self) -> AsyncIterator[None]:
        # The first vote waits until the disk has taken what was put back; it does not count.
        await self._cast(Position.ABSTAIN)
        over = asyncio.Event()
        task = asyncio.create_task(self._vote(over))
        try:
            yield
        finally:
            # Not cancelled: what is being cast is to be stored before the database is put back.
            over.set()
            await task

    async def open_round(self) -> None:
        """In the other council."""
        place, chair = ChannelId(ANNEX), actor(MANAGER)
        await self._services.editing.second(place, actor(OTHER_MEMBER), 1)
        await self._services.rounds.open(place, chair)

    async def _vote(self, over: asyncio.Event) -> None:
        while not over.is_set():
            position = (Position.PROHIBITED, Position.ADJUSTMENT)[len(self.waits) % 2]
            began = time.perf_counter()
            await self._cast(position)
            self.waits.append(time.perf_counter() - began)
            with suppress(TimeoutError):
                await asyncio.wait_for(over.wait(), EVERY)

    async def _cast(self, position: Position) -> None:
        view = await self._services.rounds.status(ChannelId(ANNEX))
        assert view is not None
        entry, by = view.lines[0].entry, actor(OTHER_MEMBER)
        await self._services.ballots.cast(Cast(view.round.id, entry.issue, entry.version, position, by, "", None))


class Hall:
    """The bot at work on one of the databases, which is put back before each use."""

    def __init__(self, wire: Wire, files: Mapping[str, Path], file: Path, clock: SetClock) -> None:
        self._files, self._clock, self.wire = files, clock, wire
        self._assembly = Assembly(wire, file)
        self._made: dict[str, Path] = {}
        self._state, self._version = "", 0
        self._seen = sqlite3.connect(file)
        self.voter = Voter(wire.bot.context.services)

    @classmethod
    @asynccontextmanager
    async def on(cls, files: Mapping[str, Path], file: Path) -> AsyncIterator[Hall]:
        _copy(files["VOTING"], file)
        with closing(sqlite3.connect(file)) as connection:
            [last] = connection.execute("SELECT max(at) FROM record_entries").fetchone()
        clock = SetClock(datetime.fromisoformat(last).replace(tzinfo=UTC) + timedelta(minutes=1))
        async with wired(f"sqlite+aiosqlite:///{file}", clock, own_thread=True) as wire:
            inhabit(wire)
            hall = cls(wire, files, file, clock)
            with closing(hall._seen):
                yield hall

    async def measure_all(self, *, tries: int, asking: Sequence[Who] = ASKING, voting: bool = True) -> list[Measured]:
        """Everything, used by each of `asking`, and by somebody who may where none of them may; `voting`: while others
        vote."""
        measured: list[Measured] = []
        for row in sorted(USES, key=lambda row: row.state):
            others = [who for who in Who if who in row.who][:1] if row.who.isdisjoint(asking) else []
            for who in (*asking, *others):
                measured.append(await self._measure(row, who, tries=tries, voting=voting))
        return measured

    async def _measure(self, row: Row, who: Who, *, tries: int, voting: bool) -> Measured:
        """The best of so many tries: what disturbs one of them is not the command's."""
        best = [Blocked(longest=1e9), Blocked(longest=1e9)]
        for _ in range(tries):
            await self._put_back(row.state)
            async with self.voter.voting() if voting else nullcontext():
                tried = [await self._use(row.use, who), await self._carry_out()]
            best = [min(pair, key=lambda blocked: blocked.longest) for pair in zip(best, tried, strict=True)]
            if max(blocked.longest for blocked in best) < LAW / 2:
                break
        return Measured(row, who, *best)

    async def verify_at_once(self) -> float:
        """Members by the dozen have the whole record verified while others vote; the seconds until all are told."""
        await self._put_back(State.VOTING)
        began, members = time.perf_counter(), range(AT_ONCE)
        services = self.wire.bot.context.services
        async with self.voter.voting():
            views = await asyncio.gather(*(services.record.verify(ChannelId(HALL)) for _ in members))
        assert all(view.sound for view in views)
        return time.perf_counter() - began

    async def _use(self, use: Use, who: Who) -> Blocked:
        with watching() as blocked:
            answer = await use(self._assembly, getattr(cast, who.name), HALL)
        assert answer.acknowledged
        return blocked

    async def _carry_out(self) -> Blocked:
        with watching() as blocked:
            await self.wire.bot.run_due()
        return blocked

    async def _put_back(self, state: State) -> None:
        """As it was made, with nothing due; and nobody is held to the pace, of which there are other tests."""
        if state.name not in self._made:
            _copy(self._files[state.name], self._assembly.file)
            await self.voter.open_round()
            await self.wire.bot.run_due()
            self._made[state.name] = self._assembly.file.with_suffix(f".{state.name}")
            _copy(self._assembly.file, self._made[state.name])
            self._state = ""
        if (state.name, self._look()) != (self._state, self._version):
            _copy(self._made[state.name], self._assembly.file)
            self._state, self._version = state.name, self._look()
            self._assembly.learn()
        self.wire.bot.context.services.places._known.clear()
        self._clock.advance(timedelta(seconds=2))

    def _look(self) -> int:
        """Another number whenever something was written."""
        return self._seen.execute("PRAGMA data_version").fetchone()[0]


def _copy(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as made, closing(sqlite3.connect(target)) as copy:
        made.backup(copy)


@contextmanager
def calm() -> Iterator[None]:
    """The collector of garbage as the program has it."""
    before = gc.get_threshold()
    calm_collector()
    try:
        yield
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)


async def _measure_all(files: Mapping[str, Path], folder: Path) -> bool:
    """Whether the law holds; prints what was measured, the longest first."""
    with calm():
        async with Hall.on(files, folder / "comity.db") as hall:
            took = await hall.verify_at_once()
            print(f"{AT_ONCE} have the record verified at once: all told after {took:.1f} s; {_shares(hall.voter)}")
            hall.voter.waits.clear()
            measured = await hall.measure_all(tries=3)
            print(f"{len(measured)} uses of {len(USES)} commands, buttons, menus and forms; {_shares(hall.voter)}")
    measured.sort(key=lambda one: -one.blocked.longest)
    print("ms blocked: by it, by what is due after it")
    for one in measured:
        print(one)
    beyond = [one for one in measured if one.blocked.longest > LAW]
    print(f"{len(beyond)} hold the loop for more than {LAW * 1000:.0f} ms.")
    return not beyond


def _shares(voter: Voter) -> str:
    waits = sorted(voter.waits)
    median, late = waits[len(waits) // 2], waits[len(waits) * 99 // 100]
    figures = ", ".join(
        f"{name} {one * 1000:.0f} ms" for name, one in (("median", median), ("p99", late), ("longest", waits[-1]))
    )
    return f"{len(waits)} votes in another council meanwhile: {figures}"


def main() -> None:
    """From the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=MILLION, help="rounds of 75,000 ballots before the one that runs")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="comity-blocked-") as name:
        folder = Path(name)
        upgrade_now(f"sqlite:///{folder / 'template.db'}")
        ballots = (chosen.rounds + 1) * SEATS * DOCKET
        print(f"Casting some {ballots:,} ballots for {SEATS:,} seats ...", flush=True)
        files = asyncio.run(crowded(folder / "template.db", folder, rounds=chosen.rounds))
        sys.exit(not asyncio.run(_measure_all(files, folder)))


if __name__ == "__main__":
    main()
