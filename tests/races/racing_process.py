"""A process that carries out intentions at the instant it is told, and says what became of them.

Run as `python -m tests.races.racing_process URL`. Prints "ready", then answers each line of its input with one line;
both are JSON. A line: `at`, the instant to begin at by the machine's monotonic clock, until which the process spins, so
that two of them set out together; `clock`, the time that it is, None for the database's own; `do`, intentions to carry
out at once. An intention: `ask`, a service and its method; `with`, the arguments; `until`, a round: it is
repeated until that is closed, or until it is refused.
"""

import asyncio
import json
import sys
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from deliberation.categories import Position
from deliberation.errors import DomainError
from deliberation.rounds import RoundStatus
from services import Services
from services.ballots import BallotReceipt, Cast
from services.issues import Proposal
from services.record import VerifyReport
from services.rounds import RoundView
from services.seats import SeatReceipt
from storage import Database
from tests.clocks import SetClock
from tests.services.chamber import CHAIR, member

GIVEN: dict[str, Callable[[Any], Any]] = {
    "actor": lambda number: member(number) if number else CHAIR,
    "person": lambda number: member(number).person,
    "former": lambda word: lambda language, tag: f"{word} {tag}",
    "position": lambda word: None if word is None else Position(word),
}
"""How an argument is read that JSON cannot hold."""

SHOWN: dict[type, Callable[[Any], dict[str, Any]]] = {
    BallotReceipt: lambda receipt: {
        "issue": receipt.entry.issue,
        "seat": receipt.seat.id,
        "position": receipt.position,
        "previous": receipt.previous,
        "repeated": receipt.repeated,
        "taken": receipt.seat_taken,
    },
    RoundView: lambda view: {
        "round": view.round.id,
        "status": view.round.status.value,
        "shown": [line.ballot.position.value for line in view.lines if line.ballot is not None],
    },
    SeatReceipt: lambda receipt: {"seat": receipt.seat.id},
    VerifyReport: lambda report: {"faults": [str(fault) for fault in report.faults]},
    Proposal: lambda proposal: {"number": proposal.issue and proposal.issue.number},
}
"""What of an answer its asker would go by."""


class Racer:
    """One process's services, on a clock that is set and on the database's own."""

    def __init__(self, url: str) -> None:
        self._clock = SetClock()
        self._set = Services.over(Database(url, clock=self._clock))
        self._real = Services.over(Database(url))

    async def begin(self) -> None:
        """Connect, so that the first race is like the others."""
        for services in (self._set, self._real):
            await services.timetable.settle_due()

    async def carry_out(self, line: dict[str, Any]) -> list[Any]:
        """What became of each intention, begun at the line's instant; of a repeated one, every time."""
        services = self._real
        if line["clock"] is not None:
            self._clock.set(datetime.fromisoformat(line["clock"]))
            services = self._set
        while time.monotonic() < line["at"]:
            pass
        return await asyncio.gather(*(self._repeat(services, intention) for intention in line["do"]))

    async def _repeat(self, services: Services, intention: dict[str, Any]) -> Any:
        until = intention["until"]
        if until is None:
            return await self._attempt(services, intention)
        outcomes = [await self._attempt(services, intention)]
        while "done" in outcomes[-1] and (await services.rounds.view(until)).round.status is not RoundStatus.CLOSED:
            outcomes.append(await self._attempt(services, intention))
        return outcomes

    async def _attempt(self, services: Services, intention: dict[str, Any]) -> dict[str, Any]:
        name, _, method = intention["ask"].partition(".")
        given = {key: GIVEN.get(key, lambda value: value)(value) for key, value in intention["with"].items()}
        ask = getattr(getattr(services, name), method)
        work = ask(Cast(**given)) if method == "cast" else ask(**given)
        answer = (await asyncio.gather(work, return_exceptions=True))[0]
        if isinstance(answer, DomainError):
            return {"refused": answer.code}
        if isinstance(answer, BaseException):
            return {"failed": repr(answer)}
        return {"done": SHOWN[type(answer)](answer) if type(answer) in SHOWN else None}


def main(url: str) -> None:
    with asyncio.Runner() as runner:
        racer = Racer(url)
        runner.run(racer.begin())
        print("ready", flush=True)
        for line in sys.stdin:
            print(json.dumps(runner.run(racer.carry_out(json.loads(line)))), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
