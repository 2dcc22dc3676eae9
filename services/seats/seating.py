"""Seating, as chairs intend it: adding, filling, importing, assigning, changing and removing seats, and barring."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from deliberation.councils import Actor, Council
from deliberation.ids import ChannelId, CouncilId, PersonId, SeatId
from deliberation.record import EntryKind, Json
from deliberation.seats import (
    NoSuchSeat,
    NotBarred,
    NotHolder,
    Seat,
    SeatKind,
    SeatOfOnePerson,
    SeatTaken,
    delegation_name,
)
from deliberation.seats.seatings import SeatingLine, SeatingUnreadable, parse_seating
from services.people import DraftPlace, drop_draft, find_draft, kept_where_refused
from services.ports import Delegation, DraftKind, Store, UnitOfWork
from services.record import Commitments, enter_by, enter_one
from services.transactions import chaired_council, council_in, seats_of, sitting_council

from ._leaving import give_up, release_barred
from ._naming import OwnNames, clashes, name_of_own, require_free_names
from ._notices import TOLD, announce_added, announce_change, seats_notice
from ._recognising import lift_bar, require_admitted, require_new
from ._taking import checked_weight, enter_taken, ready_made, ready_made_keys, require_equal_seats
from .views import SeatsNotice, SeatsReceipt


class SeatingService:
    """What chairs intend with seats. Every method raises NoCouncil, CouncilClosed and NotChair."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._reading = asyncio.Lock()

    async def add(self, channel: ChannelId, actor: Actor, delegations: Sequence[Delegation]) -> SeatsReceipt:
        """Seat delegations, all or none. Raises SeatExists, Barred, WeightInvalid, SecretNeedsEquality or `Text…`."""
        async with self._store.write(actor.person, *(person for one in delegations for person in one.holders)) as uow:
            council = await chaired_council(uow, channel, actor)
            receipt = await _add(uow, council, actor, delegations)
            await uow.commit()
        return receipt

    async def add_person(
        self,
        channel: ChannelId,
        actor: Actor,
        person: PersonId,
        name: str,
        *,
        weight: int = 1,
        veto: bool = False,
        observer: bool = False,
        may_abstain: bool = True,
    ) -> SeatsReceipt:
        """Give a person a seat of their own. Raises SeatTaken, Barred, ErasedInRound, WeightInvalid or
        SecretNeedsEquality."""
        async with self._store.write(actor.person, person) as uow:
            council = await chaired_council(uow, channel, actor)
            await uow.record.lock_head(council.id)
            held = await seats_of(uow, council.id, person)
            own = next((seat for seat in held if seat.kind is SeatKind.PERSON), None)
            if own is not None:
                raise SeatTaken(seat=own.shown, other=True)
            await require_admitted(uow, council, person)
            now, names = await uow.now(), await OwnNames.of(uow, council.id)
            name = names.told_apart(name_of_own(person, name))
            checked_weight(weight)
            former = await uow.seats.find_left(council.id, person)
            if former is None:
                await require_new(uow, council, person, other=True)
                seat = await uow.seats.add(
                    council=council.id, name=name, kind=SeatKind.PERSON, holders=(person,), at=now
                )
            else:
                # The seat that they gave up, whose ballots in a running round stand: another seat would be a second
                # ballot.
                seat = await uow.seats.return_to(former.id, person, at=now)
            before = seat
            seat = replace(seat, name=name, weight=weight, veto=veto, observer=observer, may_abstain=may_abstain)
            await uow.seats.put(seat, before=before)
            await require_equal_seats(uow, council)
            await enter_taken(uow, council, seat, now=now, by=actor.person)
            receipt = await _added(uow, council, (seat,))
            await uow.commit()
        return receipt

    async def fill(self, channel: ChannelId, actor: Actor, key: str, names: Mapping[str, str]) -> SeatsReceipt:
        """Seat a ready-made seating. From now on seats are assigned or claimed, and no others can be taken.

        `names` of countries by ISO 3166 code. Raises NoSuchSeat for an unknown key, SeatExists or SecretNeedsEquality.
        """
        async with self._store.write(actor.person) as uow:
            council = await chaired_council(uow, channel, actor)
            if key not in ready_made_keys():
                raise NoSuchSeat(given=key)
            closing = council.rules.open_seating
            if closing or not council.rules.claims:
                before = council
                council = replace(council, rules=replace(council.rules, open_seating=False, claims=True))
                await uow.councils.put(council, before=before)
                await enter_by(uow, council.id, actor, kind=EntryKind.RULES_CHANGED, data={})
            receipt = await _add(uow, council, actor, ready_made(key, names))
            await uow.commit()
        return replace(receipt, seating_closed=closing)

    async def import_csv(self, channel: ChannelId, actor: Actor, text: str) -> SeatsReceipt:
        """Seat what a CSV lists, all or none. Raises SeatingUnreadable with every line that cannot be read, or that
        names an existing seat or a barred member; else as `add`. The text is read only if the actor is a chair."""
        async with self._store.read() as uow:
            (await sitting_council(uow, channel)).require_chair(actor)
        async with self._reading:
            # One at a time, so that many files delay voters no more than one does.
            lines = await asyncio.to_thread(parse_seating, text)
        async with self._store.write(actor.person, *(person for line in lines for person in line.members)) as uow:
            council = await chaired_council(uow, channel, actor)
            await uow.record.lock_head(council.id)
            if faults := await clashes(uow, council, lines):
                raise SeatingUnreadable(faults=faults)
            receipt = await _add(uow, council, actor, [_delegation(line) for line in lines])
            await uow.commit()
        return receipt

    async def import_typed(self, channel: ChannelId, actor: Actor, text: str) -> SeatsReceipt:
        """As `import_csv`, for a text from a form: it is stored as a draft if it is refused; the draft is deleted once
        it is accepted."""
        async with self._store.read() as uow:
            place = DraftPlace((await council_in(uow, channel)).id, DraftKind.SEATING)
        async with kept_where_refused(self._store, actor.person, {"seating": text}, place):
            receipt = await self.import_csv(channel, actor, text)
        await drop_draft(self._store, actor.person, place)
        return receipt

    async def typed_before(self, channel: ChannelId, actor: Actor) -> str:
        """The text of the actor's last form that was refused, "" if there is none. Raises NoCouncil."""
        async with self._store.read() as uow:
            place = DraftPlace((await council_in(uow, channel)).id, DraftKind.SEATING)
            draft = await find_draft(uow, actor.person, place)
        return "" if draft is None else draft.fields.get("seating", "")

    async def assign(self, channel: ChannelId, actor: Actor, seat: SeatId, person: PersonId) -> SeatsReceipt:
        """Let a person hold the delegation's seat, besides its present holders. Raises NoSuchSeat, SeatOfOnePerson,
        Barred, or SeatTaken where they hold it already."""

        async def change(uow: UnitOfWork, council: Council, found: Seat) -> dict[str, Json]:
            if found.kind is SeatKind.PERSON:
                raise SeatOfOnePerson(seat=found.shown)
            await require_admitted(uow, council, person)
            if not await uow.seats.hold(found.id, person, at=await uow.now()):
                raise SeatTaken(seat=found.shown, other=True)
            return {}

        return await self._change(channel, actor, seat, change, kind=EntryKind.SEAT_ASSIGNED, person=person)

    async def unassign(self, channel: ChannelId, actor: Actor, seat: SeatId, person: PersonId) -> SeatsReceipt:
        """Let a person no longer hold the seat: a delegation's seat stays, a member's own is given up. Raises
        NoSuchSeat or NotHolder."""

        async def change(uow: UnitOfWork, council: Council, found: Seat) -> dict[str, Json]:
            if person not in found.holders:
                raise NotHolder(seat=found.shown)
            await give_up(uow, found, person, at=await uow.now())
            return {}

        return await self._change(channel, actor, seat, change, kind=EntryKind.SEAT_UNASSIGNED, person=person)

    async def remove(self, channel: ChannelId, actor: Actor, seat: SeatId) -> SeatsReceipt:
        """Remove the seat. In a running round it stays entitled, and its holders can still vote for it. Raises
        NoSuchSeat."""

        async def change(uow: UnitOfWork, council: Council, found: Seat) -> dict[str, Json]:
            await uow.seats.remove(found.id, at=await uow.now())
            return {}

        return await self._change(channel, actor, seat, change, kind=EntryKind.SEAT_REMOVED)

    async def change(
        self,
        channel: ChannelId,
        actor: Actor,
        seat: SeatId,
        *,
        weight: int | None = None,
        veto: bool | None = None,
        observer: bool | None = None,
        may_abstain: bool | None = None,
    ) -> SeatsReceipt:
        """Change those attributes of the seat that are given, from the next round on. Raises NoSuchSeat, WeightInvalid
        or SecretNeedsEquality."""
        given = {"weight": weight, "veto": veto, "observer": observer, "may_abstain": may_abstain}
        wanted = {name: value for name, value in given.items() if value is not None}

        async def change(uow: UnitOfWork, council: Council, found: Seat) -> dict[str, Json]:
            changed = replace(found, **wanted)  # pyright: ignore[reportArgumentType]
            checked_weight(changed.weight)
            await uow.seats.put(changed, before=found)
            await require_equal_seats(uow, council)
            return dict(wanted)

        return await self._change(channel, actor, seat, change, kind=EntryKind.SEAT_CHANGED)

    async def bar(self, channel: ChannelId, actor: Actor, person: PersonId) -> SeatsReceipt:
        """Bar a person from holding a seat, from the next round on; at once where none runs. Raises Barred where they
        are barred already. The receipt names the seats that they hold."""
        async with self._store.write(actor.person, person) as uow:
            council = await chaired_council(uow, channel, actor)
            now = await uow.now()
            held = await seats_of(uow, council.id, person)
            await require_admitted(uow, council, person)
            await uow.seats.bar(council.id, person, at=now)
            await enter_by(uow, council.id, actor, at=now, kind=EntryKind.MEMBER_BARRED, data={}, member=person)
            if await uow.rounds.find_running(council.id) is None:
                await release_barred(uow, council, now=now)
            receipt = await _receipt(uow, council, held)
            await uow.commit()
        return receipt

    async def unbar(self, channel: ChannelId, actor: Actor, person: PersonId) -> SeatsReceipt:
        """Let a person hold a seat again. Raises NotBarred."""
        async with self._store.write(actor.person, person) as uow:
            council = await chaired_council(uow, channel, actor)
            if not await lift_bar(uow, council, person):
                raise NotBarred
            await enter_by(uow, council.id, actor, kind=EntryKind.MEMBER_UNBARRED, data={}, member=person)
            receipt = await _receipt(uow, council, ())
            await uow.commit()
        return receipt

    async def notice(self, council: CouncilId, data: Mapping[str, Any]) -> SeatsNotice:
        """What a notice of a chair's change to seats says, from the data of its post. Raises LookupError."""
        async with self._store.read() as uow:
            return await seats_notice(uow, await uow.councils.get(council), data)

    async def _change(
        self,
        channel: ChannelId,
        actor: Actor,
        seat: SeatId,
        change: Callable[[UnitOfWork, Council, Seat], Awaitable[dict[str, Json]]],
        *,
        kind: EntryKind,
        person: PersonId | None = None,
    ) -> SeatsReceipt:
        """Carry out a change to one sitting seat, and enter it."""
        concerned = (actor.person,) if person is None else (actor.person, person)
        async with self._store.write(*concerned) as uow:
            council = await chaired_council(uow, channel, actor)
            await uow.record.lock_head(council.id)
            found = next((one for one in await uow.seats.list_in(council.id) if one.id == seat), None)
            if found is None:
                raise NoSuchSeat(given=str(seat))
            figures = await change(uow, council, found)
            secrets = Commitments(uow)
            member = None if person is None else secrets.person(person)
            data = {"by": secrets.person(actor.person), "seat": found.id, **figures}
            data |= {} if member is None else {"member": member}
            await enter_one(uow, council.id, at=await uow.now(), kind=kind, data=data, secrets=secrets)
            receipt = await _receipt(uow, council, (await uow.seats.get(found.id),))
            if receipt.round is not None and kind in TOLD:
                await announce_change(uow, council, receipt.round, kind, found, member)
            await uow.commit()
        return receipt


async def _add(uow: UnitOfWork, council: Council, actor: Actor, delegations: Sequence[Delegation]) -> SeatsReceipt:
    named = [replace(one, name=delegation_name(one.name), weight=checked_weight(one.weight)) for one in delegations]
    await uow.record.lock_head(council.id)
    await require_free_names(uow, council, named)
    await require_admitted(uow, council, *(person for one in named for person in one.holders))
    now = await uow.now()
    seats = await uow.seats.add_delegations(council.id, named, at=now)
    await require_equal_seats(uow, council)
    await enter_taken(uow, council, *seats, now=now, by=actor.person)
    return await _added(uow, council, seats)


async def _added(uow: UnitOfWork, council: Council, seats: Sequence[Seat]) -> SeatsReceipt:
    receipt = await _receipt(uow, council, seats)
    if receipt.round is not None:
        await announce_added(uow, council, receipt.round, len(seats))
    return receipt


async def _receipt(uow: UnitOfWork, council: Council, seats: Sequence[Seat]) -> SeatsReceipt:
    return SeatsReceipt(council=council, seats=tuple(seats), round=await uow.rounds.find_running(council.id))


def _delegation(one: SeatingLine) -> Delegation:
    return Delegation(
        name=one.name, country=one.country, holders=one.members, weight=one.weight, veto=one.veto, observer=one.observer
    )
