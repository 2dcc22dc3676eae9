"""The first council of `assembly` as large as the law about the loop speaks of: 3,000 seats, and as many ballots as
asked for. Everything is cast through the services, so that the record holds it.
"""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from datetime import timedelta
from itertools import islice
from pathlib import Path

from deliberation.categories import Position
from deliberation.councils import Actor
from deliberation.ids import ChannelId, PersonId, SeatId
from services import Services
from services.ballots import Cast
from services.ports import Delegation
from services.rounds import RoundView
from storage import Database
from tests.clocks import SetClock
from tests.security.assembly import CO_HOLDER, HALL, MANAGER, PLANS, WORD, Founder, actor

SEATS, OF_ONE, ISSUES, DOCKET = 3_000, 100, 200, 25
"""Seats; how many of them one member holds; issues in all, and on a docket at most."""
_FIRST = 700_000_000_000_000_000
_WORDS = f"{WORD} What is to be said of this is said here at some length, and not for the first time. " * 6
_GROUP = 500
_PLACE, _CHAIR = ChannelId(HALL), actor(MANAGER)


async def crowded(template: Path, folder: Path, *, rounds: int, docket: int = DOCKET) -> dict[str, Path]:
    """A database in every state of `assembly`, each with that many rounds behind it, in which every seat has voted on a
    docket of so many issues."""
    clock, begun = SetClock(), folder / "begun.db"
    shutil.copy(template, begun)
    async with _on(begun, clock) as (founder, crowd):
        await founder.begin()
        await crowd.settle(docket)
        for _ in range(rounds):
            await crowd.open_round()
            clock.advance(timedelta(hours=1))
    files: dict[str, Path] = {}
    for name, plan in PLANS.items():
        files[name] = Path(shutil.copy(begun, folder / f"{name}.db"))
        async with _on(files[name], clock) as (founder, crowd):
            view = await founder.hold(plan)
            if view is not None and plan.round == "open":
                await crowd.cast_all(view, words=True)
    begun.unlink()
    return files


@asynccontextmanager
async def _on(file: Path, clock: SetClock) -> AsyncIterator[tuple[Founder, _Crowd]]:
    store = Database(f"sqlite+aiosqlite:///{file}", clock=clock, own_thread=False)
    try:
        services = Services.over(store)
        yield Founder(services, store), _Crowd(services, clock)
    finally:
        await store.dispose()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


class _Crowd:
    """Everybody who sits in the council beside those whom `assembly` names."""

    def __init__(self, services: Services, clock: SetClock) -> None:
        self._services, self._clock = services, clock

    async def settle(self, docket: int) -> None:
        """Seat everybody, and let enough be proposed for dockets of that length."""
        sitting = (await self._services.seats.list_in(_PLACE, _CHAIR)).seats
        holders = [PersonId(CO_HOLDER.id)] * (OF_ONE - 1)
        holders += [PersonId(_FIRST + number) for number in range(SEATS - len(sitting) - len(holders))]
        named = [Delegation(name=f"{WORD} Delegation {n:04}", holders=(one,)) for n, one in enumerate(holders)]
        await self._services.seating.add(_PLACE, _CHAIR, named)
        _, issues = await self._services.issues.list_in(_PLACE)
        for number in range(len(issues), ISSUES):
            by = _member(number)
            title = f"{WORD} Question {number} of the conduct of states towards one another"
            await self._services.issues.propose(_PLACE, by, title=title, action=_WORDS, why=_WORDS, anyway=True)
        _, issues = await self._services.issues.list_in(_PLACE)
        for issue in islice((each for each in issues if each.lacks_seconders(1)), docket):
            await self._services.editing.second(_PLACE, _member(0), issue.number)
        typed = {"docket_limit": str(docket)}
        await self._services.councils.change_rules(_PLACE, _CHAIR, group="rounds", typed=typed)

    async def open_round(self) -> None:
        """A round in which everybody has voted on everything."""
        view = await self._services.rounds.open(_PLACE, _CHAIR)
        await self.cast_all(view)
        await self._services.rounds.close(_PLACE, _CHAIR, view.round.id)

    async def cast_all(self, view: RoundView, *, words: bool = False) -> None:
        """Every seat's ballot on every issue; with `words`, each has a reason for the first of them."""
        seats = (await self._services.seats.list_in(_PLACE, _CHAIR)).seats
        voting = [(seat.id, seat.holders[-1]) for seat in seats if seat.holders and not seat.observer]
        casts = self._casts(view, voting, words=words)
        while some := list(islice(casts, _GROUP)):
            await asyncio.gather(*(self._services.ballots.cast(cast) for cast in some))
            self._clock.advance(timedelta(seconds=1))

    def _casts(self, view: RoundView, voting: list[tuple[SeatId, PersonId]], *, words: bool) -> Iterator[Cast]:
        for place, line in enumerate(view.lines):
            for number, (seat, holder) in enumerate(voting):
                # Independent has the most, so that the issue is there for the next round.
                position = (Position.INDEPENDENT, Position.INDEPENDENT, *Position)[(number * 7 + place) % 6]
                reason = _WORDS[: 300 + number % 200] if words and place == 0 else ""
                by = _actor(holder)
                yield Cast(view.round.id, line.entry.issue, line.entry.version, position, by, reason, seat)


def _member(number: int) -> Actor:
    return _actor(PersonId(_FIRST + number))


def _actor(person: PersonId) -> Actor:
    return Actor(person=person, name="A delegate")
