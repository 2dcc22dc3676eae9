"""Trying things on the councils of `assembly`, each on a database that has been put back."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

import cogs.interactions.guard
from cogs.custom_ids.grammar import CustomId
from cogs.showing.checking import check_message
from deliberation.errors import DomainError
from tests.clocks import SetClock
from tests.security.access import Row, State
from tests.security.assembly import Assembly, Dump, Plan, changes, dump, inhabit, populate
from tests.security.payloads import Person
from tests.security.wire import Answer, wired


@dataclass(frozen=True)
class Outcome:
    """What came of one thing that was tried. `refused`: the codes of the domain errors; `changed`: rows by table."""

    answer: Answer
    refused: tuple[str, ...]
    changed: list[tuple[str, dict[str, Any]]]
    before: Dump

    @property
    def changed_for_others(self) -> list[tuple[str, dict[str, Any]]]:
        """Without the drafts of whoever wrote them."""
        return [(table, row) for table, row in self.changed if table != "drafts"]


class RestoringHarness:
    """The bot, and the databases that it is given in turn."""

    def __init__(self, assembly: Assembly, states: Mapping[str, Path], clock: SetClock, log: list[Any]) -> None:
        self.assembly, self.wire = assembly, assembly.wire
        self._states, self._clock, self._log = states, clock, log
        self._refused: list[str] = []
        self._seen = sqlite3.connect(assembly.file)
        self._version, self._dump = -1, Dump()
        self._state: tuple[State, int] | None = None
        self._made = self._dump

    @classmethod
    @asynccontextmanager
    async def on(
        cls, file: Path, clock: SetClock, states: Mapping[str, Path], log: list[Any]
    ) -> AsyncIterator[RestoringHarness]:
        shutil.copy(states[State.VOTING.name], file)
        async with wired(f"sqlite+aiosqlite:///{file}", clock) as wire:
            inhabit(wire)
            harness = cls(Assembly(wire, file), states, clock, log)
            with closing(harness._seen):
                yield harness

    def note_refusals(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Note the code of everything that the guard refuses."""
        sentence = cogs.interactions.guard.refusal

        def noted(error: DomainError, *given: Any, **more: Any) -> str:
            self._refused.append(error.code)
            return sentence(error, *given, **more)

        monkeypatch.setattr(cogs.interactions.guard, "refusal", noted)

    def put_back(self, state: State) -> None:
        """The database as it was made, and what the process remembers of it forgotten."""
        if self._state != (state, self._version) or self._look() is not self._made:
            with (
                closing(sqlite3.connect(self._states[state.name])) as one,
                closing(sqlite3.connect(self.assembly.file)) as other,
            ):
                one.backup(other)
            self._made = self._look()
            self._state = (state, self._version)
            self.assembly.learn()
        self.wire.bot.context.services.places._known.clear()
        # Nobody is held to the pace, of which there are other tests.
        self._clock.advance(timedelta(seconds=1))

    def foreign_id(self, table: str) -> int:
        """Of the council in the other server, or of the other council in this one."""
        with closing(sqlite3.connect(self.assembly.file)) as connection:
            column = "id" if table == "councils" else "council"
            query = f"SELECT id FROM {table} WHERE {column} != ? ORDER BY id LIMIT 1"  # noqa: S608
            row = connection.execute(query, [self.assembly.council]).fetchone()
        return row[0] if row else 424_243

    def usual(self, kind: type[CustomId]) -> dict[str, Any]:
        """Fields of the kind of ids that name what there is in the first council."""
        known = {
            "council": self.assembly.council,
            "round": self.assembly.round,
            "issue": self.assembly.issue(1),
            "version": 1,
            "page": 0,
            "seat": self.assembly.seat("Qz France"),
            "seating": "p5",
            "asked": "1",
            "replaces": None,
        }
        return {
            field.name: known[field.name] if field.name in known else field.written.words[0] for field in kind.fields
        }

    def uses(self, kind: type[CustomId], custom_id: str) -> list[Any]:
        """The id tapped, chosen from and sent as a form."""
        issue = str(self.assembly.issue(1))
        fields = {"title": "Forged", "action": "Forged.", "why": "", "reason": "Forged.", "seating": "name\nForged"}

        async def tapped(assembly: Assembly, person: Person, channel: int) -> Answer:
            return await assembly.wire.tap(person, channel, custom_id)

        async def chosen(assembly: Assembly, person: Person, channel: int) -> Answer:
            return await assembly.wire.tap(person, channel, custom_id, values=[issue])

        async def sent(assembly: Assembly, person: Person, channel: int) -> Answer:
            return await assembly.wire.submit(person, channel, custom_id, fields)

        return [sent] if kind.noun.endswith("-form") else [tapped, chosen]

    def _look(self) -> Dump:
        """What is in the database; the same object as long as nothing was written."""
        version = self._seen.execute("PRAGMA data_version").fetchone()[0]
        if version != self._version:
            self._version, self._dump = version, dump(self.assembly.file)
        return self._dump

    async def try_row(self, row: Row, person: Person, channel: int) -> Outcome:
        self.put_back(row.state)
        return await self.watch(row.use, person, channel)

    async def watch(self, use: Any, person: Person, channel: int) -> Outcome:
        """Let it be used; it must be answered well, whatever it is."""
        self._refused.clear()
        before = self._look()
        answer = await use(self.assembly, person, channel)
        after = self._look()
        assert answer.acknowledged
        assert [body for body in answer.bodies for fault in check_message(body) if fault] == []
        assert [entry for entry in self._log if entry["log_level"] in ("error", "critical")] == []
        changed = [] if after is before else changes(self.assembly.file, before, after)
        return Outcome(answer, tuple(self._refused), changed, before)


async def founded(template: Path, file: Path, plan: Plan) -> Path:
    """A database at the newest schema with the councils as planned."""
    shutil.copy(template, file)
    await populate(f"sqlite+aiosqlite:///{file}", SetClock(), plan)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return file
