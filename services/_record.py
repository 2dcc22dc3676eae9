"""Entering what happens into a council's record, in the transaction that makes it happen (ARCHITECTURE 12)."""

from collections.abc import Iterable
from datetime import datetime

from deliberation.categories import Position
from deliberation.ids import CouncilId, PersonId
from deliberation.record import Event, Head, Json, Label, append_all, commit
from deliberation.rounds import Ballot, Round
from deliberation.rules import Secrecy

from .ports import BallotEvent, Secret, UnitOfWork

WITHDRAWN = "withdrawn"
"""What a secret ballot's commitment holds once the ballot is taken back."""


async def enter(uow: UnitOfWork, council: CouncilId, events: Iterable[Event]) -> Head:
    """Append the events to the council's record; the new head. Locks the chain until the transaction ends."""
    index, digest = await uow.record.lock_head(council)
    entries = append_all(Head(index, digest), council=council, events=events)
    await uow.record.append(council, entries)
    return entries[-1].head if entries else Head(index, digest)


async def enter_one(uow: UnitOfWork, council: CouncilId, *, at: datetime, kind: str, data: dict[str, Json]) -> Head:
    """Append a single entry."""
    return await enter(uow, council, [Event(at, kind, data)])


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
    """A ballot's position for the record, None for one withdrawn: in the open, or as a commitment where secret."""
    if round_.rules.secrecy is not Secrecy.SECRET:
        return {"position": None if position is None else position.value}
    return {"ballot": secrets.ballot(WITHDRAWN if position is None else position.value)}


def caster_entered(event: BallotEvent) -> str | None:
    """The commitment to who cast the ballot. Its salt and its person stand with the event and nowhere else; None where
    they are gone."""
    return None if event.salt is None else commit(event.salt, str(event.person), "person")


class Commitments:
    """Gathers the commitments of one transaction: people and texts stay outside the chain, under salts of their own.

    The same person or text within a transaction gets one commitment.
    """

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow
        self._secrets: dict[tuple[Label, str], Secret] = {}

    def person(self, person: PersonId) -> str:
        return self._to("person", str(person))

    def text(self, text: str) -> str:
        return self._to("text", text)

    def ballot(self, position: str) -> str:
        """Each under a salt of its own: two alike must not show that they are."""
        return self._commit("ballot", position, key=f"\0ballot {len(self._secrets)}")

    def reason(self, text: str, round_: Round) -> str | None:
        """A reason as the record enters it, None where none was given. Under secrecy there is always one, of an empty
        text too: that a ballot came without a reason would say which ones it cannot be."""
        if round_.rules.secrecy is Secrecy.SECRET:
            return self._commit("text", text, key=f"\0reason {len(self._secrets)}")
        return self.text(text) if text else None

    async def keep(self) -> None:
        """Store the salts and values behind the commitments made so far."""
        await self._uow.record.keep(list(self._secrets.values()))

    def _to(self, label: Label, value: str) -> str:
        secret = self._secrets.get((label, value))
        return self._commit(label, value, key=value) if secret is None else secret.commitment

    def _commit(self, label: Label, value: str, *, key: str) -> str:
        salt = self._uow.salt()
        secret = Secret(commitment=commit(salt, value, label), label=label, salt=salt, value=value)
        self._secrets[label, key] = secret
        return secret.commitment
