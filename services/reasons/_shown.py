"""Gathering the reasons on an issue, as far as the secrecy of their rounds allows."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from hashlib import sha256

from deliberation.ballots.reasons import Reason
from deliberation.councils import Council
from deliberation.ids import ReasonId, SeatId
from deliberation.issues import Issue, merged_with
from deliberation.rounds import Round
from services.ports import UnitOfWork

from .views import ReasonsView, SeatReason

LEAST_SECRET_VOTERS = 5
"""How many seats must have voted on an issue before the reasons of a secret round on it are shown, without names."""


async def standing_reasons(uow: UnitOfWork, reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    """The reasons whose ballots still have the position that they argued for, in the order given. A ballot that was
    withdrawn, or changed without a new reason, takes its reason along; a reason given without a ballot stays."""
    ballots = await uow.ballots.find_many((reason.round, reason.issue, reason.seat) for reason in reasons)
    standing = {key: ballot.position for key, ballot in ballots.items()}
    return tuple(
        reason
        for reason in reasons
        if reason.position is None or standing.get((reason.round, reason.issue, reason.seat)) is reason.position
    )


async def reasons_view(uow: UnitOfWork, council: Council, issue: Issue) -> ReasonsView:
    """The reasons on an issue and on those merged into it, the newest round first, without those of a round that hides
    positions until its close. A secret round's come without names, and in an order that reveals nothing."""
    rounds = {round_.id: round_ for round_ in await uow.rounds.list_in(council.id)}
    listed = list(await uow.reasons.list_of_issue(issue.id))
    for other in merged_with(issue, await uow.issues.merged(issue.council)):
        listed += await uow.reasons.list_of_issue(other.id)
    every = await standing_reasons(uow, listed)
    open_ = [reason for reason in every if _is_shown(reason, rounds[reason.round])]
    names = await uow.seats.names({reason.seat for reason in open_})
    given = [
        SeatReason(reason=reason, seat_name=names[reason.seat], round_number=rounds[reason.round].number)
        for reason in open_
    ]
    for round_ in rounds.values():
        if round_.is_secret:
            given += await anonymous_reasons(uow, round_, every)
    given.sort(key=lambda one: -one.round_number)
    current = await uow.rounds.find_running(council.id)
    return ReasonsView(
        council=council,
        issue=issue,
        reasons=tuple(given),
        sealed=current if current is not None and current.hides_positions else None,
    )


def _is_shown(reason: Reason, round_: Round) -> bool:
    """Whether a reason is shown with its seat's name: a sealed round's only after the close, unless it was given
    without a ballot; a secret round's never."""
    if round_.is_secret:
        return False
    return reason.position is None or not round_.hides_positions


async def anonymous_reasons(uow: UnitOfWork, round_: Round, reasons: Iterable[Reason]) -> list[SeatReason]:
    """What is shown of a secret round's reasons once it is closed: no seat, no instant, and an order that follows from
    the texts alone. Nothing is shown on an issue on which so few seats voted that a reason would give its seat away."""
    if round_.hides_positions:
        return []
    tallies = await uow.ballots.tally(round_.id)
    shown = [
        replace(reason, id=ReasonId(0), seat=SeatId(0), given_at=round_.closes_at)
        for reason in reasons
        if reason.round == round_.id and tallies[reason.issue].cast.seats >= LEAST_SECRET_VOTERS
    ]
    shown.sort(key=lambda reason: sha256(reason.text.encode()).digest())
    return [SeatReason(reason=reason, seat_name=None, round_number=round_.number) for reason in shown]
