"""Playing hostile scenes: each act is carried out on the real client, and what follows is held to the properties."""

from __future__ import annotations

import logging
import shutil
import sqlite3
from collections import Counter
from collections.abc import Mapping
from contextlib import AsyncExitStack, closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import structlog

import cogs.interactions.guard
from deliberation.errors import DomainError
from tests.clocks import NOON, SetClock
from tests.security import assembly as cast
from tests.security.assembly import ABROAD, HOME, Dump, changes, dump, inhabit
from tests.security.hostile import SNOWFLAKE, Act
from tests.security.payloads import Person, parts
from tests.security.properties import Rights, faults
from tests.security.wire import Answer, Wire, wired

PLACES = (cast.HALL, cast.THREAD, cast.ANNEX, cast.LOBBY, cast.FOREIGN, cast.DIRECT)
_ASIDE = {cast.THREAD: cast.HALL}
_EVIL = f"**BOLDED** @everyone <@{SNOWFLAKE}> [see](https://evil.example) \u202e"
PEOPLE = (
    replace(cast.STRANGER, name=_EVIL), cast.SEATED, cast.PROPOSER, cast.HOLDER, cast.CO_HOLDER, cast.OBSERVER,
    cast.BARRED, cast.FORMER, cast.CHAIR, cast.MANAGER, replace(cast.OTHER_MEMBER, name="`CODED` \n# HOSTILE"),
    cast.OTHER_CHAIR, cast.PROXY, cast.FOREIGN_MANAGER,
)  # fmt: skip
ROLES = (HOME, cast.CHAIRS_ROLE, cast.VOTERS_ROLE, HOME + 99)


class Stage(logging.Handler):
    """The bot with its councils; also the handler that keeps what is logged as an error."""

    def __init__(
        self, wire: Wire, file: Path, states: Mapping[str, Path], stack: AsyncExitStack, log: list[Any]
    ) -> None:
        super().__init__(logging.WARNING)
        self.wire, self.file = wire, file
        self._states, self._stack, self._log = dict(states), stack, log
        self._posted: dict[str, dict[int, dict[str, Any]]] = {}
        self._errors: list[str] = []
        self._seen = sqlite3.connect(file)
        self._version = -1
        self._dump: Dump = {}
        self._played = 0
        self.sent: Counter[str] = Counter()

    @classmethod
    async def built(cls, file: Path, states: Mapping[str, Path]) -> Stage:
        """The bot on a database that is put back at the beginning of each scene."""
        shutil.copy(next(iter(states.values())), file)
        async with AsyncExitStack() as stack:
            log: list[Any] = stack.enter_context(structlog.testing.capture_logs())
            wire = await stack.enter_async_context(wired(f"sqlite+aiosqlite:///{file}", SetClock()))
            inhabit(wire)
            stage = cls(wire, file, states, stack.pop_all(), log)
        logging.getLogger().addHandler(stage)
        cogs.interactions.guard.refusal = stage._noting(cogs.interactions.guard.refusal)
        return stage

    async def strike(self) -> None:
        """Close everything."""
        logging.getLogger().removeHandler(self)
        cogs.interactions.guard.refusal = cogs.interactions.guard.refusal.__wrapped__  # pyright: ignore[reportFunctionMemberAccess]
        self._seen.close()
        await self._stack.aclose()

    def emit(self, record: logging.LogRecord) -> None:
        self._errors.append(f"{record.name}: {record.getMessage()} {record.exc_info}")

    def _noting(self, sentence: Any) -> Any:
        def noted(error: DomainError, *given: Any, **more: Any) -> str:
            self.sent[f"refused: {error.code}"] += 1
            return sentence(error, *given, **more)

        noted.__wrapped__ = sentence  # pyright: ignore[reportFunctionMemberAccess]
        return noted

    async def play(self, scene: tuple[Any, list[Act]]) -> None:
        """Put everything back, then one act after the other; of every fourth scene the record is verified."""
        state, acts = scene
        await self._put_back(state.name)
        for act in acts:
            if act.kind != "nothing":
                await self._carry_out(act)
        self._played += 1
        if self._played % 4:
            return
        report = await self.wire.bot.context.services.audit.verify()
        # The one issue that was founded as prohibited, without rounds that would have made it so.
        faults = [fault for fault in report.faults if (fault.what, fault.where.get("number")) != ("standing", 4)]
        assert not faults, faults

    async def _put_back(self, state: str) -> None:
        """The database of that state, with its cards and round posted."""
        wire, context = self.wire, self.wire.bot.context
        wire.clock.set(NOON + timedelta(minutes=5))
        _copy(self._states[state], self.file)
        if state not in self._posted:
            wire.messages.clear()
            await wire.run_due()
            self._posted[state] = dict(wire.messages)
            self._states[state] = _copy(self.file, self.file.with_name(f"{state}.db"))
        wire.messages.clear()
        wire.messages.update(self._posted[state])
        context.services.places._known.clear()
        context.services.people._known.clear()
        context.services.reasons._pace._pace._free_at.clear()
        for pace in (context.pacing._taps, context.pacing._day, context.pacing._typing):
            pace._free_at.clear()
        self._look()

    def _look(self) -> bool:
        """Whether the database has changed; what is in it is read again if so."""
        version = self._seen.execute("PRAGMA data_version").fetchone()[0]
        changed, self._version = version != self._version, version
        if changed:
            self._dump = dump(self.file)
        return changed

    async def _carry_out(self, act: Act) -> None:
        channel = PLACES[act.place]
        person = at(PEOPLE[act.person], channel)
        before = self._dump
        answer = await self._do(act, person, channel)
        about = f"{act} by {person}"
        self._check_requests(about)
        assert not self._errors, (about, self._errors)
        logged = [entry for entry in self._log if entry["log_level"] in ("error", "critical")]
        self._log.clear()
        assert not logged, (about, logged)
        if answer is not None:
            self.sent[act.kind] += 1
            assert answer.acknowledged, f"{about} was not answered"
        if self._look() and answer is not None:
            assert list(self._breaches(person, channel, before)) == [], about

    def _check_requests(self, about: str) -> None:
        for method, path, body in self.wire.requests:
            wrong = list(faults(method, path, body))
            assert not wrong, (about, path, wrong, body)
        self.wire.requests.clear()

    def _breaches(self, person: Person, channel: int, before: Dump) -> list[str]:
        place = _ASIDE.get(channel, channel)
        council = next((row for row in before["councils"] if row[2] == place), None)
        chairs = council is not None and (person.manages or council[6] in person.roles)
        rights = Rights(person, None if council is None else council[0], before, chairs=chairs)
        rights.hold({row[1] for row in before["seat_holders"] if row[2] == person.id})
        return list(rights.breaches(changes(self.file, before, self._dump)))

    async def _do(self, act: Act, person: Person, channel: int) -> Answer | None:
        wire = self.wire
        match act.kind:
            case "time":
                await wire.run_due(act.passing)
                return None
            case "command" | "typing":
                typing = next(iter(act.given or {})) if act.kind == "typing" else None
                return await wire.command(person, channel, act.name, typing=typing, **self._options(act))
            case "form":
                return await wire.submit(person, channel, act.custom_id, act.given or {})
            case "tap":
                on = None
                if act.which == 0:
                    on = next((one for one in wire.messages.values() if one["channel_id"] == str(channel)), None)
                return await wire.tap(person, channel, act.custom_id, values=act.values, on=on)
        return await self._tap_what_is_shown(act, person, channel)

    async def _tap_what_is_shown(self, act: Act, person: Person, channel: int) -> Answer | None:
        found = [
            (message, part)
            for message in self.wire.messages.values()
            if message["channel_id"] == str(channel)
            for part in parts(message["components"])
            if "custom_id" in part
        ]
        if not found:
            return None
        message, part = found[act.which % len(found)]
        options = part.get("options")
        values = None if options is None else [options[act.which % len(options)]["value"]]
        return await self.wire.tap(person, channel, part["custom_id"], values=values, on=message)

    def _options(self, act: Act) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, value in (act.given or {}).items():
            match value:
                case ("person", int(number)):
                    found[name] = PEOPLE[number]
                case ("role", int(number)):
                    found[name] = ROLES[number]
                case ("file", bytes(data)):
                    found[name] = data
                case _:
                    found[name] = value
        return found


def _copy(source: Path, target: Path) -> Path:
    with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(target)) as other:
        one.backup(other)
    return target


def at(person: Person, channel: int) -> Person:
    """The person as Discord presents it there: whoever manages one server manages no other."""
    if channel == cast.DIRECT:
        return replace(person, guild=None, roles=(), manages=False)
    guild = ABROAD if channel == cast.FOREIGN else HOME
    return person if person.guild == guild else replace(person, guild=guild, roles=(), manages=False)
