"""Notices of what chairs do with seats while a round runs: in the channel, and to the seat's other holders (PRODUCT
§6)."""

from collections.abc import Mapping
from typing import Any

from deliberation.councils import Council
from deliberation.ids import PersonId, SeatId
from deliberation.record import EntryKind
from deliberation.rounds import Round
from deliberation.seats import Seat
from services.ports import NoticeKind, PostKind, Reminding, UnitOfWork

from .views import SeatsNotice

TOLD = {
    EntryKind.SEAT_ASSIGNED: NoticeKind.HOLDER_ASSIGNED,
    EntryKind.SEAT_UNASSIGNED: NoticeKind.HOLDER_REMOVED,
    EntryKind.SEAT_REMOVED: NoticeKind.SEAT_REMOVED,
}
"""The kind of notice for each kind of entry in the record."""


async def announce_change(
    uow: UnitOfWork, council: Council, round_: Round, kind: EntryKind, seat: Seat, member: str | None
) -> None:
    """Post what was done with a seat. `member`: the commitment to the member affected."""
    data = {"code": TOLD[kind], "seat": seat.id, "member": member, "number": round_.number}
    await uow.posts.add(council=council.id, kind=PostKind.NOTICE, subject=0, due_at=await uow.now(), data=data)


async def announce_added(uow: UnitOfWork, council: Council, round_: Round, count: int) -> None:
    """Post that `count` seats were added."""
    data = {"code": NoticeKind.SEATS_ADDED, "count": count, "number": round_.number}
    await uow.posts.add(council=council.id, kind=PostKind.NOTICE, subject=0, due_at=await uow.now(), data=data)


async def seats_notice(uow: UnitOfWork, council: Council, data: Mapping[str, Any]) -> SeatsNotice:
    """The notice, with the names that are still known, and the seat's other holders by the way each wants to be
    notified."""
    if data["code"] == NoticeKind.SEATS_ADDED:
        return SeatsNotice(council=council, kind=NoticeKind.SEATS_ADDED, number=data["number"], count=data["count"])
    seat = await uow.seats.get(SeatId(data["seat"]))
    member = await _member(uow, data["member"])
    others = [person for person in seat.holders if person != member]
    wishes = await uow.people.preferences(others)
    return SeatsNotice(
        council=council,
        kind=NoticeKind(data["code"]),
        number=data["number"],
        seat=seat,
        member=member,
        mention=tuple(person for person in others if wishes[person].reminders is Reminding.MENTION),
        direct=tuple(person for person in others if wishes[person].reminders is Reminding.DIRECT),
    )


async def _member(uow: UnitOfWork, commitment: str | None) -> PersonId | None:
    """The person whom a commitment hides; None where that can no longer be opened."""
    if commitment is None:
        return None
    secret = (await uow.record.secrets([commitment])).get(commitment)
    return None if secret is None else PersonId(int(secret.value))
