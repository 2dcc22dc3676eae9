"""Replacing one person by a pseudonym in a running transaction, whatever it held, cast, said and proposed.

Ballots, tallies, rulings and the record stay as they are: the record holds seats, and commitments to people and texts
(ARCHITECTURE 12). What opened those commitments is deleted.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from deliberation.ids import CouncilId, PersonId, RoundId
from deliberation.pseudonyms import tag
from deliberation.record import Event
from deliberation.seats import SeatKind

from ._recognising import recognisable
from ._record import Commitments, enter
from ._tracing import Traces, names_entered, reasons_said
from .ports import PostKind, Recognised, Traced, UnitOfWork

Former = Callable[[str, str], str]
"""Names a seat whose holder was erased, from its council's language and the pseudonym's tag."""


async def lock_for(uow: UnitOfWork, traces: Traces) -> None:
    """Lock the councils, running rounds and records concerned, in the order to which every transaction keeps: no ballot
    of the person's comes in between."""
    for council in traces.councils:
        await uow.councils.lock(council)
    running = [await uow.rounds.find_running(council) for council in traces.councils]
    for round_id in sorted(round_.id for round_ in running if round_ is not None):
        await uow.rounds.lock(round_id)
    for council in traces.councils:
        await uow.record.lock_head(council)


class Erasure:
    """One person's erasure, once what it concerns is locked."""

    def __init__(self, uow: UnitOfWork, traces: Traces, *, pseudonym: PersonId, now: datetime) -> None:
        self._uow = uow
        self._traces = traces
        self._pseudonym = pseudonym
        self._now = now

    async def carry_out(self, events: Sequence[Traced], *, words: bool, former: Former) -> None:
        """Erase. `events`: every ballot that the person cast; `words`: its reasons go too."""
        said = await reasons_said(self._uow, self._traces, events) if words else ()
        names = await names_entered(self._uow, self._traces)
        await self._recognise()
        await self._leave_seats()
        await self._rename(former)
        if words:
            await self._uow.traces.blank_reasons((one.key for one in said), own=self._traces.own)
        people = [secret.commitment for secret in self._traces.people]
        await self._uow.traces.drop_secrets([*people, *names, *(one.commitment for one in said)])
        numbers = [traced.id for traced in events]
        await self._uow.traces.replace(self._traces.person, self._pseudonym, events=numbers, at=self._now)
        await self._redraw()

    async def _recognise(self) -> None:
        """Keep a bar in force, and the person from a second ballot in a round in which its own seat has a part."""
        person = self._traces.person
        known: dict[CouncilId, list[Recognised]] = {}
        for council in self._traces.councils:
            if person in await self._uow.seats.barred(council):
                known.setdefault(council, []).append(recognisable(self._uow, person, None))
        for council, round_id in await bound_in(self._uow, self._traces):
            known.setdefault(council, []).append(recognisable(self._uow, person, round_id))
        for council, entries in known.items():
            await self._uow.traces.recognise(council, entries, at=self._now)

    async def _leave_seats(self) -> None:
        """As by `/seat leave`: a seat of one's own is given up, a delegation's stays. Who left, nobody can open."""
        for holding in self._traces.held:
            if holding.kind is SeatKind.PERSON:
                await self._uow.seats.leave(holding.seat, at=self._now)
            else:
                await self._uow.seats.release(holding.seat, self._traces.person, at=self._now)
            by = Commitments(self._uow).person(self._traces.person)
            await enter(self._uow, holding.council, [Event(self._now, "seat left", {"seat": holding.seat, "by": by})])

    async def _rename(self, former: Former) -> None:
        seats = {holding.seat: holding.council for holding in self._traces.holdings if holding.seat in self._traces.own}
        for seat, council in seats.items():
            language = (await self._uow.councils.get(council)).language
            await self._uow.traces.rename(seat, former(language, tag(self._pseudonym)))

    async def _redraw(self) -> None:
        """What the bot has posted, can edit, and may name the seats in: cards that tell of a veto, and roll calls."""
        wanted: dict[tuple[PostKind, int], CouncilId] = {}
        for council, issue in await self._uow.traces.issues_with_veto(self._traces.own):
            wanted[PostKind.CARD, int(issue)] = council
        for council in self._traces.councils:
            wanted[PostKind.ROLL_CALL, int(council)] = council
        standing = await self._uow.posts.messages(wanted)
        redraws = [(council, *post, self._now) for post, council in wanted.items() if post in standing]
        await self._uow.posts.redraw(redraws)


async def bound_in(uow: UnitOfWork, traces: Traces) -> tuple[tuple[CouncilId, RoundId], ...]:
    """The rounds in which a seat of the person's own votes until they close."""
    parts = await uow.traces.rounds(traces.own)
    return tuple((part.council, part.round) for part in parts if part.running)
