"""Seating people and delegations in a running transaction, and the ready-made seatings of the program."""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import cache
from importlib import resources
from typing import Any

from deliberation.councils import Actor, Council
from deliberation.ids import PersonId
from deliberation.record import EntryKind, Json
from deliberation.rounds import require_equality
from deliberation.seats import MOST_WEIGHT, Seat, SeatKind, WeightInvalid
from services.ports import Delegation, UnitOfWork
from services.record import Commitments, enter_one
from services.transactions import seat_of

from ._holders import require_no_other_vote
from ._naming import OwnNames, name_of_own
from ._recognising import require_new


async def own_or_former_seat(uow: UnitOfWork, council: Council, person: PersonId) -> Seat | None:
    """The person's seat, else the one of their own that they gave up last.

    Locks the record until the transaction ends: nobody is seated meanwhile, and so nobody is seated twice.
    """
    await uow.record.lock_head(council.id)
    return await seat_of(uow, council.id, person) or await uow.seats.find_left(council.id, person)


async def take_seat(
    uow: UnitOfWork, council: Council, actor: Actor, *, now: datetime, names: OwnNames | None = None
) -> Seat:
    """Seat the actor in the running transaction; the caller has checked that they may sit. `names`: those of this
    council's members, where the caller seats several.

    A member who comes back gets the seat that they gave up: a new one would be a second ballot in the open round.
    Raises VotedAlready where the actor has voted for another seat, Barred or ErasedInRound where they were erased and
    come back too soon.
    """
    former = await uow.seats.find_left(council.id, actor.person)
    await require_no_other_vote(uow, council, actor.person, own=None if former is None else former.id)
    if former is None:
        await require_new(uow, council, actor.person)
    names = names or await OwnNames.of(uow, council.id)
    name = names.told_apart(name_of_own(actor.person, actor.name) if former is None else former.name)
    if former is None:
        seat = await uow.seats.add(
            council=council.id, name=name, kind=SeatKind.PERSON, holders=(actor.person,), at=now, claimed=True
        )
    else:
        back = await uow.seats.return_to(former.id, actor.person, at=now, claimed=True)
        seat = replace(returned(back, at=now), name=name)
        await uow.seats.put(seat, before=back)
    names.add(name)
    await enter_taken(uow, council, seat, now=now)
    return seat


def returned(former: Seat, *, at: datetime) -> Seat:
    """The seat as a member takes it again: the weight, veto and ban on abstaining that a chair had given it are gone;
    an observer's seat stays one."""
    return replace(former, left_at=None, since=at, weight=1, veto=False, may_abstain=True)


async def enter_taken(
    uow: UnitOfWork, council: Council, *seats: Seat, now: datetime, by: PersonId | None = None
) -> None:
    """Enter which seats were taken or added. `by`: the chair who added them."""
    secrets = Commitments(uow)
    data: dict[str, Json] = {"seats": [seat.id for seat in seats]}
    if by is not None:
        data["by"] = secrets.person(by)
    kind = EntryKind.SEAT_TAKEN if by is None else EntryKind.SEAT_ADDED
    await enter_one(uow, council.id, at=now, kind=kind, data=data, secrets=secrets)


async def require_equal_seats(uow: UnitOfWork, council: Council) -> None:
    """Raises SecretNeedsEquality where the council's seats, as they are now, would reveal secret ballots."""
    require_equality(council.rules, await uow.seats.list_in(council.id))


def checked_weight(weight: int) -> int:
    """Raises WeightInvalid."""
    if not 0 <= weight <= MOST_WEIGHT:
        raise WeightInvalid(given=weight, most=MOST_WEIGHT)
    return weight


def ready_made(key: str, names: Mapping[str, str]) -> tuple[Delegation, ...]:
    """The delegations of a ready-made seating; `names` of countries by ISO 3166 code. Raises KeyError."""
    seating = _seatings()[key]
    vetoes: list[str] = seating.get("vetoes", [])
    weights: dict[str, int] = seating.get("weights", {})
    countries = [*vetoes, *seating.get("members", []), *weights]
    return (
        *(
            Delegation(name=names.get(code, code), country=code, weight=weights.get(code, 1), veto=code in vetoes)
            for code in countries
        ),
        *(Delegation(name=name) for name in seating.get("others", [])),
    )


def ready_made_keys() -> tuple[str, ...]:
    """The ready-made seatings, by key."""
    return tuple(_seatings())


@cache
def _seatings() -> dict[str, Any]:
    return tomllib.loads(resources.files("services.seats").joinpath("seatings.toml").read_text(encoding="utf-8"))
