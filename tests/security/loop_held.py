"""How long each command, button, menu and form holds the loop in a council of 3,000 seats (`crowd`).

`python -m tests.security.loop_held` measures at a million ballots, while others vote, and prints the table.
"""

from __future__ import annotations

import gc
import sqlite3
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bot.program import calm_collector
from tests.clocks import SetClock
from tests.security import assembly as cast
from tests.security.access import EVERYBODY, ROWS, Row, State, Use, Who
from tests.security.assembly import HALL, Assembly, inhabit
from tests.security.held import Held, watching
from tests.security.payloads import Person
from tests.security.wire import Answer, Wire, wired

LAW = 0.050
"""Seconds for which a command may hold the loop."""
ASKING = (Who.MANAGER, Who.CO_HOLDER, Who.STRANGER)
"""A chair; who holds a hundred seats; and who holds none."""


def typing(name: str, option: str, typed: str) -> Row:
    """The choices that are offered for what was typed so far."""

    async def use(assembly: Assembly, person: Person, channel: int) -> Answer:
        return await assembly.wire.command(person, channel, name, typing=option, **{option: typed})

    return Row(f"/{name}", EVERYBODY, use, case=f"typing {option}:{typed}")


USES = (
    *ROWS,
    typing("vote", "issue", ""),
    typing("vote", "issue", "question 1"),
    typing("issue merge", "into", "conduct"),
    typing("seat take", "seat", ""),
    typing("seat assign", "seat", "delegation"),
    typing("seat proxy", "seat", ""),
)


@dataclass(frozen=True)
class Measured:
    """Seconds for which the loop was held at most, by what was used and by what was due after it; and where."""

    row: Row
    who: Who
    held: float
    at: str
    due: float
    due_at: str

    def __str__(self) -> str:
        name = f"{self.row.name} ({self.row.case})" if self.row.case else self.row.name
        return f"{self.held * 1000:7.1f} {self.due * 1000:7.1f}  {name}, {self.who}"


class Hall:
    """The bot at work on one of the databases, which is put back before each use."""

    def __init__(self, wire: Wire, files: Mapping[str, Path], file: Path, clock: SetClock) -> None:
        self._files, self._clock, self.wire = files, clock, wire
        self._assembly = Assembly(wire, file)
        self._made: dict[str, Path] = {}
        self._state, self._version = "", 0
        self._seen = sqlite3.connect(file)

    @classmethod
    @asynccontextmanager
    async def on(cls, files: Mapping[str, Path], file: Path, clock: SetClock) -> AsyncIterator[Hall]:
        cls._copy(files["VOTING"], file)
        async with wired(f"sqlite+aiosqlite:///{file}", clock, own_thread=True) as wire:
            inhabit(wire)
            hall = cls(wire, files, file, clock)
            with closing(hall._seen):
                yield hall

    async def measure(self, row: Row, who: Who, *, tries: int) -> Measured:
        """The best of so many tries: what disturbs one of them is not the command's."""
        best = [Held(longest=1e9), Held(longest=1e9)]
        for _ in range(tries):
            await self._put_back(row.state)
            for place, held in enumerate([await self._use(row.use, who), await self._carry_out()]):
                best[place] = min(best[place], held, key=lambda one: one.longest)
            if max(held.longest for held in best) < LAW / 2:
                break
        used, due = best
        return Measured(row, who, used.longest, used.at, due.longest, due.at)

    async def _use(self, use: Use, who: Who) -> Held:
        with watching() as held:
            answer = await use(self._assembly, getattr(cast, who.name), HALL)
        assert answer.acknowledged
        return held

    async def _carry_out(self) -> Held:
        with watching() as held:
            await self.wire.bot.run_due()
        return held

    async def _put_back(self, state: State) -> None:
        """As it was made, with nothing due; and nobody is held to the pace, of which there are other tests."""
        if state.name not in self._made:
            self._copy(self._files[state.name], self._assembly.file)
            await self.wire.bot.run_due()
            self._made[state.name] = self._assembly.file.with_suffix(f".{state.name}")
            self._copy(self._assembly.file, self._made[state.name])
            self._state = ""
        if (state.name, self._look()) != (self._state, self._version):
            self._copy(self._made[state.name], self._assembly.file)
            self._state, self._version = state.name, self._look()
            self._assembly.learn()
        self.wire.bot.desk.services.places._known.clear()
        self._clock.advance(timedelta(seconds=2))

    @staticmethod
    def _copy(source: Path, target: Path) -> None:
        with closing(sqlite3.connect(source)) as made, closing(sqlite3.connect(target)) as copy:
            made.backup(copy)

    def _look(self) -> int:
        """Another number whenever something was written."""
        return self._seen.execute("PRAGMA data_version").fetchone()[0]


def asked_by(row: Row) -> Iterator[Who]:
    """Whoever asks for much, and somebody who may where none of them may."""
    yield from ASKING
    if row.who.isdisjoint(ASKING):
        yield next(who for who in Who if who in row.who)


@asynccontextmanager
async def calm() -> AsyncIterator[None]:
    """The collector of garbage as the program has it."""
    before = gc.get_threshold()
    calm_collector()
    try:
        yield
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)
