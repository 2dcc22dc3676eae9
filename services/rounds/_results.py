"""Gathering a closed round's result, and the people to remind of an open round."""

from collections.abc import Mapping, Sequence

from deliberation.ballots.reasons import Reason
from deliberation.categories import Category, Position
from deliberation.ids import IssueId, PersonId, RoundId
from deliberation.record import EntryKind, Head
from deliberation.rounds import DocketEntry, Round, RoundStatus
from deliberation.rulings import Ruling
from services.ports import PostKind, Preferences, Reminding, UnitOfWork
from services.reasons import SeatReason, anonymous_reasons, standing_reasons
from services.seats import shut_out

from .views import ReminderView, ResultLine, ResultView


async def result_view(uow: UnitOfWork, round_: Round) -> ResultView:
    """The result of a closed round. Raises LookupError where it is not closed."""
    if round_.status is not RoundStatus.CLOSED or round_.closed_at is None:
        raise LookupError(f"round {round_.id} is {round_.status}, not closed")
    docket = (await uow.rounds.docket([round_.id]))[round_.id]
    rulings = await uow.rulings.of_round(round_.id)
    reasons = await _either_sides_reasons(uow, round_)
    vetoing = {seat for ruling in rulings.values() for seat in ruling.vetoed_by}
    names = await uow.seats.names(vetoing)
    shifts = {} if round_.is_secret else await _shifts(uow, round_, rulings)
    by_proxy = await uow.ballots.by_proxy(round_.id)
    seats = await uow.seats.names({seat for ballot in by_proxy for seat in (ballot.seat, ballot.proxy or ballot.seat)})
    lines = [
        ResultLine(
            entry=entry,
            ruling=rulings[entry.issue],
            names={seat: names[seat] for seat in rulings[entry.issue].vetoed_by},
            reasons=_from_either_side(reasons, entry, rulings[entry.issue]),
            shifts=shifts.get(entry.issue, {}),
            by_proxy=sum(ballot.issue == entry.issue for ballot in by_proxy),
            proxies=()
            if round_.is_secret
            else tuple(
                (seats[ballot.seat], seats[ballot.proxy or ballot.seat])
                for ballot in by_proxy
                if ballot.issue == entry.issue
            ),
        )
        for entry in docket
        if entry.issue in rulings
    ]
    scheduled = await uow.schedules.find(round_.council)
    return ResultView(
        council=await uow.councils.get(round_.council),
        round=round_,
        lines=tuple(lines),
        voted=await uow.ballots.count_voted(round_.id),
        entitled=await uow.rounds.count_entitled(round_.id),
        head=Head(*await uow.record.last_of(round_.council, EntryKind.ROUND_CLOSED, until=round_.closed_at)),
        next_opens_at=None if scheduled is None else scheduled[1],
    )


async def reminder_view(uow: UnitOfWork, round_: Round, *, last: bool) -> ReminderView | None:
    """The people to remind of the round; for the last reminder, also the issues short of their quorum."""
    now = await uow.now()
    if not round_.accepts(now):
        return None
    if not last and now >= round_.closes_at - min(round_.rules.reminders):
        # This reminder is late, as when no process was running: the last one is due too, and one is enough.
        return None
    missing = set(await uow.ballots.seats_missing(round_.id))
    at_risk = await _at_risk(uow, round_) if last else ()
    if not missing:
        return None
    seats = [seat for seat in await uow.seats.list_in(round_.council) if seat.id in missing]
    removed = [await uow.seats.get(seat) for seat in sorted(missing - {seat.id for seat in seats})]
    # A seat that was given up has no holder to remind. Holders of a removed seat may vote until the close.
    seats += [seat for seat in removed if seat.holders]
    # Holders who are shut out may not vote for the seat, and a reminder would reveal that it has not voted.
    shut = await shut_out(uow, round_, seats)
    asked = [(seat.id, person) for seat in seats for person in seat.holders]
    holders = list(dict.fromkeys(person for seat, person in asked if (seat, person) not in shut))
    wishes = await uow.people.preferences(holders)
    messages = await uow.posts.messages([(PostKind.ROUND, int(round_.id))])
    return ReminderView(
        council=await uow.councils.get(round_.council),
        round=round_,
        mention=_wishing(holders, wishes, Reminding.MENTION),
        direct=_wishing(holders, wishes, Reminding.DIRECT),
        missing=tuple(seat.shown for seat in seats),
        at_risk=at_risk,
        message=messages.get((PostKind.ROUND, int(round_.id))),
    )


def _wishing(
    holders: Sequence[PersonId], wishes: Mapping[PersonId, Preferences], kind: Reminding
) -> tuple[PersonId, ...]:
    return tuple(person for person in holders if wishes[person].reminders is kind)


async def _at_risk(uow: UnitOfWork, round_: Round) -> tuple[DocketEntry, ...]:
    tallies = await uow.ballots.tally(round_.id)
    docket = (await uow.rounds.docket([round_.id]))[round_.id]
    return tuple(
        entry
        for entry in docket
        if not entry.withdrawn
        and not round_.rules.quorum.met(tallies[entry.issue].cast.seats, tallies[entry.issue].entitled.seats)
    )


async def _shifts(
    uow: UnitOfWork, round_: Round, rulings: Mapping[IssueId, Ruling]
) -> dict[IssueId, Mapping[Position, int]]:
    """How many seats moved to each position from another one since the last round that ruled on the issue."""
    before: dict[IssueId, RoundId] = {}
    for issue, past in (await uow.rulings.of_issues(rulings)).items():
        earlier = [other.id for other, _ in past if other.number < round_.number]
        if earlier:
            before[issue] = earlier[-1]
    since = {of: await uow.ballots.shifts(round_.id, since=of) for of in set(before.values())}
    return {issue: since[of].get(issue, {}) for issue, of in before.items()}


async def _either_sides_reasons(uow: UnitOfWork, round_: Round) -> list[SeatReason]:
    """The newest reason for each position on each issue, with its seat's name; of a secret round all reasons, without
    names."""
    if round_.is_secret:
        given = await standing_reasons(uow, await uow.reasons.list_of_round(round_.id))
        return await anonymous_reasons(uow, round_, given)
    reasons = sorted(await uow.reasons.newest_of_round(round_.id), key=lambda one: one.given_at, reverse=True)
    names = await uow.seats.names({reason.seat for reason in reasons})
    return [SeatReason(reason=one, seat_name=names[one.seat], round_number=round_.number) for one in reasons]


def _from_either_side(reasons: Sequence[SeatReason], entry: DocketEntry, ruling: Ruling) -> tuple[SeatReason, ...]:
    """For an issue that moved, the newest reason of the seats that supported the move and of those that did not."""
    if not ruling.moved:
        return ()
    rung = max(ruling.before.category, ruling.after.category)
    neither = (None, Position.ABSTAIN)
    given = [one for one in reasons if one.reason.issue == entry.issue and one.reason.position not in neither]
    supporting = [one for one in given if _supports(one.reason, rung)]
    others = [one for one in given if not _supports(one.reason, rung)]
    return tuple(side[0] for side in (supporting, others) if side)


def _supports(reason: Reason, rung: Category) -> bool:
    category = None if reason.position is None else reason.position.category
    return category is not None and category >= rung
