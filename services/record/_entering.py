"""Entering what happens into a council's record, in the transaction that makes it happen (ARCHITECTURE 12)."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from deliberation.categories import Position
from deliberation.councils import Actor
from deliberation.ids import CouncilId, PersonId
from deliberation.record import EntryKind, Event, Head, Json, Label, append_all, commit
from deliberation.record.ledger import FORMS, Holds, RowChange, blocks_of, written
from deliberation.rounds import Ballot, Round
from deliberation.rules import Secrecy
from services.ports import BallotEvent, Change, Secret, UnitOfWork

WITHDRAWN = "withdrawn"
"""What a secret ballot's commitment hides once the ballot is withdrawn."""


async def enter(uow: UnitOfWork, council: CouncilId, events: Iterable[Event], secrets: "Commitments") -> Head:
    """Append the events to the council's record, the last one with every row that the transaction has changed; returns
    the new head. What the commitments hide is stored outside the chain. Locks the chain until the transaction ends."""
    listed = with_changes(uow, events, secrets)
    index, digest = await uow.record.lock_head(council)
    entries = append_all(Head(index, digest), council=council, events=listed)
    await uow.record.append(council, entries)
    await secrets.keep(council)
    return entries[-1].head if entries else Head(index, digest)


def with_changes(uow: UnitOfWork, events: Iterable[Event], secrets: "Commitments") -> list[Event]:
    """The events, the last one with every row that the transaction has changed since this was last asked."""
    listed = list(events)
    if rows := blocks_of(secrets.changed(change) for change in uow.record.take_changes()):
        last = listed[-1]
        listed[-1] = last._replace(data={**last.data, "rows": rows})
    return listed


async def enter_one(
    uow: UnitOfWork,
    council: CouncilId,
    *,
    at: datetime,
    kind: EntryKind,
    data: Mapping[str, Json],
    secrets: "Commitments | None" = None,
) -> Head:
    """Append a single entry. `secrets`: where its commitments were made."""
    return await enter(uow, council, [Event(at, kind, data)], secrets or Commitments(uow))


async def enter_by(
    uow: UnitOfWork,
    council: CouncilId,
    actor: Actor,
    *,
    kind: EntryKind,
    data: Mapping[str, Json],
    at: datetime | None = None,
    member: PersonId | None = None,
) -> Head:
    """Append a single entry that says who did it, and to whom it was done. `at` None: now."""
    secrets = Commitments(uow)
    people = {"by": secrets.person(actor.person)} | ({} if member is None else {"member": secrets.person(member)})
    return await enter(uow, council, [Event(at or await uow.now(), kind, {**people, **data})], secrets)


def ballot_line(ballot: Ballot, round_: Round, secrets: "Commitments", **further: Json) -> dict[str, Json]:
    """A standing ballot as the record enters it: its position, or under secrecy a commitment to it."""
    return {
        "issue": ballot.issue,
        "seat": ballot.seat,
        **position_entered(ballot.position, round_, secrets),
        "version": ballot.version,
        "proxy": ballot.proxy,
        **further,
    }


def position_entered(position: Position | None, round_: Round, secrets: "Commitments") -> dict[str, Json]:
    """A ballot's position (None: withdrawn) as the record enters it: openly, or under secrecy as a commitment."""
    if round_.rules.secrecy is not Secrecy.SECRET:
        return {"position": None if position is None else position.value}
    return {"ballot": secrets.ballot(WITHDRAWN if position is None else position.value)}


def caster_entered(event: BallotEvent) -> str | None:
    """The commitment to the ballot's caster. Its salt and person are stored with the event and nowhere else; None where
    they are gone."""
    return None if event.salt is None else commit(event.salt, str(event.person), "person")


def person_written(person: int, salt: bytes | None) -> str:
    """How the record writes a person in a row: a commitment under the row's salt, or the pseudonym itself.

    Raises ValueError where a person's row has no salt.
    """
    if person <= 0:
        return str(person)
    if salt is None:
        raise ValueError("a row that names a person holds the salt of the commitment to it")
    return commit(salt, str(person), "person")


class Commitments:
    """Gathers the commitments of one transaction: people and texts stay outside the chain, under salts of their own.

    The same person within a transaction gets one commitment. Texts and positions get one each, even if they are equal:
    it must not show that two people wrote the same, or that two secret ballots are alike.
    """

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow
        self._people: dict[PersonId, str] = {}
        self._secrets: list[Secret] = []

    def person(self, person: PersonId) -> str:
        if person not in self._people:
            self._people[person] = self._commit("person", str(person))
        return self._people[person]

    def text(self, text: str) -> str:
        return self._commit("text", text)

    def ballot(self, position: str) -> str:
        return self._commit("ballot", position)

    def reason(self, text: str, round_: Round) -> str | None:
        """A reason as the record enters it; None where none was given. Under secrecy there is always a commitment, even
        to an empty text: otherwise a ballot without a reason would show which reasons are not its own."""
        return self.text(text) if text or round_.rules.secrecy is Secrecy.SECRET else None

    def changed(self, change: Change) -> RowChange:
        """A changed row as the record enters it, with people and texts behind commitments."""
        form = FORMS[change.table]
        key = tuple(written(value) for value in change.key)
        if change.values is None:
            return RowChange(change.table, key, None)
        salt = change.values.get("salt")
        values = {
            name: self._held(form.columns[name], value, salt)
            for name, value in change.values.items()
            if name in form.columns
        }
        return RowChange(change.table, key, values)

    def _held(self, holds: Holds, value: Any, salt: bytes | None) -> Json:
        if holds is Holds.PERSON:
            return person_written(value, salt)
        return self.text(value) if holds is Holds.WORDS and value else written(value)

    async def keep(self, council: CouncilId) -> None:
        """Store the salts and values behind the commitments made so far."""
        await self._uow.record.keep(council, self._secrets)
        self._secrets = []

    def _commit(self, label: Label, value: str) -> str:
        salt = self._uow.salt()
        secret = Secret(commitment=commit(salt, value, label), label=label, salt=salt, value=value)
        self._secrets.append(secret)
        return secret.commitment
