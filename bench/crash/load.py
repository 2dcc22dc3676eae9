"""What a process of the crash test does until it is killed: it votes, opens, closes, and reports what was acknowledged.

Every line that it writes is one `write` to a pipe, which is there whole or not at all. So the reader of the pipe knows
what was acknowledged, even if the process is killed at once.
"""

import asyncio
import json
import os
import random
from collections.abc import Awaitable
from datetime import timedelta

from bench.crash.assembly import CHAIR, Place, recall
from deliberation.categories import Position
from deliberation.councils import Actor
from deliberation.errors import DomainError
from deliberation.rounds import DocketEntry, Round, RoundStatus
from services import Services
from services.ballots import BallotReceipt, Cast
from storage import Database

POSITIONS = (*Position, None)
BUSY = 150
"""The most ballots in flight at once."""
SHORTEST, LONGEST = 0.8, 4.0
"""Seconds that a round is open."""
Current = dict[Place, tuple[Round, tuple[DocketEntry, ...]]]


class Load:
    """What one process does. `slot`: its place among the processes at work, from 0; `alone`: it is the only one, and
    acts for all members instead of half of them."""

    def __init__(self, url: str, *, slot: int, alone: bool, seed: int) -> None:
        self._database = Database(url)
        self._services = Services.over(self._database)
        self._slot = slot
        self._alone = alone
        self._members: dict[Place, tuple[Actor, ...]] = {}
        self._random = random.Random(seed)  # noqa: S311
        self._current: Current = {}

    async def run(self) -> None:
        """Do everything at once, without end."""
        for place in await recall(self._services):
            one, other = place.parts
            self._members[place] = one + other if self._alone else place.parts[self._slot]
        await self._outcome(self._look())
        await asyncio.gather(self._watch(), self._vote(), self._chair(), self._settle())

    async def _watch(self) -> None:
        """Keep track of which rounds run, a little late, as cards do."""
        while True:
            await self._outcome(self._look())
            await self._pause(0.1)

    async def _vote(self) -> None:
        """Cast ballots of many members in one group, then in the next: a member waits for the receipt before voting
        again."""
        while True:
            ballots = [
                (member, entry, round_)
                for place, (round_, docket) in self._current.items()
                if round_.status is RoundStatus.OPEN
                for member in self._members[place]
                for entry in docket
            ]
            chosen = self._random.sample(ballots, min(len(ballots), self._random.randint(1, BUSY)))
            await asyncio.gather(
                *(
                    self._cast(Cast(round_.id, entry.issue, entry.version, self._position(), member, self._reason()))
                    for member, entry, round_ in chosen
                )
            )
            await self._pause(0.02)

    async def _cast(self, cast: Cast) -> None:
        receipt = await self._outcome(self._services.ballots.cast(cast))
        if isinstance(receipt, BallotReceipt):
            word = None if cast.position is None else cast.position.value
            what = (cast.round, cast.issue, receipt.seat.id, cast.actor.person, word, receipt.repeated)
            self._say("recorded", *what)

    async def _chair(self) -> None:
        """Let a round run in every council; sometimes close, pause or cancel one, and resume what others paused."""
        while True:
            for place in self._members:
                round_ = self._current.get(place, (None, ()))[0]
                if round_ is None:
                    await self._outcome(self._open(place))
                elif round_.status is RoundStatus.PAUSED:
                    await self._outcome(self._services.rounds.resume(place.channel, CHAIR))
                else:
                    await self._interfere(place, round_)
            await self._pause(0.1)

    async def _open(self, place: Place) -> None:
        seats = await self._services.seats.list_in(place.channel, CHAIR)
        length = timedelta(seconds=self._random.uniform(SHORTEST, LONGEST))
        ids = [seat.id for seat in seats.seats]
        await self._services.hosting.open_round(place.channel, CHAIR, issues=place.issues, seats=ids, length=length)

    async def _interfere(self, place: Place, round_: Round) -> None:
        match self._random.randrange(60):
            case 0:
                await self._outcome(self._services.rounds.close(place.channel, CHAIR, round_.id))
            case 1:
                await self._outcome(self._services.rounds.pause(place.channel, CHAIR))
            case 2:
                await self._outcome(self._services.rounds.cancel(place.channel, CHAIR, round_.id))

    async def _settle(self) -> None:
        """Do what the scheduler does, but more often."""
        while True:
            await self._outcome(self._services.timetable.settle_due())
            await self._pause(0.05)

    async def _look(self) -> None:
        async with self._database.read() as uow:
            running = {place: await uow.rounds.find_running(place.id) for place in self._members}
            dockets = await uow.rounds.docket(round_.id for round_ in running.values() if round_ is not None)
        self._current = {place: (each, dockets[each.id]) for place, each in running.items() if each is not None}

    async def _outcome(self, work: Awaitable[object]) -> object:
        """The result of the work. A refusal is counted, and any other failure is reported in full."""
        answer = (await asyncio.gather(work, return_exceptions=True))[0]
        if isinstance(answer, DomainError):
            self._say("refused", answer.code)
        elif isinstance(answer, Exception):
            self._say("failed", type(answer).__name__, str(answer)[:500])
            await self._pause(0.2)
        elif isinstance(answer, BaseException):
            raise answer
        return answer

    def _position(self) -> Position | None:
        return self._random.choice(POSITIONS)

    def _reason(self) -> str | None:
        return self._random.choice((None, "Those who bear it had no say."))

    async def _pause(self, most: float) -> None:
        await asyncio.sleep(self._random.uniform(0, most))

    def _say(self, what: str, *figures: object) -> None:
        os.write(1, (json.dumps([what, os.getpid(), *figures]) + "\n").encode())
