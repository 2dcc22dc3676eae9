"""Gathering what a card or a round's message shows, as far as the round's secrecy allows."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from hashlib import sha256

from deliberation.councils import Council
from deliberation.ids import IssueId, ReasonId, SeatId
from deliberation.issues import Issue
from deliberation.reasons import Reason
from deliberation.rounds import Ballot, DocketEntry, Round, RoundStatus
from deliberation.rules import Secrecy
from deliberation.seats import Seat
from deliberation.tallies import Tally

from ._holders import Holder
from .ports import PostKind, UnitOfWork
from .views import CardView, DocketLine, ReasonsView, RoundView, SeatReason

LEAST_SECRET_VOTERS = 5
"""Seats that must have voted on an issue before the reasons of a secret round on it are shown, without names."""


def is_secret(round_: Round) -> bool:
    """Whether nobody is ever shown which seat cast which ballot."""
    return round_.rules.secrecy is Secrecy.SECRET


def hides_positions(round_: Round) -> bool:
    """Whether nothing derived from positions may be shown: until the close, which a cancelled round never sees."""
    return round_.rules.secrecy is not Secrecy.OPEN and round_.status is not RoundStatus.CLOSED


async def card_view(uow: UnitOfWork, council: Council, issue: Issue, *, viewer: Holder | None) -> CardView:
    """An issue's card, with the own ballot of the viewer's seat where one is given and the viewer may see it."""
    round_ = await uow.rounds.find_running(council.id)
    entry = None if round_ is None else await find_entry(uow, round_, issue.id)
    history = (await uow.rulings.of_issues([issue.id]))[issue.id]
    view = CardView(
        council=council,
        issue=issue,
        trend=tuple((past.number, ruling) for past, ruling in history),
        names=await uow.seats.names({seat for _, ruling in history for seat in ruling.vetoed_by}),
        reasons=len((await reasons_view(uow, council, issue)).reasons),
        seat=None if viewer is None else viewer.seat,
        merged=await _merged_numbers(uow, issue),
    )
    if round_ is None or entry is None:
        return view
    if round_.status is RoundStatus.DEBATE:
        return replace(view, round=round_)
    tally = (await uow.ballots.tally(round_.id, issue.id))[issue.id]
    own, earlier = await _own_ballots(uow, round_, viewer)
    return replace(
        view,
        round=round_,
        seat=None if viewer is None else await _as_entitled(uow, round_, viewer.seat),
        tally=None if hides_positions(round_) else tally,
        cast=tally.cast.seats,
        entitled=tally.entitled.seats,
        ballot=None if is_secret(round_) or issue.id in earlier else own.get(issue.id),
        voted=issue.id in own,
        earlier=issue.id in earlier,
    )


async def _own_ballots(
    uow: UnitOfWork, round_: Round, viewer: Holder | None
) -> tuple[dict[IssueId, Ballot], frozenset[IssueId]]:
    """The ballots of the viewer's seat, and on which issues they were cast before the viewer came to it."""
    if viewer is None:
        return {}, frozenset()
    ballots = await uow.ballots.of_seats(round_.id, [viewer.seat.id])
    return by_issue(ballots), viewer.earlier(ballots)


async def _as_entitled(uow: UnitOfWork, round_: Round, seat: Seat) -> Seat:
    """The seat as the round has frozen it: a roll call may have left it no abstention."""
    frozen = await uow.rounds.find_entitlements([(round_.id, seat.id)])
    return seat if not frozen else replace(seat, may_abstain=frozen[round_.id, seat.id].may_abstain)


async def _merged_numbers(uow: UnitOfWork, issue: Issue) -> tuple[int, ...]:
    return tuple(other.number for other in await _merged_into(uow, issue))


async def _merged_into(uow: UnitOfWork, issue: Issue) -> tuple[Issue, ...]:
    """The issues that were merged into this one, those too that had been merged into them."""
    every, numbers = await uow.issues.merged(issue.council), {issue.number}
    while more := {other.number for other in every if other.merged_into in numbers} - numbers:
        numbers |= more
    return tuple(other for other in every if other.number in numbers and other.id != issue.id)


async def round_view(
    uow: UnitOfWork, council: Council, round_: Round, *, viewer: Holder | None = None, seats: Sequence[Seat] = ()
) -> RoundView:
    """A round's message, or a member's own docket: then the issues that lack the ballot of the viewer's seat come
    first. `seats`: all that the viewer votes for."""
    docket = (await uow.rounds.docket([round_.id]))[round_.id]
    tallies = await uow.ballots.tally(round_.id)
    issues = {issue.id: issue for issue in await uow.issues.list_in(council.id)}
    cards = await uow.posts.messages((PostKind.CARD, int(entry.issue)) for entry in docket)
    own, earlier = await _own_ballots(uow, round_, viewer)
    hidden = hides_positions(round_)
    lines = [
        DocketLine(
            entry=entry,
            category=issues[entry.issue].category,
            tally=None if hidden else tallies[entry.issue],
            cast=tallies[entry.issue].cast.seats,
            ballot=None if is_secret(round_) or entry.issue in earlier else own.get(entry.issue),
            voted=entry.issue in own,
            earlier=entry.issue in earlier,
            card=cards.get((PostKind.CARD, int(entry.issue))),
        )
        for entry in docket
    ]
    if viewer is not None:
        lines.sort(key=lambda line: (line.voted or line.entry.withdrawn, line.entry.place))
    entitled, voted, complete = await turnout(uow, round_, docket, tallies)
    scheduled = await uow.schedules.find(council.id)
    messages = await uow.posts.messages([(PostKind.ROUND, int(round_.id))])
    return RoundView(
        council=council,
        round=round_,
        lines=tuple(lines),
        entitled=entitled,
        voted=voted,
        complete=complete,
        seat=None if viewer is None else viewer.seat,
        seats=tuple(seats),
        next_opens_at=None if scheduled is None else scheduled[1],
        message=messages.get((PostKind.ROUND, int(round_.id))),
    )


async def turnout(
    uow: UnitOfWork, round_: Round, docket: Iterable[DocketEntry], tallies: dict[IssueId, Tally]
) -> tuple[int, int, int]:
    """Entitled seats, seats that voted on anything, and seats that voted on everything still on the docket."""
    entitled = max((tally.entitled.seats for tally in tallies.values()), default=0)
    voted = await uow.ballots.count_voted(round_.id)
    missing = await uow.ballots.count_missing(round_.id)
    votable = any(not entry.withdrawn for entry in docket)
    return entitled, voted, entitled - missing if votable else 0


async def find_entry(uow: UnitOfWork, round_: Round, issue: IssueId) -> DocketEntry | None:
    """The issue's entry on the round's docket."""
    docket = (await uow.rounds.docket([round_.id]))[round_.id]
    return next((entry for entry in docket if entry.issue == issue), None)


async def standing_reasons(uow: UnitOfWork, reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    """The reasons whose ballots still say what they argued for, in the order given: a ballot that was withdrawn, or
    changed without a new reason, takes its reason along. One that was given without a ballot stands by itself."""
    ballots = await uow.ballots.find_many((reason.round, reason.issue, reason.seat) for reason in reasons)
    standing = {key: ballot.position for key, ballot in ballots.items()}
    return tuple(
        reason
        for reason in reasons
        if reason.position is None or standing.get((reason.round, reason.issue, reason.seat)) is reason.position
    )


async def reasons_view(uow: UnitOfWork, council: Council, issue: Issue) -> ReasonsView:
    """The reasons on an issue and on those merged into it, the newest round first, without those of a round that hides
    positions until its close. A secret round's stand without names and in an order that tells nothing."""
    rounds = {round_.id: round_ for round_ in await uow.rounds.list_in(council.id)}
    listed = list(await uow.reasons.list_of_issue(issue.id))
    for other in await _merged_into(uow, issue):
        listed += await uow.reasons.list_of_issue(other.id)
    every = await standing_reasons(uow, listed)
    open_ = [reason for reason in every if _is_shown(reason, rounds[reason.round])]
    names = await uow.seats.names({reason.seat for reason in open_})
    given = [
        SeatReason(reason=reason, seat_name=names[reason.seat], round_number=rounds[reason.round].number)
        for reason in open_
    ]
    for round_ in rounds.values():
        if is_secret(round_):
            given += await anonymous_reasons(uow, round_, every)
    given.sort(key=lambda one: -one.round_number)
    current = await uow.rounds.find_running(council.id)
    return ReasonsView(
        council=council,
        issue=issue,
        reasons=tuple(given),
        sealed=current if current is not None and hides_positions(current) else None,
    )


def _is_shown(reason: Reason, round_: Round) -> bool:
    """Whether a reason is shown with its seat's name: a sealed round's only after the close, unless it was given
    without a ballot; a secret round's never."""
    if is_secret(round_):
        return False
    return reason.position is None or not hides_positions(round_)


async def anonymous_reasons(uow: UnitOfWork, round_: Round, reasons: Iterable[Reason]) -> list[SeatReason]:
    """What is shown of a secret round's reasons once it is closed: no seat, no instant, and an order that follows from
    the texts alone; nothing on an issue on which too few seats voted to hide among."""
    if hides_positions(round_):
        return []
    tallies = await uow.ballots.tally(round_.id)
    shown = [
        replace(reason, id=ReasonId(0), seat=SeatId(0), given_at=round_.closes_at)
        for reason in reasons
        if reason.round == round_.id and tallies[reason.issue].cast.seats >= LEAST_SECRET_VOTERS
    ]
    shown.sort(key=lambda reason: sha256(reason.text.encode()).digest())
    return [SeatReason(reason=reason, seat_name=None, round_number=round_.number) for reason in shown]


def by_issue(ballots: Iterable[Ballot]) -> dict[IssueId, Ballot]:
    """One seat's ballots by their issue."""
    return {ballot.issue: ballot for ballot in ballots}
