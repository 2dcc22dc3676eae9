"""Privacy: a person's data, handed out to them or erased (ARCHITECTURE 12)."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from deliberation.ids import PersonId
from deliberation.pseudonyms import ErasesAnother, pseudonym
from services.ports import Background, Store, Traced, UnitOfWork
from services.record import caster_entered

from ._erasing import Erasure, Former, bound_in, lock_for
from ._tracing import Traces, events_of, names_entered, reasons_said, traces_of
from .views import Erased, ErasurePreview, PersonalData


class PrivacyService:
    """What a person intends with their personal data, in every council of this bot."""

    def __init__(self, store: Store, background: Background) -> None:
        self._store = store
        self._background = background

    async def export(self, person: PersonId) -> PersonalData:
        """Everything stored about the person. Sections without a row are left out."""
        return await self._background.run(personal_data, person)

    async def preview(self, person: PersonId) -> ErasurePreview:
        """What erasing the person would touch."""
        async with self._store.read() as uow:
            return await _preview(uow, await traces_of(uow, person))

    async def erase_self(self, person: PersonId, *, asked: PersonId, words: bool, former: Former) -> Erased:
        """As `erase`, for a member who confirms it. `asked`: who was asked to. Raises ErasesAnother."""
        if asked != person:
            raise ErasesAnother
        return await self.erase(person, words=words, former=former)

    async def erase(self, person: PersonId, *, words: bool, former: Former) -> Erased:
        """Replace the person by a pseudonym everywhere; with `words`, blank the texts of their reasons too.

        Their seats are given up, and their ballots stay. While a round runs in which a seat of their own takes part,
        they can take no other seat in that council; a bar stays in force. `former` names the seats that were their own.
        """
        async with self._store.read() as uow:
            # Rounds that are over cannot change: their ballots are found before anything is locked.
            traces = await traces_of(uow, person)
            over = {part.round for part in await uow.traces.rounds(traces.seats) if not part.running}
            events = await events_of(uow, traces, over)
        async with self._store.write(person) as uow:
            await lock_for(uow, await traces_of(uow, person))
            traces, drawn = await traces_of(uow, person), pseudonym(uow.salt())
            preview = await _preview(uow, traces)
            others = {part.round for part in await uow.traces.rounds(traces.seats)} - over
            events = (*events, *await events_of(uow, traces, others))
            erasure = Erasure(uow, traces, pseudonym=drawn, now=await uow.now())
            await erasure.carry_out(events, words=words, former=former)
            await uow.commit()
        return Erased(pseudonym=drawn, words=words, preview=preview)


async def personal_data(store: Store, person: PersonId) -> PersonalData:
    """See `PrivacyService.export`. For a person who has voted for many seats for years it takes long."""
    async with store.read() as uow:
        traces = await traces_of(uow, person)
        events = await events_of(uow, traces, [part.round for part in await uow.traces.rounds(traces.seats)])
        sections: dict[str, list[dict[str, Any]]] = await uow.traces.kept(person, own=traces.own)
        sections["history"] = await _history(uow, events)
        sections["record"] = await _record(uow, traces, events)
    return PersonalData(person=person, sections={name: tuple(rows) for name, rows in sections.items() if rows})


async def _history(uow: UnitOfWork, events: Iterable[Traced]) -> list[dict[str, Any]]:
    """The ballots as they were cast, in order, under secrecy too. Each comes with what opens the record's commitment to
    who cast it; none with what opens a secret position, for that could be sold as a proof."""
    rows: list[dict[str, Any]] = []
    for council, listed in groupby(sorted(events, key=lambda one: (one.council, one.id)), key=lambda one: one.council):
        rounds = {round_.id: round_.number for round_ in await uow.rounds.list_in(council)}
        issues = {issue.id: issue.number for issue in await uow.issues.list_in(council)}
        rows += [
            {
                "council": council,
                "round": rounds[event.round],
                "issue": issues[event.issue],
                "seat": event.seat,
                "position": "withdrawn" if event.position is None else event.position.value,
                "version": event.version,
                "at": event.at,
                "commitment": caster_entered(event),
                "salt": event.salt,
            }
            for _, _, event in listed
        ]
    return rows


async def _record(uow: UnitOfWork, traces: Traces, events: Sequence[Traced]) -> list[dict[str, Any]]:
    """What opens the record's commitments to the person, the names of their seats and their reasons; of a secret
    round's reasons, the text alone."""
    said = await reasons_said(uow, traces, events)
    names = [name for council in traces.councils for name in await names_entered(uow, traces, council)]
    secret = {round_id for round_id in {one.key[0] for one in said} if (await uow.rounds.get(round_id)).is_secret}
    hidden = {one.commitment for one in said if one.key[0] in secret}
    texts = await uow.record.secrets([*names, *(one.commitment for one in said)])
    people = [secret for secrets in traces.people.values() for secret in secrets]
    kept = [*people, *(texts[commitment] for commitment in sorted(texts))]
    return [
        {
            "label": one.label,
            "value": one.value,
            "commitment": None if one.commitment in hidden else one.commitment,
            "salt": None if one.commitment in hidden else one.salt,
        }
        for one in kept
        if one.value
    ]


async def _preview(uow: UnitOfWork, traces: Traces) -> ErasurePreview:
    kept = await uow.traces.kept(traces.person, own=())
    rounds = [await uow.rounds.get(round_id) for _, round_id in await bound_in(uow, traces)]
    return ErasurePreview(
        councils=len(traces.councils),
        seats=len(traces.held),
        issues=len(kept["issues"]),
        rounds=tuple([(await uow.councils.get(round_.council), round_) for round_ in rounds]),
        barred=bool(kept["bars"]),
        nothing=not traces.people and not any(kept.values()),
    )
