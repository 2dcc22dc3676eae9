"""Opening a round: the docket is chosen, and rules, texts and entitled seats are frozen (PRODUCT §3)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from deliberation.codec import rules_to_data
from deliberation.councils import Council
from deliberation.issues import Issue, choose_docket
from deliberation.record import Event, Json
from deliberation.rounds import EmptyDocket, NobodyEntitled, Round, RoundIsOpen
from deliberation.seats import Seat

from ._record import enter
from ._redraws import redraw_now
from .ports import PostKind, UnitOfWork


async def open_round_now(
    uow: UnitOfWork,
    council: Council,
    *,
    now: datetime,
    closes_at: datetime,
    scheduled: bool,
    by: str | None,
    docket: Sequence[Issue] | None = None,
    entitled: Sequence[Seat] | None = None,
) -> Round:
    """Open a round in the running transaction, whose caller has locked the council. `by`: a commitment to the chair.

    `docket` None: the issues whose turn it is; `entitled` None: every seat that votes.
    Raises RoundIsOpen, EmptyDocket or NobodyEntitled.
    """
    current = await uow.rounds.find_running(council.id)
    if current is not None:
        raise RoundIsOpen(number=current.number, closes_at=current.closes_at)
    if docket is None:
        docket = choose_docket(await uow.issues.list_in(council.id), limit=council.rules.docket_limit)
    if not docket:
        raise EmptyDocket
    if entitled is None:
        entitled = [seat for seat in await uow.seats.list_in(council.id) if seat.votes]
    if not entitled and not council.rules.open_seating:
        raise NobodyEntitled
    last = await uow.rounds.last(council.id)
    round_ = await uow.rounds.add(
        council=council.id,
        number=1 if last is None else last.number + 1,
        rules=council.rules,
        opened_at=now,
        closes_at=closes_at,
        scheduled=scheduled,
        docket=docket,
        entitled=entitled,
    )
    lines: list[Json] = [{"issue": issue.id, "number": issue.number, "version": issue.version} for issue in docket]
    data: dict[str, Json] = {
        "round": round_.id,
        "number": round_.number,
        "rules": rules_to_data(council.rules),
        "docket": lines,
        "entitled": [{"seat": seat.id, "weight": seat.weight, "veto": seat.veto} for seat in entitled],
        "closes_at": int(closes_at.timestamp()),
        "scheduled": scheduled,
        "by": by,
    }
    await enter(uow, council.id, [Event(now, "round opened", data)])
    await plan_reminders(uow, round_, now=now)
    await redraw_now(uow, council.id, round_id=round_.id, issues=[issue.id for issue in docket], now=now)
    return round_


async def plan_reminders(uow: UnitOfWork, round_: Round, *, now: datetime) -> None:
    """The round's reminders, at their offsets before the close; those that would be due already are left out."""
    await uow.posts.drop(PostKind.REMINDER, round_.id)
    offsets = sorted(round_.rules.reminders)
    for offset in offsets:
        due_at = round_.closes_at - offset
        if now < due_at and _worth_it(round_, offset):
            last = offset == offsets[0]
            await uow.posts.add(
                council=round_.council, kind=PostKind.REMINDER, subject=round_.id, due_at=due_at, data={"last": last}
            )


def _worth_it(round_: Round, offset: timedelta) -> bool:
    """A reminder that would come in the round's first quarter reminds nobody of anything."""
    return offset * 4 < (round_.closes_at - round_.opened_at) * 3
