"""Opening a round: its docket is announced; when voting opens, rules, texts and seats are frozen (PRODUCT §3)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from deliberation.councils import Council
from deliberation.ids import PersonId
from deliberation.issues import Issue, choose_docket
from deliberation.record import EntryKind, Event, Json
from deliberation.rounds import EmptyDocket, NobodyEntitled, Round, RoundIsOpen, RoundStatus, require_equality
from deliberation.seats import Seat
from services.ports import PostKind, UnitOfWork
from services.posts import redraw_now
from services.record import Commitments, begin_sum, enter, require_undisputed
from services.seats import release_barred


async def open_round_now(
    uow: UnitOfWork,
    council: Council,
    *,
    now: datetime,
    closes_at: datetime,
    scheduled: bool,
    by: PersonId | None,
    announced_at: datetime | None = None,
    docket: Sequence[Issue] | None = None,
    entitled: Sequence[Seat] | None = None,
) -> Round:
    """Open a round in the running transaction. The caller has locked the council and checked that nothing is disputed.
    `by`: the chair, if a chair opens it.

    Where the rules have a debate, it lasts from `announced_at` (None: now) and postpones `closes_at` by its length.
    `docket` None: the issues whose turn it is; `entitled` None: every seat that votes. Raises RoundIsOpen, EmptyDocket,
    NobodyEntitled or SecretNeedsEquality.
    """
    current = await uow.rounds.find_running(council.id)
    if current is not None:
        raise RoundIsOpen(number=current.number, closes_at=current.closes_at)
    rules = council.rules
    if docket is None:
        listed = await uow.issues.list_in(council.id)
        docket = choose_docket(listed, limit=rules.docket_limit, seconders=rules.seconders)
    if not docket:
        raise EmptyDocket
    opened_at = (announced_at or now) + rules.debate
    debated = opened_at > now
    if entitled is None:
        entitled = () if debated else await entitled_now(uow, council, now=now)
    last = await uow.rounds.last(council.id)
    round_ = await uow.rounds.add(
        council=council.id,
        number=1 if last is None else last.number + 1,
        rules=rules,
        opened_at=opened_at if debated else now,
        closes_at=closes_at + rules.debate,
        scheduled=scheduled,
        docket=docket,
        entitled=entitled,
        status=RoundStatus.DEBATE if debated else RoundStatus.OPEN,
    )
    if debated:
        await _announce(uow, round_, docket, by=by, now=now)
    else:
        await _opened(uow, round_, docket, entitled, by=by, now=now)
    return round_


async def open_voting(uow: UnitOfWork, council: Council, round_: Round, *, now: datetime) -> Round:
    """The debate is over: freeze rules, texts and seats as they are now. The caller has locked council and round.

    Voting that opens late still lasts as long as announced, unless a schedule promised its deadline. Raises EmptyDocket
    where no issue of the docket is left, NobodyEntitled, SecretNeedsEquality or RecordContradicted.
    """
    await require_undisputed(uow, round_, council=council.id)
    entries = (await uow.rounds.docket([round_.id]))[round_.id]
    listed = [await uow.issues.get(entry.issue) for entry in entries]
    docket = [issue for issue in listed if issue.may_be_voted]
    if not docket:
        raise EmptyDocket
    entitled = await entitled_now(uow, council, now=now)
    closes_at = round_.closes_at if round_.scheduled else now + (round_.closes_at - round_.opened_at)
    opened = replace(round_, status=RoundStatus.OPEN, rules=council.rules, opened_at=now, closes_at=closes_at)
    await uow.rounds.start_voting(opened, before=round_, docket=docket, entitled=entitled)
    await _opened(uow, opened, docket, entitled, by=None, now=now)
    return opened


async def entitled_now(uow: UnitOfWork, council: Council, *, now: datetime) -> tuple[Seat, ...]:
    """The seats that vote in a round that opens now: barred members lose theirs, and a roll call takes effect.

    Raises NobodyEntitled or SecretNeedsEquality.
    """
    await release_barred(uow, council, now=now)
    seats = [seat for seat in await uow.seats.list_in(council.id) if seat.votes]
    roll_call = await uow.roll_calls.find(council.id)
    if roll_call is not None:
        seats = list(roll_call.entitled(seats, binding=council.rules.roll_call))
    if not seats and not council.rules.open_seating:
        raise NobodyEntitled
    require_equality(council.rules, seats)
    if roll_call is not None:
        await uow.roll_calls.end(council.id)
        await redraw_now(uow, council.id, now=now, roll_call=True)
    return tuple(seats)


async def _announce(
    uow: UnitOfWork, round_: Round, docket: Sequence[Issue], *, by: PersonId | None, now: datetime
) -> None:
    secrets = Commitments(uow)
    data: dict[str, Json] = {
        "round": round_.id,
        "number": round_.number,
        "opens_at": int(round_.opened_at.timestamp()),
        "closes_at": int(round_.closes_at.timestamp()),
        "by": None if by is None else secrets.person(by),
    }
    await enter(uow, round_.council, [Event(now, EntryKind.ROUND_ANNOUNCED, data)], secrets)
    await redraw_now(uow, round_.council, round_id=round_.id, issues=[issue.id for issue in docket], now=now)


async def _opened(
    uow: UnitOfWork,
    round_: Round,
    docket: Sequence[Issue],
    entitled: Sequence[Seat],
    *,
    by: PersonId | None,
    now: datetime,
) -> None:
    secrets = Commitments(uow)
    data: dict[str, Json] = {
        "round": round_.id,
        "number": round_.number,
        "closes_at": int(round_.closes_at.timestamp()),
        "by": None if by is None else secrets.person(by),
        "sum": await begin_sum(uow, round_, entitled),
    }
    await enter(uow, round_.council, [Event(now, EntryKind.ROUND_OPENED, data)], secrets)
    await plan_reminders(uow, round_, now=now)
    await redraw_now(uow, round_.council, round_id=round_.id, issues=[issue.id for issue in docket], now=now)


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
    """Whether a reminder is worth sending: in the round's first quarter it is too early to be of use."""
    return offset * 4 < (round_.closes_at - round_.opened_at) * 3
