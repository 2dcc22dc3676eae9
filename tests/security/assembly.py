"""Two servers with three councils, and everybody who may or may not act in the first of them.

Whatever belongs to the first council is called "Qz …": where it must not be seen, that word must not be read.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from deliberation.categories import Category, Position
from deliberation.councils import Actor
from deliberation.ids import ChannelId, CouncilId, IssueId, PersonId, RoleId, RoundId
from deliberation.record import EntryKind
from deliberation.rules import Rules
from deliberation.rules.presets import PRESETS
from deliberation.rulings.standings import Standing
from services import Services
from services.ballots import Cast
from services.ports import Delegation, DraftKind
from services.record import enter_one
from services.rounds import RoundView
from storage import Database
from tests.clocks import SetClock
from tests.drafts import keep_draft
from tests.security.payloads import Person
from tests.security.wire import Wire

HOME, ABROAD = 200_000_000_000_000_000, 300_000_000_000_000_000
HALL, ANNEX, LOBBY, THREAD = HOME + 1, HOME + 2, HOME + 3, HOME + 4
FOREIGN = ABROAD + 1
DIRECT = 400_000_000_000_000_000
CHAIRS_ROLE, OTHER_CHAIRS_ROLE, VOTERS_ROLE = HOME + 11, HOME + 12, HOME + 13
_PEOPLE = 900_000_000_000_000_000

WORD = "Qz"


def person(number: int, name: str, *roles: int, guild: int | None = HOME, manages: bool = False) -> Person:
    return Person(_PEOPLE + number, name, guild, roles, manages)


STRANGER = person(1, "Sasha")
SEATED = person(2, "Qz Alice")
PROPOSER = person(3, "Qz Paula")
HOLDER = person(4, "Chen")
CO_HOLDER = person(5, "Dalia")
OBSERVER = person(6, "Qz Olga")
BARRED = person(7, "Bela")
FORMER = person(8, "Qz Farah")
CHAIR = person(9, "Carl", CHAIRS_ROLE)
MANAGER = person(10, "Mona", manages=True)
OTHER_MEMBER = person(11, "Nina")
OTHER_CHAIR = person(12, "Omar", OTHER_CHAIRS_ROLE)
PROXY = person(13, "Qz Proxy")
FOREIGN_MANAGER = person(20, "Zoe", guild=ABROAD, manages=True)

ELSEWHERE = {
    "another council's chair": (OTHER_CHAIR, ANNEX),
    "a manager in another council's channel": (MANAGER, ANNEX),
    "a seat in another council's channel": (SEATED, ANNEX),
    "a manager where no council is": (MANAGER, LOBBY),
    "a manager of another server": (FOREIGN_MANAGER, FOREIGN),
    "a seat in another server": (replace(HOLDER, guild=ABROAD), FOREIGN),
    "a seat in direct messages": (replace(HOLDER, guild=None), DIRECT),
    "a manager in direct messages": (replace(MANAGER, guild=None), DIRECT),
}
"""Who tries to reach the first council from where."""


@dataclass(frozen=True)
class Plan:
    """What goes on in the first council: see `access.State`."""

    open_seating: bool = False
    round: str = "open"
    """ "open", "paused", "debate", "" for none, or "roll call" for none and a roll call."""


PLANS = {
    "VOTING": Plan(),
    "OPEN_SEATING": Plan(open_seating=True),
    "PAUSED": Plan(round="paused"),
    "DEBATE": Plan(round="debate"),
    "IDLE": Plan(round=""),
    "ROLL_CALL": Plan(round="roll call"),
}
"""By the names of `access.State`."""


class Assembly:
    """The councils on a wire, and the ids of what is in the first."""

    def __init__(self, wire: Wire, file: Path) -> None:
        self.wire = wire
        self.file = file
        self.stranger = STRANGER
        self.voters_role = VOTERS_ROLE
        self.council = CouncilId(0)
        self.round = 0

    def issue(self, number: int) -> int:
        return self._one("SELECT id FROM issues WHERE council = ? AND number = ?", self.council, number)

    def seat(self, name: str) -> int:
        return self._one("SELECT id FROM seats WHERE council = ? AND name = ?", self.council, name)

    def _one(self, query: str, *values: object) -> int:
        with sqlite3.connect(self.file) as connection:
            return connection.execute(query, values).fetchone()[0]

    def learn(self) -> None:
        """Read again which council and round are the first's."""
        self.council = CouncilId(self._one("SELECT id FROM councils WHERE channel = ?", HALL))
        self.round = self._one("SELECT coalesce(max(id), 0) FROM rounds WHERE council = ?", self.council)


def inhabit(wire: Wire) -> None:
    """The bot joins both servers."""
    roles = {CHAIRS_ROLE: "Chairs", OTHER_CHAIRS_ROLE: "Others", VOTERS_ROLE: "Voters"}
    wire.add_guild(HOME, channels=[HALL, ANNEX, LOBBY], roles=roles)
    wire.add_guild(ABROAD, channels=[FOREIGN], roles={})
    wire.add_thread(THREAD, HALL, HOME)


async def populate(url: str, clock: SetClock, plan: Plan) -> None:
    """Found the councils on an empty database, and let the first come to what is planned."""
    store = Database(url, clock=clock, own_thread=False)
    try:
        founder = Founder(Services.over(store), store)
        await founder.begin()
        await founder.hold(plan)
    finally:
        await store.dispose()


def actor(who: Person) -> Actor:
    return Actor(
        person=PersonId(who.id),
        name=who.name,
        roles=frozenset(RoleId(role) for role in who.roles),
        manages_server=who.manages,
        member_for=timedelta(days=999),
    )


class Founder:
    """Founds the councils: `begin`, then `hold` what is planned for the first."""

    def __init__(self, services: Services, store: Database) -> None:
        self._services, self._store = services, store

    async def begin(self) -> None:
        """The councils with their seats and issues."""
        seated = replace(
            PRESETS["general-assembly"], open_seating=False, claims=True, seconders=1, reason_required=False
        )
        await self._council(ANNEX, "Annex", seated, chairs=OTHER_CHAIRS_ROLE)
        await self._council(FOREIGN, "Foreign", seated, by=FOREIGN_MANAGER)
        await self._council(HALL, "Qz Hall", seated, chairs=CHAIRS_ROLE)
        await self._services.seating.add_person(ChannelId(ANNEX), actor(MANAGER), PersonId(OTHER_MEMBER.id), "Nina")
        for channel, chair in ((ANNEX, MANAGER), (FOREIGN, FOREIGN_MANAGER)):
            await self._propose(channel, chair, "Whatever is done there", by=chair)
        await self._seats()
        await self._issues()

    async def _council(
        self, channel: int, name: str, rules: Rules, *, by: Person = MANAGER, chairs: int | None = None
    ) -> None:
        role = None if chairs is None else RoleId(chairs)
        await self._services.hosting.found(
            actor(by),
            guild=by.guild or 0,
            channel=ChannelId(channel),
            name=name,
            language="en",
            rules=rules,
            chair_role=role,
        )

    async def _seats(self) -> None:
        seating, hall, chair = self._services.seating, ChannelId(HALL), actor(MANAGER)
        for own in (SEATED, PROPOSER, FORMER, BARRED, PROXY):
            await seating.add_person(hall, chair, PersonId(own.id), own.name)
        await seating.add_person(hall, chair, PersonId(OBSERVER.id), OBSERVER.name, observer=True)
        holders = (PersonId(HOLDER.id), PersonId(CO_HOLDER.id))
        await seating.add(hall, chair, [Delegation(name="Qz France", holders=holders), Delegation(name="Qz Ghana")])
        await self._services.seats.leave(hall, actor(FORMER))
        await seating.bar(hall, chair, PersonId(BARRED.id))

    async def _propose(self, channel: int, chair: Person, title: str, *, by: Person = PROPOSER) -> None:
        await self._services.issues.propose(
            ChannelId(channel),
            actor(by),
            title=title,
            action=f"{WORD if channel == HALL else ''} What is done.",
            why="",
            anyway=True,
        )

    async def _issues(self) -> None:
        """1 and 2 are ready for a docket, 3 lacks a second, 4 is prohibited, 5 is hidden."""
        hall = ChannelId(HALL)
        for title in ("Qz Torture", "Qz Tariffs", "Qz Secrets", "Qz Piracy", "Qz Insults"):
            await self._propose(HALL, MANAGER, title)
        for number in (1, 2):
            await self._services.editing.second(hall, actor(SEATED), number)
        await self._services.editing.hide(hall, actor(MANAGER), 5, note="Qz It breaks the rules.")
        _, issues = await self._services.issues.list_in(hall)
        piracy = next(issue for issue in issues if issue.number == 4)
        async with self._store.write() as uow:
            prohibited = Standing(category=Category.PROHIBITED)
            await uow.issues.put_standing(piracy.id, prohibited, before=piracy.standing)
            await enter_one(uow, piracy.council, at=await uow.now(), kind=EntryKind.ROUND_CLOSED, data={})
            await uow.commit()
        # A draft like an issue that is there, for everybody: as a refused proposal leaves it.
        council = await self._services.councils.in_channel(hall)
        for number in range(1, 14):
            fields = {"title": "Qz Torture again", "action": "Qz What is done.", "why": ""}
            person = PersonId(_PEOPLE + number)
            await keep_draft(self._store, council=council.id, person=person, kind=DraftKind.ISSUE, fields=fields)

    async def hold(self, plan: Plan) -> RoundView | None:
        """Let the first council come to what is planned: the round that runs."""
        hall, chair, rounds = ChannelId(HALL), actor(MANAGER), self._services.rounds
        if plan.open_seating:
            typed = {"open_seating": "yes", "claims": "yes", "membership": "", "roll_call": "no"}
            await self._services.councils.change_rules(hall, chair, group="seating", typed=typed)
        if plan.round == "debate":
            await self._services.councils.change_rules(hall, chair, group="rounds", typed={"debate": "1h"})
        if plan.round == "roll call":
            await self._services.roll_calls.call(hall, chair)
        if plan.round not in ("open", "paused", "debate"):
            return None
        view = await rounds.open(hall, chair)
        if plan.round == "debate":
            return view
        await self._vote(view.round.id, [line.entry.issue for line in view.lines])
        if plan.round == "paused":
            await rounds.pause(hall, chair)
        return view

    async def _vote(self, round_id: RoundId, issues: Sequence[IssueId]) -> None:
        for voter in (SEATED, PROPOSER, HOLDER):
            ballot = Cast(round_id, issues[0], 1, Position.INDEPENDENT, actor(voter), f"Qz {voter.name} says so.")
            await self._services.ballots.cast(ballot)


Dump = dict[str, list[tuple[Any, ...]]]


def dump(file: Path) -> Dump:
    """Every row of every table, in order."""
    with sqlite3.connect(file) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {table: sorted(connection.execute(f"SELECT * FROM {table}"), key=repr) for table in tables}  # noqa: S608


def changes(file: Path, before: Dump, after: Dump) -> list[tuple[str, dict[str, Any]]]:
    """The rows that are new, gone or different, by table, with the names of their columns."""
    found: list[tuple[str, dict[str, Any]]] = []
    with sqlite3.connect(file) as connection:
        for table in after:
            if before[table] != after[table]:
                names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
                rows = set(before[table]) ^ set(after[table])
                found += [(table, dict(zip(names, row, strict=True))) for row in rows]
    return found
