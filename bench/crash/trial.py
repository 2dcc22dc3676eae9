"""One trial: processes at work on one database, killed at random instants and started again, and what they reported."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import IO, Any, NamedTuple, cast

ROOT = Path(__file__).parents[2]
AT_WORK = 1.0
"""The most seconds that processes work between two kills."""
BOTH, EARLY = 0.2, 0.2
"""The probability that both processes are killed, and that they are killed without waiting until they have begun."""
BETWEEN_CRASHES = 25
START_SECONDS = 60
"""The longest time that a process may take to begin."""


class Ballot(NamedTuple):
    """A ballot whose receipt came. `position` None: it was withdrawn. `repeated`: the same ballot stood already."""

    round: int
    issue: int
    seat: int
    person: int
    position: str | None
    repeated: bool


@dataclass
class Ledger:
    """What the processes reported: ballots in the order of each member's receipts, refusals by code, failures in
    full."""

    kills: int = 0
    server_crashes: int = 0
    recorded: list[Ballot] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)


class Trial:
    """Processes on the database at `url`, `slots` of them at a time, until enough have been killed.

    `crash`: makes the database server itself fail and start again, None where there is none. It is called between
    kills, once in `BETWEEN_CRASHES` on average.
    """

    def __init__(self, url: str, *, slots: int, seed: int, crash: Callable[[], None] | None = None) -> None:
        self._slots = slots
        self._random = random.Random(seed)  # noqa: S311
        self._crash = crash
        self._pids: dict[int, int] = {}
        self._at_work: set[int] = set()
        self._said: SimpleQueue[list[Any] | None] = SimpleQueue()
        self.ledger = Ledger()
        command = [sys.executable, "-m", "bench.crash.nursery", url]
        self._nursery = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # noqa: S603
        self._orders, self._answers = cast("IO[str]", self._nursery.stdin), cast("IO[str]", self._nursery.stdout)
        self._listener = Thread(target=self._listen)

    def run(self, kills: int) -> Ledger:
        """Kill `kills` processes. Afterwards the ledger contains everything that was acknowledged."""
        self._listener.start()
        try:
            for slot in range(self._slots):
                self._start(slot)
            while self.ledger.kills < kills:
                # Mostly wait until each has acknowledged something; now and then kill as early as possible.
                if self._random.random() > EARLY:
                    self._hear_until(lambda: self._at_work.issuperset(self._pids.values()))
                self._hear_for(self._random.uniform(0, AT_WORK))
                if self._crash is not None and self._random.random() < 1 / BETWEEN_CRASHES:
                    self._crash()
                    self.ledger.server_crashes += 1
                self._kill_some(kills - self.ledger.kills)
        finally:
            for pid in self._pids.values():
                os.kill(pid, signal.SIGKILL)
            self._end()
        return self.ledger

    def _kill_some(self, most: int) -> None:
        both = self._random.random() < BOTH
        chosen = [*self._pids] if both else [self._random.choice([*self._pids])]
        for slot in chosen[:most]:
            os.kill(self._pids.pop(slot), signal.SIGKILL)
            self.ledger.kills += 1
        for slot in chosen[:most]:
            self._start(slot)

    def _start(self, slot: int) -> None:
        given = {"slot": slot, "alone": self._slots == 1, "seed": self._random.randrange(2**32)}
        print(json.dumps(given), file=self._orders, flush=True)
        self._hear_until(lambda: slot in self._pids)

    def _listen(self) -> None:
        for line in self._answers:
            self._said.put(json.loads(line))
        self._said.put(None)

    def _hear_until(self, met: Callable[[], bool]) -> None:
        end = time.monotonic() + START_SECONDS
        while not met():
            if time.monotonic() > end:
                raise TimeoutError(f"a process did nothing within {START_SECONDS} s: {self.ledger.failed}")
            self._hear_for(0.01)

    def _hear_for(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            try:
                said = self._said.get(timeout=left)
            except Empty:
                return
            if said is None:
                raise RuntimeError("the processes' nursery has ended")
            self._note(*said)

    def _note(self, what: str, pid: int, *figures: Any) -> None:
        match what:
            case "started":
                self._pids[figures[0]] = pid
            case "recorded":
                self._at_work.add(pid)
                self.ledger.recorded.append(Ballot(*figures))
            case "refused":
                self.ledger.refused[figures[0]] += 1
            case _:
                self.ledger.failed[": ".join(figures)] += 1

    def _end(self) -> None:
        """Take in everything that was reported, up to the end."""
        self._orders.close()
        self._listener.join()
        while (said := self._said.get()) is not None:
            self._note(*said)
        self._answers.close()
        self._nursery.wait()
