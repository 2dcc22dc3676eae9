"""Finding in the record what a person said and what they were called: commitments whose salts and texts can then be
handed out or erased (ARCHITECTURE 12)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from deliberation.ids import CouncilId, IssueId, PersonId, RoundId, SeatId
from deliberation.record import Entry, EntryKind
from deliberation.record.ledger import changes_in
from deliberation.seats import SeatKind
from services.ports import Holding, ReasonKey, Secret, Traced, UnitOfWork, in_turns
from services.record import caster_entered

NAMED = (EntryKind.SEAT_TAKEN, EntryKind.SEAT_ADDED, EntryKind.MEMBER_ERASED, EntryKind.STATE_ENTERED)
"""Kinds of entries that say what a seat is called."""
_AT_ONCE = 20
"""How many entries, of up to hundreds of ballots each, are gone through before other work has its turn."""


@dataclass(frozen=True, slots=True)
class Traces:
    """Where personal data of one person is found. `own`: the seats that are or were the person's alone; `people`: the
    commitments to the person in each council's record, except those of ballots and of rows."""

    person: PersonId
    councils: tuple[CouncilId, ...]
    holdings: tuple[Holding, ...]
    people: Mapping[CouncilId, tuple[Secret, ...]]

    @property
    def seats(self) -> frozenset[SeatId]:
        return frozenset(holding.seat for holding in self.holdings)

    @property
    def own(self) -> frozenset[SeatId]:
        return frozenset(holding.seat for holding in self.holdings if holding.kind is SeatKind.PERSON)

    @property
    def held(self) -> tuple[Holding, ...]:
        """The seats that the person holds now."""
        return tuple(holding for holding in self.holdings if holding.until is None)


class Said(NamedTuple):
    """A reason in a council's record: which one it is, and (`commitment`) the commitment to its text."""

    council: CouncilId
    key: ReasonKey

    @property
    def commitment(self) -> str:
        return self.key[3]


async def traces_of(uow: UnitOfWork, person: PersonId) -> Traces:
    """Where personal data of the person is found, in every council."""
    return Traces(
        person,
        await uow.traces.councils(person),
        await uow.traces.holdings(person),
        await uow.traces.commitments(person),
    )


async def events_of(uow: UnitOfWork, traces: Traces, rounds: Iterable[RoundId]) -> tuple[Traced, ...]:
    """The ballots that the person cast in these rounds."""
    return await uow.traces.events(traces.person, own=traces.own, rounds=rounds)


async def reasons_said(uow: UnitOfWork, traces: Traces, events: Sequence[Traced]) -> tuple[Said, ...]:
    """Every reason that the person gave, with these ballots or without one, including those replaced later."""
    entered = {secret.commitment for secrets in traces.people.values() for secret in secrets}
    mine: set[str | None] = {*entered}
    instants: defaultdict[CouncilId, set[datetime]] = defaultdict(set)
    async for traced in in_turns(events):
        mine.add(caster_entered(traced.event))
        instants[traced.council].add(traced.event.at)
    mine.discard(None)
    said: list[Said] = []
    for council in traces.councils:
        entries = list(await uow.traces.entries_at(council, instants[council]))
        entries += [entry async for entry in uow.traces.rare_entries(council, [EntryKind.REASON_GIVEN])]
        async for entry in in_turns(entries, each=_AT_ONCE):
            said += _said(council, entry, mine, traces.own)
    return tuple(dict.fromkeys(said))


async def names_entered(uow: UnitOfWork, traces: Traces, council: CouncilId) -> tuple[str, ...]:
    """The commitments in a council's record to every name of the person's own seats."""
    own = {holding.seat for holding in traces.holdings if holding.council == council} & traces.own
    if not own:
        return ()
    named: list[str] = []
    async for entry in uow.traces.rare_entries(council, NAMED):
        if entry.data.get("seat") in own:
            named.append(str(entry.data.get("name")))
        for table, key, values in changes_in(entry.data):
            if table == "seats" and key[0] in own and values is not None and "name" in values:
                named.append(str(values["name"]))
    return tuple(named)


def _said(council: CouncilId, entry: Entry, by: Set[str | None], own: Set[SeatId]) -> Iterator[Said]:
    data: Mapping[str, Any] = entry.data
    for line in _lines(entry):
        mine = line.get("by") in by or line.get("seat") in own
        if mine and isinstance(line.get("reason"), str):
            where = (RoundId(data["round"]), IssueId(line["issue"]), SeatId(line["seat"]))
            yield Said(council, (*where, line["reason"]))


def _lines(entry: Entry) -> Sequence[Mapping[str, Any]]:
    if entry.kind == EntryKind.REASON_GIVEN:
        return [entry.data]
    lines = entry.data.get("ballots") if entry.kind == EntryKind.BALLOTS_CAST else None
    return [line for line in lines if isinstance(line, dict)] if isinstance(lines, list) else []
