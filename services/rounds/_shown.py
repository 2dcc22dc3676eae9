"""Gathering what a round's message or a member's docket shows, as far as the round's secrecy allows."""

from collections.abc import Iterable, Sequence

from deliberation.councils import Council
from deliberation.ids import IssueId
from deliberation.rounds import Ballot, DocketEntry, Round
from deliberation.rulings.tallies import Tally
from deliberation.seats import Seat
from services.ports import PostKind, UnitOfWork
from services.seats import Holder

from .views import DocketLine, RoundView


async def round_view(
    uow: UnitOfWork, council: Council, round_: Round, *, viewer: Holder | None = None, seats: Sequence[Seat] = ()
) -> RoundView:
    """A round's message, or a member's own docket, in which the issues without a ballot of the viewer's seat come
    first. `seats`: all that the viewer votes for."""
    docket = (await uow.rounds.docket([round_.id]))[round_.id]
    tallies = await uow.ballots.tally(round_.id)
    issues = {issue.id: issue for issue in await uow.issues.list_in(council.id)}
    cards = await uow.posts.messages((PostKind.CARD, int(entry.issue)) for entry in docket)
    own, earlier = await own_ballots(uow, round_, viewer)
    hidden = round_.hides_positions
    lines = [
        DocketLine(
            entry=entry,
            category=issues[entry.issue].category,
            tally=None if hidden else tallies[entry.issue],
            cast=tallies[entry.issue].cast.seats,
            ballot=None if round_.is_secret or entry.issue in earlier else own.get(entry.issue),
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
    """The numbers of entitled seats, of seats that voted on anything, and of seats that voted on everything still on
    the docket."""
    entitled = max((tally.entitled.seats for tally in tallies.values()), default=0)
    voted = await uow.ballots.count_voted(round_.id)
    missing = await uow.ballots.count_missing(round_.id)
    votable = any(not entry.withdrawn for entry in docket)
    return entitled, voted, entitled - missing if votable else 0


async def own_ballots(
    uow: UnitOfWork, round_: Round, viewer: Holder | None
) -> tuple[dict[IssueId, Ballot], frozenset[IssueId]]:
    """The ballots of the viewer's seat, and the issues on which it voted before the viewer came to it."""
    if viewer is None:
        return {}, frozenset()
    ballots = await uow.ballots.of_seats(round_.id, [viewer.seat.id])
    return {ballot.issue: ballot for ballot in ballots}, viewer.earlier(ballots)
