"""Replacing one person by a pseudonym in a running transaction, in all that they held, cast, said and proposed.

Ballots, tallies, rulings and the record stay as they are: the record contains seats, and commitments to people and
texts (ARCHITECTURE 12). What opened those commitments is deleted, and an entry lists those that can no longer be
opened.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime

from deliberation.ids import CouncilId, PersonId, RoundId
from deliberation.pseudonyms import tag
from deliberation.record import EntryKind, Json
from services.ports import PostKind, Traced, UnitOfWork, in_turns
from services.record import enter_one
from services.seats import give_up, recognisable

from ._tracing import Said, Traces, names_entered, reasons_said

Former = Callable[[str, str], str]
"""Returns the name of a seat whose holder was erased, from its council's language and the pseudonym's tag."""


async def lock_for(uow: UnitOfWork, traces: Traces) -> None:
    """Lock the councils, running rounds and records concerned, in the order that every transaction uses."""
    for council in traces.councils:
        await uow.councils.lock(council)
    running = [await uow.rounds.find_running(council) for council in traces.councils]
    for round_id in sorted(round_.id for round_ in running if round_ is not None):
        await uow.rounds.lock(round_id)
    for council in traces.councils:
        await uow.record.lock_head(council)


class Erasure:
    """One person's erasure, once the person and all that it touches are locked."""

    def __init__(self, uow: UnitOfWork, traces: Traces, *, pseudonym: PersonId, now: datetime) -> None:
        self._uow = uow
        self._traces = traces
        self._pseudonym = pseudonym
        self._now = now

    async def carry_out(self, events: Sequence[Traced], *, words: bool, former: Former) -> None:
        """Erase the person. `events`: every ballot that they cast; `words`: the texts of their reasons are erased
        too."""
        traces, person = self._uow.traces, self._traces.person
        said = await reasons_said(self._uow, self._traces, events) if words else ()
        for council in self._traces.councils:
            await self._erase_in(council, events, said, former=former)
        if words:
            await traces.blank_reasons((one.key for one in said), own=self._traces.own)
        await traces.replace_cast(person, self._pseudonym, events=[traced.id for traced in events])
        await traces.forget_person(person)
        await self._redraw()

    async def _erase_in(
        self, council: CouncilId, events: Sequence[Traced], said: Sequence[Said], *, former: Former
    ) -> None:
        """Erase the person in one council, and enter that in its record."""
        closed = {secret.commitment for secret in self._traces.people.get(council, ())}
        closed |= {*await names_entered(self._uow, self._traces, council)}
        closed |= {one.commitment for one in said if one.council == council}
        cast: Counter[RoundId] = Counter()
        async for traced in in_turns(events):
            cast[traced.event.round] += traced.council == council and bool(traced.event.salt)
        await self._recognise(council)
        await self._leave_seats(council)
        await self._rename_seats(council, former)
        await self._uow.traces.replace_in(council, self._traces.person, self._pseudonym)
        await self._uow.traces.drop_secrets(closed)
        data: dict[str, Json] = {
            "closed": sorted(closed),
            "ballots": [[round_id, count] for round_id, count in sorted(cast.items()) if count],
        }
        await enter_one(self._uow, council, at=self._now, kind=EntryKind.MEMBER_ERASED, data=data)

    async def _recognise(self, council: CouncilId) -> None:
        """Let a bar stay in force, and prevent a second ballot by the person in a round in which they have decided
        one."""
        person = self._traces.person
        known = [round_id for where, round_id in await bound_in(self._uow, self._traces) if where == council]
        entries = [recognisable(self._uow, person, round_id) for round_id in known]
        if person in await self._uow.seats.barred(council):
            entries.append(recognisable(self._uow, person, None))
        await self._uow.traces.recognise(council, entries, at=self._now)

    async def _leave_seats(self, council: CouncilId) -> None:
        """As `/seat leave` does: a seat of their own is given up, a delegation's stays."""
        for holding in self._traces.held:
            if holding.council == council:
                seat = await self._uow.seats.get(holding.seat)
                await give_up(self._uow, seat, self._traces.person, at=self._now)

    async def _rename_seats(self, council: CouncilId, former: Former) -> None:
        language = (await self._uow.councils.get(council)).language
        own = {holding.seat for holding in self._traces.holdings if holding.council == council} & self._traces.own
        for seat in sorted(own):
            await self._uow.traces.rename(seat, former(language, tag(self._pseudonym)))

    async def _redraw(self) -> None:
        """Redraw what the bot has posted, can edit, and may name the seats in: cards that show a veto, and roll
        calls."""
        wanted: dict[tuple[PostKind, int], CouncilId] = {}
        for council, issue in await self._uow.traces.issues_with_veto(self._traces.own):
            wanted[PostKind.CARD, int(issue)] = council
        for council in self._traces.councils:
            wanted[PostKind.ROLL_CALL, int(council)] = council
        standing = await self._uow.posts.messages(wanted)
        redraws = [(council, *post, self._now) for post, council in wanted.items() if post in standing]
        await self._uow.posts.redraw(redraws)


async def bound_in(uow: UnitOfWork, traces: Traces) -> tuple[tuple[CouncilId, RoundId], ...]:
    """The running rounds in which the person takes no other seat: a seat of their own votes in it, or a ballot stands
    that they cast for a seat that they took themselves."""
    parts = await uow.traces.rounds(traces.seats)
    bound: list[tuple[CouncilId, RoundId]] = []
    own = {part.round for part in await uow.traces.rounds(traces.own)}
    for part in sorted({part for part in parts if part.running}):
        opened_at = (await uow.rounds.get(part.round)).opened_at
        claimed = await uow.seats.claimed_in(part.council, traces.person, since=opened_at)
        if part.round in own or await uow.ballots.decided_by(traces.person, part.round, claimed):
            bound.append((part.council, part.round))
    return tuple(bound)
