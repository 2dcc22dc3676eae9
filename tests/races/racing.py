"""Two processes on one database, and what a test makes them do at the same instant."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from deliberation.ids import ChannelId, IssueId, RoundId, SeatId
from deliberation.issues import Issue
from deliberation.rounds import Ballot, Round, RoundStatus
from deliberation.rules.presets import PRESETS
from services import Services
from services.ports import BallotEvent, Delegation, Post, PostKind
from storage import Database
from tests.clocks import SetClock
from tests.services.chamber import CHAIR, Chamber, member

ROOT = Path(__file__).parents[2]
LEAD = 0.002
"""Seconds between the telling and the start: both have read their line by then."""
SPREAD = 0.0015
"""Seconds by which one may start before the other: each race meets at another point."""
Intention = dict[str, Any]
Outcome = dict[str, Any]


def intend(ask: str, *, until: int | None = None, **arguments: object) -> Intention:
    """An intention: a service's method with its arguments. `actor`: a member's number, 0 for the chair."""
    return {"ask": ask, "with": arguments, "until": until}


def vote(round_: Round, issue: Issue, actor: int, position: str | None, **more: Any) -> Intention:
    """The member's ballot on the issue; None withdraws it."""
    ballot = {"round": round_.id, "issue": issue.id, "version": 1, "position": position, "actor": actor}
    return intend("ballots.cast", **ballot, **more)


class Racers:
    """The two processes."""

    def __init__(self, processes: Sequence[subprocess.Popen[str]]) -> None:
        self._processes = processes
        self._random = random.Random(1)  # noqa: S311

    def race(
        self,
        *intentions: Intention | Sequence[Intention],
        clock: datetime | tuple[datetime, datetime] | None = None,
        apart: float | None = None,
    ) -> list[Any]:
        """What became of the intentions, the first process's and the second's: of one an outcome, of several a list.

        `clock`: the time in both or in each, None for the database's own. `apart`: how many seconds after the first one
        the second begins, before it where negative; None: as good as at once. Fails where somebody got anything but an
        answer or a domain error.
        """
        start = time.monotonic() + LEAD
        clocks = clock if isinstance(clock, tuple) else (clock, clock)
        if apart is None:
            delays = [self._random.uniform(0, SPREAD) for _ in self._processes]
        else:
            delays = [max(0, -apart), max(0, apart)]
        for process, given, now, delay in zip(self._processes, intentions, clocks, delays, strict=True):
            line = {
                "at": start + delay,
                "clock": now and now.isoformat(),
                "do": [given] if isinstance(given, dict) else given,
            }
            assert process.stdin is not None
            process.stdin.write(json.dumps(line) + "\n")
            process.stdin.flush()
        answered = [self._answer(process) for process in self._processes]
        pairs = zip(intentions, answered, strict=True)
        return [answers[0] if isinstance(given, dict) else answers for given, answers in pairs]

    def require_sound(self) -> None:
        """Every council's chain, ballots and rulings are as an audit recomputes them."""
        for audited in self.race(*[intend("audit.verify")] * 2):
            assert audited["done"]["faults"] == []

    @staticmethod
    def _answer(process: subprocess.Popen[str]) -> list[Any]:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line, "the process has ended"
        assert '"failed"' not in line, line
        return json.loads(line)


@contextmanager
def two_processes(url: str) -> Iterator[Racers]:
    """Two processes that are connected to the database."""
    command = [sys.executable, "-m", "tests.races.racing_process", url]
    with ExitStack() as stack:
        processes = [
            stack.enter_context(
                subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # noqa: S603
            )
            for _ in range(2)
        ]
        for process in processes:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        yield Racers(processes)


_CHANNELS = count(800_000_000_000_000_001)


class Arena:
    """A council of its own for one test, the two processes, and what the store holds afterwards."""

    def __init__(self, racers: Racers, store: Database) -> None:
        self.racers = racers
        self.store = store
        self.channel = ChannelId(next(_CHANNELS))
        self.services = Services.over(store)
        self.chamber = Chamber(self.services, SetClock())

    async def found(self, preset: str = "simple-majority", *, issues: int = 1, **changes: Any) -> list[Issue]:
        """Found the council under a preset with changes, and propose issues."""
        rules = replace(PRESETS[preset], **({"reminders": ()} | changes))
        await self.chamber.found(channel=self.channel, rules=rules)
        return [
            await self.chamber.propose(f"{word} and {place}", channel=self.channel)
            for place, word in zip(range(issues), ("Torture", "Piracy", "Slavery", "Arson", "Theft"), strict=False)
        ]

    async def seat(self, *members: Sequence[int]) -> list[SeatId]:
        """Seat delegations of these members."""
        given = [
            Delegation(name=f"Seat {place}", holders=tuple(member(number).person for number in numbers))
            for place, numbers in enumerate(members)
        ]
        return [seat.id for seat in await self.services.hosting.seat_delegations(self.channel, given)]

    async def open(self) -> Round:
        """Open a round of three days."""
        return (await self.chamber.open("3d", channel=self.channel)).round

    async def close(self, round_: Round) -> None:
        await self.services.rounds.close(self.channel, CHAIR, round_.id)

    async def round(self, round_id: RoundId) -> Round:
        async with self.store.read() as uow:
            return await uow.rounds.get(round_id)

    async def history(self, round_: Round, *, issue: IssueId | None = None) -> list[BallotEvent]:
        """The round's ballots as they were cast, by the instants at which they were accepted."""
        async with self.store.read() as uow:
            events = await uow.ballots.list_events(round_.id)
        return [event for event in events if issue is None or event.issue == issue]

    async def ballots(self, round_: Round) -> dict[tuple[IssueId, SeatId], Ballot]:
        """What stands."""
        async with self.store.read() as uow:
            return {(ballot.issue, ballot.seat): ballot for ballot in await uow.ballots.of_round(round_.id)}

    async def posts(self, kind: PostKind) -> list[Post]:
        """What waits to be posted of that kind in this council."""
        async with self.store.read() as uow:
            council = await uow.councils.find_in(self.channel)
            assert council is not None
            due = await uow.posts.list_due(datetime.max.replace(tzinfo=UTC), most=100_000)
        return [post for post in due if post.council == council.id and post.kind is kind]

    async def entries(self, kind: str) -> int:
        """How often the council's record says so."""
        async with self.store.read() as uow:
            council = await uow.councils.find_in(self.channel)
            assert council is not None
            return sum(entry.kind == kind for entry in await uow.record.entries(council.id))

    async def require_closed_once(self, round_: Round) -> None:
        """The round has one result, once in the record."""
        assert (await self.round(round_.id)).status is RoundStatus.CLOSED
        assert [post.subject for post in await self.posts(PostKind.RESULT)].count(round_.id) == 1


def done(outcome: Outcome) -> bool:
    return "done" in outcome


def refusals(outcomes: Sequence[Outcome]) -> list[str]:
    """Why those that were refused were."""
    return [outcome["refused"] for outcome in outcomes if "refused" in outcome]
